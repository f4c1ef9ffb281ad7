from django.urls import path

from partners.views import (
    agreements,
    checking,
    colleagues,
    directory,
    endorsements,
    files,
    home,
    investigators,
    matching,
    messages,
    organisations,
    progress,
    proposals,
    publication,
    receipts,
)

urlpatterns = [
    # Who funds what, as each partner chose to show it.
    path("partners/", directory.PartnerListView.as_view(), name="partner_list"),
    path("partners/<slug:slug>/", directory.PartnerDetailView.as_view(), name="partner_detail"),
    path("partners/<slug:slug>/logo/", publication.logo, name="partner_logo"),
    # Whether a file is an agreement: yes or no.
    path("agreements/check/", checking.check, name="agreement_check"),
    # What do you want to support?
    path("support/", matching.support, name="support"),
    # A proposal begins on a chair's page.
    path("chairs/<slug:cluster_slug>/<slug:slug>/fund/", proposals.propose, name="sponsorship_new"),
    # My pages.
    path("my/", home.home, name="my_home"),
    path("my/sponsorships/<uuid:reference>/", files.sponsorship, name="my_sponsorship"),
    path("my/sponsorships/<uuid:reference>/edit/", proposals.edit, name="sponsorship_edit"),
    path("my/sponsorships/<uuid:reference>/submit/", files.verb, {"name": "submit"}, name="sponsorship_submit"),
    path("my/sponsorships/<uuid:reference>/resubmit/", files.verb, {"name": "resubmit"}, name="sponsorship_resubmit"),
    path("my/sponsorships/<uuid:reference>/withdraw/", files.verb, {"name": "withdraw"}, name="sponsorship_withdraw"),
    path("my/sponsorships/<uuid:reference>/documents/<int:pk>/", files.document, name="sponsorship_document"),
    path("my/sponsorships/<uuid:reference>/publication/", publication.publication, name="sponsorship_publication"),
    path("my/sponsorships/<uuid:reference>/reports/new/", progress.new, name="report_new"),
    path("my/reports/<uuid:reference>/", progress.report, name="my_report"),
    path("my/reports/<uuid:reference>/edit/", progress.edit, name="report_edit"),
    path("my/reports/<uuid:reference>/submit/", progress.submit, name="report_submit"),
    path("my/reports/<uuid:reference>/files/<int:pk>/", progress.file, name="report_file"),
    path("my/sponsorships/<uuid:reference>/endorse/", endorsements.endorse, name="sponsorship_endorse"),
    path("my/sponsorships/<uuid:reference>/take-back/", endorsements.take_back, name="endorsement_take_back"),
    path("my/sponsorships/<uuid:reference>/messages/", messages.conversation, name="sponsorship_messages"),
    path("my/sponsorships/<uuid:reference>/messages/read/", messages.read, name="messages_read"),
    path("my/sponsorships/<uuid:reference>/messages/files/<int:pk>/", messages.file, name="message_file"),
    path("my/sponsorships/<uuid:reference>/receipt/", receipts.receipt, name="sponsorship_receipt"),
    # An agreement.
    path("my/agreements/<uuid:reference>/", agreements.agreement, name="my_agreement"),
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
    # My organisations.
    path("my/partners/new/", organisations.register, name="partner_new"),
    path("my/partners/<slug:slug>/", organisations.colleagues, name="my_partner"),
    path("my/partners/<slug:slug>/details/", organisations.details, name="partner_details"),
    path("my/partners/<slug:slug>/<int:pk>/admit/", organisations.admit, name="contact_admit"),
    path("my/partners/<slug:slug>/<int:pk>/refuse/", organisations.refuse, name="contact_refuse"),
    path("my/partners/<slug:slug>/invite/", colleagues.invite, name="colleague_invite"),
    path("my/partners/<slug:slug>/invitations/<int:pk>/cancel/", colleagues.cancel, name="invitation_cancel"),
    path("my/partners/<slug:slug>/<int:pk>/roles/", colleagues.roles, name="colleague_roles"),
    path("my/partners/<slug:slug>/<int:pk>/remove/", colleagues.remove, name="colleague_remove"),
    path("my/invitations/<str:token>/", colleagues.invitation, name="invitation"),
    # My chairs.
    path("my/chairs/proposals/", endorsements.proposals, name="chair_proposals"),
    path("my/chairs/<slug:cluster_slug>/<slug:slug>/text/", investigators.page_text, name="chair_page_text"),
    path("my/chairs/<slug:cluster_slug>/<slug:slug>/activities/new/", investigators.post_activity, name="activity_new"),
    path("my/activities/<int:pk>/close/", investigators.close_activity, name="activity_close"),
]
