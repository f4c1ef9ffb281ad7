"""Every sort of page that the site has, each with one address among the demonstration's records.

What looks at all pages (axe, the screenshots) reads this list; a new address without a line here fails
test_page_types.py. The admin panel's are in panel_types.py.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils import translation

from chairs.consent.links import token_of
from chairs.models import Activity, Appointment, Chair
from clusters.models import Person
from partners import colleagues
from partners.enums import UNDECIDED_STATUSES
from partners.models import Agreement, Contact, Partner, ProgressReport, Sponsorship

VISITOR = ""
PARTNER, INVESTIGATOR = "partner@example.org", "pi@example.org"

ACTIVE_CHAIR = ("postgenai-paris", "autonomous-vehicles-that-explain-themselves")
PAUSED_CHAIR = ("postgenai-paris", "managers-and-generative-ai-at-work")


@dataclass(frozen=True)
class PageType:
    """A page: its name (of its files too), the name of its address, and whose it is. Pages are right unless they say so."""

    name: str
    view: str
    args: tuple = ()
    who: str = VISITOR
    query: str = ""
    status: int = 200

    def address(self, language: str) -> str:
        """Return where the page is in a language; the admin panel has one address for all."""
        with translation.override(language):
            path = self.view.format(language=language) if "/" in self.view else reverse(self.view, args=self.args)
        return path + self.query


def public() -> Iterator[PageType]:
    sourced = Chair.objects.filter(status="sourced").order_by("pk").first()
    yield PageType("home", "home")
    yield PageType("clusters", "cluster_list")
    yield PageType("cluster", "cluster_detail", ("postgenai-paris",))
    yield PageType("chairs", "chair_list")
    yield PageType("chairs-searched", "chair_list", query="?q=modeles&cluster=postgenai-paris")
    yield PageType("chairs-none", "chair_list", query="?q=nothing+of+the+kind")
    yield PageType("chairs-unknown-filter", "chair_list", query="?kind=no-such-kind&page=99")
    yield PageType("chair", "chair_detail", ACTIVE_CHAIR)
    yield PageType("chair-paused", "chair_detail", PAUSED_CHAIR)
    yield PageType("chair-sourced", "chair_detail", (sourced.cluster.slug, sourced.slug))
    yield PageType("people", "person_list")
    yield PageType("person", "person_detail", (Person.objects.get(user__email=INVESTIGATOR).slug,))
    yield PageType("institutions", "institution_list")
    yield PageType("institution", "institution_detail", ("sorbonne-universite",))
    yield PageType("opportunities", "opportunity_list")
    yield PageType("support", "support")
    yield PageType(
        "support-answered", "support", query="?q=robot+vision&budget=50000&start=2027-01-01&regime=patronage"
    )
    yield PageType("partners", "partner_list")
    yield PageType("partner", "partner_detail", (Partner.objects.named().order_by("pk").first().slug,))
    yield PageType("agreement-check", "agreement_check")
    yield PageType("figures", "figures")
    yield PageType("figures-wrong-day", "figures", query="?on=yesterday")
    yield PageType("figures-entries", "figures_entries", query="?figure=agreed")
    yield PageType("accessibility", "accessibility")
    yield PageType("privacy", "privacy")
    yield PageType("style", "style")
    yield PageType("consent", "consent_by_link", (token_of(asked(), asked().person.contact_email),))
    yield PageType("consent-unusable", "consent_by_link", ("no-such-link",), status=404)
    yield PageType("not-found", "/{language}/no/such/page/", status=404)
    yield PageType("sign-in", "account_login")
    yield PageType("sign-up", "account_signup")
    yield PageType("sign-in-code", "account_request_login_code")
    yield PageType("password-lost", "account_reset_password")
    yield PageType("password-lost-sent", "account_reset_password_done")
    yield PageType("password-chosen", "account_reset_password_from_key_done")
    yield PageType("password-link-worn-out", "account_reset_password_from_key", ("1", "set-password"))
    yield PageType("account-closed", "account_inactive")


def asked() -> Appointment:
    """Return a place whose holder was asked for consent, by mail, and has not answered."""
    return Appointment.objects.exclude(person__contact_email="").filter(consent_given_on=None).order_by("pk").first()


def account() -> Iterator[PageType]:
    yield PageType("account-profile", "profile", who=PARTNER)
    yield PageType("account-email", "account_email", who=PARTNER)
    yield PageType("account-password", "account_change_password", who=PARTNER)
    yield PageType("account-second-factor", "mfa_index", who=PARTNER)
    yield PageType("account-totp", "mfa_activate_totp", who=PARTNER)
    yield PageType("account-sessions", "usersessions_list", who=PARTNER)
    yield PageType("account-asked-again", "account_reauthenticate", who=PARTNER)
    yield PageType("sign-out", "account_logout", who=PARTNER)


def partner() -> Iterator[PageType]:
    def file(status):
        """Return the address of the partner's file in a status, which the demonstration has once each."""
        found = Sponsorship.objects.filter(partner__contacts__user__email=PARTNER, status=status).first()
        return (found.reference,)

    company = Contact.objects.get(user__email=PARTNER).partner
    yield PageType("my", "my_home", who=PARTNER)
    yield PageType("my-organisation", "my_partner", (company.slug,), PARTNER)
    yield PageType("my-figures", "my_figures", (company.slug,), PARTNER)
    yield PageType("my-figures-entries", "my_figures_entries", (company.slug,), PARTNER)
    yield PageType("my-organisation-new", "partner_new", who=PARTNER)
    yield PageType("proposal-new", "sponsorship_new", ACTIVE_CHAIR, PARTNER)
    yield PageType("proposal", "sponsorship_edit", file("draft"), PARTNER)
    yield PageType("proposal-incomplete", "sponsorship_edit", file("draft"), PARTNER, "?check=1")
    yield PageType("proposal-revised", "sponsorship_edit", file("changes_requested"), PARTNER)
    for status in ("draft", "in_review", "changes_requested", "accepted", "completed", "declined"):
        yield PageType(f"file-{status.replace('_', '-')}", "my_sponsorship", file(status), PARTNER)
    yield PageType("messages", "sponsorship_messages", file("in_review"), PARTNER)
    yield PageType("publication", "sponsorship_publication", file("accepted"), PARTNER)
    told = ProgressReport.objects.accepted().filter(sponsorship__partner=company).first()
    yield PageType("report", "my_report", (told.reference,), PARTNER)
    yield PageType("proposal-resubmit", "sponsorship_resubmit", file("changes_requested"), PARTNER)
    yield PageType("proposal-withdraw", "sponsorship_withdraw", file("in_review"), PARTNER)
    yield PageType("forbidden", "admin:index", who=PARTNER, status=403)
    yield PageType("file-receipt", "sponsorship_receipt", file("completed"), PARTNER)
    me = company.contacts.get(user__email=PARTNER).pk
    yield PageType("organisation-details", "partner_details", (company.slug,), PARTNER)
    yield PageType("colleague-invite", "colleague_invite", (company.slug,), PARTNER)
    yield PageType("colleague-roles", "colleague_roles", (company.slug, me), PARTNER)
    yield PageType("colleague-remove", "colleague_remove", (company.slug, me), PARTNER)
    invitation = colleagues.token_of(company.invitations.first())
    yield PageType("invitation", "invitation", (invitation,), PARTNER)
    yield from agreements()


