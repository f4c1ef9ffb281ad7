"""Every sort of page that the site has, each with one address among the demonstration's records.

What looks at all pages (axe, the screenshots) reads this list; a new address without a line here fails
test_page_types.py. The admin panel's are in panel_types.py.
"""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils import translation

from chairs.consent.links import token_of
from chairs.models import Activity, Appointment, Chair, StartUp
from clusters.models import Institution, Person
from core.mail.letters import stop_url
from lists.alerts import Wish
from lists.alerts import token_of as token_of_wish
from partners import colleagues
from partners.models import Contact, Partner
from progress.models import ProgressReport
from sponsorships.enums import UNDECIDED_STATUSES
from sponsorships.models import Agreement, Sponsorship
from yearly.models import ChairYearReport

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
    yield PageType("home", "chairs:home")
    yield PageType("clusters", "clusters:list")
    yield PageType("clusters-compared", "chairs:compare_clusters", query="?sort=-public_grant")
    yield PageType("cluster", "clusters:detail", ("postgenai-paris",))
    yield PageType("cluster-then", "clusters:detail", ("postgenai-paris",), query="?on=2025-04-07")
    yield PageType("chairs", "chairs:list")
    yield PageType("chairs-searched", "chairs:list", query="?q=modeles&cluster=postgenai-paris")
    yield PageType("chairs-none", "chairs:list", query="?q=nothing+of+the+kind")
    yield PageType("chairs-unknown-filter", "chairs:list", query="?kind=no-such-kind&page=99")
    yield PageType("chair", "chairs:detail", ACTIVE_CHAIR)
    yield PageType("chair-then", "chairs:detail", ACTIVE_CHAIR, query="?on=2025-04-07")
    yield PageType("chair-paused", "chairs:detail", PAUSED_CHAIR)
    yield PageType("chair-sourced", "chairs:detail", (sourced.cluster.slug, sourced.slug))
    yield PageType("outputs", "chairs:output_list")
    yield PageType("outputs-searched", "chairs:output_list", query="?q=10.5555&kind=publication&kind=poem")
    yield PageType("outputs-none", "chairs:output_list", query="?q=nothing+of+the+kind")
    yield PageType("chair-outputs", "chairs:chair_output_list", ACTIVE_CHAIR)
    yield PageType("training", "clusters:training_list")
    yield PageType(
        "training-searched", "clusters:training_list", query="?q=confiance&level=master&level=wizard&sort=deadline"
    )
    yield PageType("training-none", "clusters:training_list", query="?q=nothing+of+the+kind")
    yield PageType("programme", "clusters:training_detail", ("master-generative-ai-that-answers-for-itself",))
    yield PageType("programme-sourced", "clusters:training_detail", ("efelia-cote-d-azur",))
    yield PageType("people", "chairs:person_list")
    person = Person.objects.get(user__email=INVESTIGATOR)
    yield PageType("person", "chairs:person_detail", (person.slug,))
    yield PageType("people-searched", "chairs:person_list", query=f"?q={person.slug.partition('-')[2]}")
    yield PageType("institutions", "chairs:institution_list")
    yield PageType("institution", "chairs:institution_detail", ("sorbonne-universite",))
    yield PageType("collaborations", "collaborations:list")
    yield PageType("collaborations-searched", "collaborations:list", query="?q=soil&country=SE&year=1066")
    yield PageType("collaboration", "collaborations:detail", ("reading-hospital-records-without-moving-them",))
    yield PageType("start-ups", "chairs:start_up_list")
    yield PageType("start-ups-none", "chairs:start_up_list", query="?q=nothing+of+the+kind&stage=no-such-stage")
    start_up = StartUp.objects.published().filter(cluster__slug="postgenai-paris", origin="demonstration")
    yield PageType("start-up", "chairs:start_up_detail", (start_up.exclude(incubator=None).first().slug,))
    incubator = Institution.objects.filter(incubated__origin="demonstration").order_by("pk").first()
    yield PageType("institution-incubator", "chairs:institution_detail", (incubator.slug,))
    yield PageType("opportunities", "chairs:opportunities")
    yield PageType("support", "sponsorships:support")
    yield PageType(
        "support-answered",
        "sponsorships:support",
        query="?q=robot+vision&budget=50000&start=2027-01-01&regime=patronage",
    )
    yield PageType("partners", "sponsorships:partner_list")
    yield PageType("partner", "sponsorships:partner_detail", (Partner.objects.named().order_by("pk").first().slug,))
    yield PageType("agreement-check", "sponsorships:agreement_check")
    yield PageType("figures", "figures:public")
    yield PageType("figure-map", "figures:figure", ("map",))
    yield PageType("figure-people-trained", "figures:figure", ("people-trained",))
    yield PageType("figure-undated", "figures:figure", ("start-ups",), query="?on=2025-01-01")
    yield PageType("figures-wrong-day", "figures:public", query="?on=yesterday")
    yield PageType("figures-known", "figures:public", query="?on=2024-12-31&known=2025-03-31")
    yield PageType("figures-entries", "figures:public_entries", query="?figure=agreed")
    yield PageType("accessibility", "accessibility")
    yield PageType("privacy", "privacy")
    yield PageType("legal", "legal")
    yield PageType("eco-design", "eco_design")
    yield PageType("data", "data")
    yield PageType("transparency-log", "transparency:log")
    yield PageType("style", "style")
    yield PageType("consent", "chairs:consent_by_link", (token_of(asked(), asked().person.contact_email),))
    yield PageType("consent-unusable", "chairs:consent_by_link", ("no-such-link",), status=404)
    token = stop_url("reader@example.org").rstrip("/").rpartition("/")[2]
    yield PageType("letters-stop", "stop_letters", (token,))
    yield PageType("frame", "lists:embed", ("chairs",), query="?cluster=postgenai-paris")
    yield PageType("frame-deadlines", "lists:embed", ("training",))
    yield PageType("frame-code", "lists:embed_code", ("chairs",), query="?q=sante&cluster=postgenai-paris")
    yield PageType("alert", "lists:alert_ask", ("chairs",), query="?q=sante")
    yield PageType("alert-sent", "lists:alert_sent")
    wish = Wish("reader@example.org", "chairs", "q=sante", "fr")
    yield PageType("alert-confirm", "lists:alert_confirm", (token_of_wish(wish),))
    yield PageType("alert-unusable", "lists:alert_confirm", ("no-such-link",), status=404)
    yield PageType("alert-ended", "lists:alert_end", (uuid.UUID(int=0),))
    yield PageType("not-found", "/{language}/no/such/page/", status=404)
    yield PageType("sign-in", "account_login")
    yield PageType("sign-up", "account_signup")
    yield PageType("sign-in-code", "account_request_login_code")
    yield PageType("password-lost", "account_reset_password")
    yield PageType("password-lost-sent", "account_reset_password_done")
    yield PageType("password-chosen", "account_reset_password_from_key_done")
    yield PageType("password-link-worn-out", "account_reset_password_from_key", ("1", "set-password"))
    yield PageType("account-closed", "account_inactive")
    yield PageType("sign-in-refused", "identity_callback", ("campus",), status=400)


