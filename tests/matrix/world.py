"""What the cast looks at while it walks the site: one record of each sort, in the statuses that verbs start from."""

import datetime
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils import timezone

from chairs.search.index import indexed_once
from clusters import second_person, team
from clusters.enums import StatedSubject
from clusters.models import Delegation, StatedCount
from core.models import ActAtOnce, HeldDecision, ListExport, OutgoingMail, SavedView
from desk.models import CalendarAddress
from partners import colleagues
from partners.models import OfficeContact
from rights.models import CorrectionRequest
from rights.photographs import keep_photograph
from sponsorships.accounting import in_kind
from sponsorships.enums import AgreementPath
from sponsorships.models import ClosedYear
from tests import factories
from tests.collaboration_factory import make_collaboration, make_participant
from tests.days import TODAY, as_of_now
from tests.imports.factory import make_import
from tests.innovation_factory import make_counted, make_organisation, make_start_up
from tests.matrix.twins import make_twins
from tests.output_factory import make_output
from tests.personas import (
    FINANCE,
    MANAGER,
    OTHER_MANAGER,
    PARTNER,
    PI,
    READER,
    RIVAL,
    Cast,
    appoint_investigator,
    make_cast,
)
from tests.verbs import perform
from tests.yearly import factories as yearly

CHAIR_STATUSES = ["draft", "submitted", "changes_requested", "approved", "active", "suspended"]
SPONSORSHIP_STATUSES = ["draft", "submitted", "in_review", "changes_requested"]
UNPUBLISHED = ["draft", "submitted", "changes_requested"]

INVOICE = {"number": "F-1", "payable_on": TODAY}
PAID = [("fall_due", {}), ("invoice", INVOICE), ("receive", {"amount": Decimal("50000.00"), "reference": "B-1"})]

# What neither the public, nor another partner, nor another cluster's staff may ever read.
SECRETS = ["Partner of the cast", "partner@example.org", "A secret purpose", "A secret title", "asked@example.org"]
# What neither a partner nor an investigator may ever read.
NOTE = "A staff note."


@dataclass
class World:
    cast: Cast
    chairs: dict = field(default_factory=dict)
    sponsorships: dict = field(default_factory=dict)
    instalments: dict = field(default_factory=dict)

    def __getattr__(self, name):
        return getattr(self.cast, name)


@indexed_once()
def make_world() -> World:
    cast = make_cast()
    world = World(cast)
    make_chairs(world)
    make_files(world)
    make_money(world)
    make_papers(world)
    make_training(world)
    world.theme = factories.make_theme(cast.cluster)
    world.concept = factories.make_concept()
    world.discipline = factories.make_discipline()
    world.person = cast[PI].person
    type(world.person).objects.filter(pk=world.person.pk).update(registered_in=cast.cluster)
    keep_photograph(world.person, [b"large", b"small"], way="link", by=None, agreed_on=timezone.localdate())
    world.collaboration = make_collaboration(cast.cluster, chairs=[cast.chair])
    make_participant(world.collaboration)
    world.secret_collaboration = make_collaboration(
        cast.cluster, title_en="A secret title shared", title_fr="", is_published=False
    )
    world.institution = cast.chair.appointments.get().affiliation
    world.role = cast[READER].staff_roles.get()
    world.asked = make_asked(world)
    # Sent once, so that it can be sent again however often.
    taken = {"list_of": "chairs.chair", "rows": 2, "format": "csv", "filters": "Search: A secret title"}
    words = {"en": {"filters": taken["filters"], "columns": ["Status"]}}
    world.export = ListExport.objects.create(by=cast[FINANCE], words=words, **taken)
    done = {"list_of": "chairs.chair", "act": "approve", "is_all": True}
    world.done = ActAtOnce.objects.create(by=cast[MANAGER], lines=[], **done)
    world.held = HeldDecision.objects.create(
        list_of="chairs.chair",
        record=world.chairs["submitted"].pk,
        name="A secret title",
        verb="approve",
        by=cast[MANAGER],
    )
    world.view = SavedView.objects.create(
        owner=cast[MANAGER], list_of="chairs.chair", name="A secret title", columns=["status"]
    )
    world.mail = OutgoingMail.objects.create(
        recipient=cast[PARTNER], occasion="test", subject="A subject", text="A text", sent_at=timezone.now()
    )
    make_messages(world)
    make_reports(world)
    make_years(world)
    make_colleagues(world)
    make_gifts(world)
    make_twins(world)
    world.asked_change = second_person.ask(
        world.company,
        {"legal_form": "A secret form"},
        why="A secret purpose.",
        cluster=world.cluster,
        by=world.cast[READER],
    )
    world.correction = CorrectionRequest.objects.create(person=world.person, text="My name is misspelt.")
    world.batch = make_import(world.cluster, by=cast[MANAGER])
    return world


