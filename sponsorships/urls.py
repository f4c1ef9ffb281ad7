from django.urls import path

from sponsorships.views import (
    agreement_check,
    agreements,
    endorsements,
    partners,
    proposals,
    publication,
    receipts,
    sponsorships,
    support,
)

app_name = "sponsorships"
urlpatterns = [
    # Public pages of the partners that agreed to be named.
    path("partners/", partners.PartnerListView.as_view(), name="partner_list"),
    path("partners/<slug:slug>/", partners.PartnerDetailView.as_view(), name="partner_detail"),
    path("partners/<slug:slug>/logo/", publication.logo, name="partner_logo"),
    # Check whether a file is an agreement signed here.
    path("agreements/check/", agreement_check.check, name="agreement_check"),
    # The search for something to support.
    path("support/", support.support, name="support"),
    # A new proposal, from a chair's page.
    path("chairs/<slug:cluster_slug>/<slug:slug>/fund/", proposals.propose, name="new"),
    path("my/sponsorships/<uuid:reference>/", sponsorships.sponsorship, name="detail"),
    path("my/sponsorships/<uuid:reference>/edit/", proposals.edit, name="edit"),
    path("my/sponsorships/<uuid:reference>/submit/", sponsorships.verb, {"name": "submit"}, name="submit"),
    path("my/sponsorships/<uuid:reference>/resubmit/", sponsorships.verb, {"name": "resubmit"}, name="resubmit"),
    path("my/sponsorships/<uuid:reference>/withdraw/", sponsorships.verb, {"name": "withdraw"}, name="withdraw"),
    path("my/sponsorships/<uuid:reference>/documents/<int:pk>/", sponsorships.document, name="document"),
    path("my/sponsorships/<uuid:reference>/publication/", publication.publication, name="publication"),
    path("my/sponsorships/<uuid:reference>/endorse/", endorsements.endorse, name="endorse"),
    path("my/sponsorships/<uuid:reference>/take-back/", endorsements.take_back, name="take_back"),
    path("my/sponsorships/<uuid:reference>/receipt/", receipts.receipt, name="receipt"),
    # Agreements.
    path("my/agreements/<uuid:reference>/", agreements.agreement, name="agreement"),
    path("my/agreements/<uuid:reference>/document/", agreements.file, {"which": "document"}, name="agreement_document"),
    path(
        "my/agreements/<uuid:reference>/signatures/",
        agreements.file,
        {"which": "signatures"},
        name="agreement_signatures",
    ),
    path("my/agreements/<uuid:reference>/preview/", agreements.preview, name="agreement_preview"),
    path("my/agreements/<uuid:reference>/sign/", agreements.sign, name="agreement_sign"),
    path("my/agreements/<uuid:reference>/sign/code/", agreements.code, name="agreement_code"),
    # Proposals in the investigator's chairs.
    path("my/chairs/proposals/", endorsements.proposals, name="chair_proposals"),
]