def asked() -> Appointment:
    """Return a place whose holder was asked for consent, by mail, and has not answered."""
    return Appointment.objects.exclude(person__contact_email="").filter(consent_given_on=None).order_by("pk").first()


def account() -> Iterator[PageType]:
    yield PageType("account-profile", "profile", who=PARTNER)
    yield PageType("account-email", "account_email", who=PARTNER)
    yield PageType("account-password", "account_change_password", who=PARTNER)
    yield PageType("account-second-factor", "mfa_index", who=PARTNER)
    yield PageType("account-totp", "mfa_activate_totp", who=PARTNER)
    yield PageType("account-passkeys", "mfa_list_webauthn", who=PARTNER)
    yield PageType("account-passkey", "mfa_add_webauthn", who=PARTNER)
    yield PageType("account-identities", "identities", who=PARTNER)
    yield PageType("account-sessions", "usersessions_list", who=PARTNER)
    yield PageType("account-asked-again", "account_reauthenticate", who=PARTNER)
    yield PageType("sign-out", "account_logout", who=PARTNER)
    yield PageType("password-lost-signed-in", "account_reset_password", who=PARTNER)


def partner() -> Iterator[PageType]:
    def file(status):
        """Return the address of the partner's file in a status, which the demonstration has once each."""
        found = Sponsorship.objects.filter(partner__contacts__user__email=PARTNER, status=status).first()
        return (found.reference,)

    company = Contact.objects.get(user__email=PARTNER).partner
    yield PageType("my", "portal:home", who=PARTNER)
    yield PageType("my-organisation", "partners:detail", (company.slug,), PARTNER)
    yield PageType("my-figures", "figures:partner", (company.slug,), PARTNER)
    yield PageType("my-figures-entries", "figures:partner_entries", (company.slug,), PARTNER)
    yield PageType("my-organisation-new", "partners:new", who=PARTNER)
    yield PageType("proposal-door", "sponsorships:new", ACTIVE_CHAIR)
    yield PageType("proposal-new", "sponsorships:new", ACTIVE_CHAIR, PARTNER)
    yield PageType("proposal-whole", "sponsorships:new", ACTIVE_CHAIR, PARTNER, "?form=whole")
    for step in ("how-much", "how", "who"):
        yield PageType(f"proposal-{step}", "sponsorships:edit", file("draft"), PARTNER, f"?step={step}&check=1")
    yield PageType("proposal", "sponsorships:edit", file("draft"), PARTNER)
    yield PageType("proposal-incomplete", "sponsorships:edit", file("draft"), PARTNER, "?check=1")
    yield PageType("proposal-revised", "sponsorships:edit", file("changes_requested"), PARTNER)
    for status in ("draft", "in_review", "changes_requested", "accepted", "completed", "declined"):
        yield PageType(f"file-{status.replace('_', '-')}", "sponsorships:detail", file(status), PARTNER)
    yield PageType("messages", "conversations:thread", file("in_review"), PARTNER)
    yield PageType("publication", "sponsorships:publication", file("accepted"), PARTNER)
    told = ProgressReport.objects.accepted().filter(sponsorship__partner=company).first()
    yield PageType("report", "progress:detail", (told.reference,), PARTNER)
    yield PageType("proposal-resubmit", "sponsorships:resubmit", file("changes_requested"), PARTNER)
    yield PageType("proposal-withdraw", "sponsorships:withdraw", file("in_review"), PARTNER)
    yield PageType("forbidden", "admin:index", who=PARTNER, status=403)
    yield PageType("file-receipt", "sponsorships:receipt", file("completed"), PARTNER)
    me = company.contacts.get(user__email=PARTNER).pk
    yield PageType("organisation-details", "partners:edit", (company.slug,), PARTNER)
    yield PageType("colleague-invite", "partners:colleague_invite", (company.slug,), PARTNER)
    yield PageType("colleague-roles", "partners:colleague_roles", (company.slug, me), PARTNER)
    yield PageType("colleague-remove", "partners:colleague_remove", (company.slug, me), PARTNER)
    invitation = colleagues.token_of(company.invitations.first())
    yield PageType("invitation", "partners:invitation", (invitation,), PARTNER)
    yield from agreements()