def agreements() -> Iterator[PageType]:
    """An agreement to sign, one signed elsewhere, and an amendment that both sides signed here."""

    def of(status, **which):
        return Agreement.objects.filter(status=status, **which).order_by("pk").first()

    ours = {"sponsorship__partner__contacts__user__email": PARTNER}
    waiting, recorded, amendment = of("awaiting", **ours), of("recorded", **ours), of("signed", number=2)
    yield PageType("agreement", "my_agreement", (waiting.reference,), PARTNER)
    yield PageType("agreement-sign", "agreement_sign", (waiting.reference,), PARTNER)
    yield PageType("agreement-recorded", "my_agreement", (recorded.reference,), PARTNER)
    who = amendment.sponsorship.signatory.user.email
    yield PageType("agreement-amended", "my_agreement", (amendment.reference,), who)


def investigator() -> Iterator[PageType]:
    post = Person.objects.get(user__email=INVESTIGATOR).appointments.select_related("chair__cluster").first()
    chair = (post.chair.cluster.slug, post.chair.slug)
    activity = Activity.objects.open().filter(chair=post.chair).first()
    proposed = Sponsorship.objects.of_investigator(post.person.user).filter(status__in=UNDECIDED_STATUSES).first()
    yield PageType("my-chairs", "my_home", who=INVESTIGATOR)
    yield PageType("my-chair-proposals", "chair_proposals", who=INVESTIGATOR)
    yield PageType("my-chair-endorse", "sponsorship_endorse", (proposed.reference,), INVESTIGATOR)
    draft = ProgressReport.objects.filter(status="draft").first()
    yield PageType("my-report-new", "report_new", (draft.sponsorship.reference,), INVESTIGATOR)
    yield PageType("my-report-draft", "my_report", (draft.reference,), INVESTIGATOR)
    yield PageType("my-report-edit", "report_edit", (draft.reference,), INVESTIGATOR)
    yield PageType("my-consent", "consent_by_account", (post.pk,), INVESTIGATOR)
    yield PageType("my-chair-text", "chair_page_text", chair, INVESTIGATOR)
    yield PageType("my-chair-activity-new", "activity_new", chair, INVESTIGATOR)
    yield PageType("my-chair-activity-close", "activity_close", (activity.pk,), INVESTIGATOR)