def make_chairs(world: World) -> None:
    for status in CHAIR_STATUSES:
        secret = {"title_en": f"A secret title {status}"} if status in UNPUBLISHED else {}
        chair = factories.make_chair(
            status, cluster=world.cluster, registered_by=world.cast[MANAGER], with_pi=False, **secret
        )
        appoint_investigator(world.cast, chair)
        world.chairs[status] = chair
    world.sourced = factories.make_chair("sourced", cluster=world.cluster, origin="sourced")
    world.activity = factories.make_activity(world.chair)
    # One that the public sees, and one that waits.
    make_output(world.chair)
    world.output = make_output(world.chair, is_confirmed=False, title="A secret title proposed")
    # One that the public reads, and one that is being written; the people behind it did not all agree to be named.
    people = [world.cast[PI].person, factories.make_person(name="A secret title of nobility")]
    make_start_up(world.cluster, [world.chair, world.chairs["draft"]], people, slug="start-up-here")
    world.start_up = make_start_up(world.cluster, is_published=False, name="A secret title of a start-up")
    make_organisation(world.chair, name="A secret title of an office", consent_given_on=None)
    make_organisation(world.chair)
    make_counted(world.chair)
    shared = factories.make_chair("approved", cluster=world.cluster)
    world.shared = factories.make_share(shared, world.cluster, "60")
    factories.make_share(shared, world.elsewhere, "40")
    # A year that the cluster closed long ago.
    world.closed_year = ClosedYear.objects.create(cluster=world.cluster, year=2001, closed_by=world.cast[MANAGER])
    # And one that two clusters share for good.
    divided, by = factories.make_chair("active", cluster=world.elsewhere), world.cast[MANAGER]
    factories.make_share(divided, world.elsewhere, "60", by=by)
    factories.make_share(divided, world.cluster, "40", by=by)


def make_training(world: World) -> None:
    """A programme of the cluster, whose people another of its programmes counts too, and a draft."""
    world.programme = factories.make_training(world.cluster)
    world.intake = factories.make_intake(world.programme)
    other = factories.make_intake(factories.make_training(world.cluster))
    world.overlap = factories.make_overlap(world.intake, other)
    world.draft_programme = factories.make_training(world.cluster, name_en="A secret title", is_published=False)
    world.stated_count = StatedCount.objects.create(
        subject=StatedSubject.TRAINED_A_YEAR, value=100, source="https://example.org/"
    )


def make_asked(world: World):
    """Somebody who was asked, days ago, whether they agree to be named in a chair, and has not answered."""
    person = factories.make_person(name="Eve of the cast", contact_email="asked@example.org")
    asked = factories.make_appointment(world.chairs["active"], person=person, consent_given_on=None)
    asked.consent_events.update(at=timezone.now() - datetime.timedelta(days=3))
    return asked


def make_files(world: World) -> None:
    ours, theirs = world.contact(PARTNER), world.contact(RIVAL)
    # One that the office entered, with somebody whom it knows there.
    kept = factories.make_partner(name="A secret title kept by an office", registered_in=world.cluster)
    world.known = OfficeContact.objects.create(
        partner=kept, cluster=world.cluster, name="Somebody known", email="known@example.org"
    )
    for status in SPONSORSHIP_STATUSES:
        world.sponsorships[status] = factories.make_sponsorship(
            status, ours, chair=world.chair, purpose="A secret purpose."
        )
    world.theirs = factories.make_sponsorship(
        "submitted", theirs, chair=factories.make_chair("active", cluster=world.elsewhere)
    )
    world.document = factories.make_document(world.sponsorships["in_review"])
    world.sponsor = factories.make_sponsorship("accepted", chair=world.chair).partner
    world.newcomer = factories.make_contact(world.company, state="requested", is_primary=False, is_signatory=False)


def make_colleagues(world: World) -> None:
    """Somebody beside the primary contact, and somebody who was invited, there and to the cluster's team."""
    world.colleague = factories.make_contact(world.company, is_primary=False, is_signatory=False)
    by = world.cast[PARTNER]
    days = {"starts_on": timezone.localdate(), "ends_on": timezone.localdate()}
    away, stand_in = world.cast[FINANCE], world.cast[READER]
    world.delegation = Delegation.objects.create(cluster=world.cluster, delegator=away, stand_in=stand_in, **days)
    world.calendar_address = CalendarAddress.objects.create(user=world.cast[OTHER_MANAGER], token="a-token-of-the-cast")
    world.staff_invitation = team.invite(
        world.cluster, by=world.cast[MANAGER], email="invited@example.org", role="reader"
    )
    world.invitation = colleagues.invite(world.company, by=by, email="invited@example.org", roles={})