def agreements() -> Iterator[PageType]:
    """An agreement to sign, one signed elsewhere, and an amendment that both sides signed here."""

    def of(status, **which):
        return Agreement.objects.filter(status=status, **which).order_by("pk").first()

    ours = {"sponsorship__partner__contacts__user__email": PARTNER}
    waiting, recorded, amendment = of("awaiting", **ours), of("recorded", **ours), of("signed", number=2)
    yield PageType("agreement", "sponsorships:agreement", (waiting.reference,), PARTNER)
    yield PageType("agreement-sign", "sponsorships:agreement_sign", (waiting.reference,), PARTNER)
    yield PageType("agreement-recorded", "sponsorships:agreement", (recorded.reference,), PARTNER)
    who = amendment.sponsorship.signatory.user.email
    yield PageType("agreement-amended", "sponsorships:agreement", (amendment.reference,), who)


def investigator() -> Iterator[PageType]:
    post = Person.objects.get(user__email=INVESTIGATOR).appointments.select_related("chair__cluster").first()
    chair = (post.chair.cluster.slug, post.chair.slug)
    activity = Activity.objects.open().filter(chair=post.chair).first()
    proposed = Sponsorship.objects.of_investigator(post.person.user).filter(status__in=UNDECIDED_STATUSES).first()
    yield PageType("my-chairs", "portal:home", who=INVESTIGATOR)
    yield PageType("my-chair-proposals", "sponsorships:chair_proposals", who=INVESTIGATOR)
    yield PageType("my-chair-endorse", "sponsorships:endorse", (proposed.reference,), INVESTIGATOR)
    draft = ProgressReport.objects.filter(status="draft").first()
    yield PageType("my-report-new", "progress:new", (draft.sponsorship.reference,), INVESTIGATOR)
    yield PageType("my-report-draft", "progress:detail", (draft.reference,), INVESTIGATOR)
    yield PageType("my-report-edit", "progress:edit", (draft.reference,), INVESTIGATOR)
    said = ChairYearReport.objects.filter(chair__appointments__person__user__email=INVESTIGATOR)
    told = said.select_related("chair__cluster").order_by("-year", "pk").first()
    of = (told.chair.cluster.slug, told.chair.slug)
    yield PageType("my-years", "yearly:years", of, INVESTIGATOR)
    yield PageType("my-year", "yearly:report", (*of, told.year), INVESTIGATOR)
    yield PageType("my-consent", "chairs:consent_by_account", (post.pk,), INVESTIGATOR)
    yield PageType("my-chair-text", "chairs:page_text", chair, INVESTIGATOR)
    yield PageType("my-chair-outputs", "chairs:outputs_keep", chair, INVESTIGATOR)
    yield PageType("my-chair-activity-new", "chairs:activity_new", chair, INVESTIGATOR)
    yield PageType("my-chair-activity-close", "chairs:activity_close", (activity.pk,), INVESTIGATOR)