def make_gifts(world: World) -> None:
    """A gift that came, and one whose counterparts are worth too much."""
    ours, by = world.contact(PARTNER), world.cast[MANAGER]
    here = {"contact": ours, "chair": world.chair, "purpose": "A secret purpose.", "confidentiality": "anonymous"}
    world.donation = factories.make_running(by=by, regime="patronage", **here)
    in_kind.record(world.donation, by=by, contribution="skills", amount=Decimal("100.00"), method="time", note="A day.")
    too_much = {"regime": "patronage", "counterparts_value": Decimal("20000.00")}
    world.conflicted = factories.make_sponsorship("in_review", **here, **too_much)


def make_reports(world: World) -> None:
    """What the investigator reports on the partner's running sponsorship, in every status."""
    running, by = world.sponsorships["active"], world.cast[PI]
    secret = {"done": "A secret purpose.", "public_paragraph_en": "A secret purpose."}
    world.reports = {
        status: factories.make_report(running, status, by=by, **secret)
        for status in ("draft", "submitted", "sent_back", "accepted")
    }
    world.report_file = factories.make_report_file(world.reports["submitted"])


def make_years(world: World) -> None:
    """What chairs say of a year, in every status, and the cluster's report of it."""
    chairs = {"draft": world.chair, "submitted": world.chairs["active"], "sent_back": world.chairs["suspended"]}
    chairs["accepted"] = world.chairs["approved"]
    secret = {"highlights_en": "A secret purpose.", "corrections": "A secret title."}
    world.chair_years = {
        status: yearly.make_chair_year(chair, status, by=world.cast[PI], **secret) for status, chair in chairs.items()
    }
    world.year_report = yearly.make_year_report(world.cluster, comment_en="A secret purpose.")


def make_messages(world: World) -> None:
    """What the partner wrote, with a file, and what staff wrote to each other."""
    spoken = world.sponsorships["in_review"]
    said = factories.make_message(spoken, world.cast[PARTNER], text="A secret message.")
    note = factories.make_message(spoken, world.cast[MANAGER], side="office", is_internal=True, text=NOTE)
    world.attachment, world.note_file = factories.make_message_file(said), factories.make_message_file(note)


def make_money(world: World) -> None:
    """The partner's sponsorships from acceptance on: one to start, one under way, one whose money has all come."""
    ours, by = world.contact(PARTNER), world.cast[MANAGER]
    here = {"contact": ours, "chair": world.chair, "purpose": "A secret purpose.", "confidentiality": "anonymous"}
    accepted = factories.make_sponsorship("accepted", **here)
    perform(factories.make_agreement(accepted, by=by), "record", by=by)
    active = factories.make_running(by=by, parts=[10_000, 10_000, 30_000], **here)
    settled = factories.make_running(by=by, **here)
    for verb, details in PAID:
        perform(settled.instalments.get(), verb, by=by, details=as_of_now(details))
    world.sponsorships |= {"accepted": accepted, "active": active, "settled": settled}
    world.draft = factories.make_agreement(factories.make_sponsorship("accepted", **here), by=by)
    planned = active.instalments.order_by("number")
    world.instalments = dict(zip(("invoiced", "due", "planned"), planned, strict=True))
    perform(world.instalments["invoiced"], "fall_due", by=by)
    perform(world.instalments["invoiced"], "invoice", by=by, details=as_of_now(INVOICE))
    perform(world.instalments["due"], "fall_due", by=by)
    world.gift = in_kind.record(
        active, by=by, contribution="skills", amount=Decimal("100.00"), method="time", note="An engineer."
    )


def make_papers(world: World) -> None:
    """The partner's agreements that are signed here: one being prepared, one out for signature, one in force."""
    ours, by = world.contact(PARTNER), world.cast[MANAGER]
    world.papers = {}
    for state, verbs in {"draft": [], "issued": ["issue"], "bound": ["issue", "sign", "countersign"]}.items():
        secret = {"chair": world.chair, "purpose": "A secret purpose.", "confidentiality": "anonymous"}
        sponsorship = factories.make_sponsorship("accepted", ours, **secret)
        paper = factories.make_agreement(sponsorship, by=by, path=AgreementPath.GENERATED)
        signs = {"name": "A name", "code_confirmed_at": timezone.now()}
        for verb in verbs:
            details = {} if verb == "issue" else signs
            perform(paper, verb, by=ours.user if verb == "sign" else by, details=details)
        world.papers[state] = paper
