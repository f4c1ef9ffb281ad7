"""How the rows of the site's lists are made: each brings related records of its own."""

import datetime
import itertools
from decimal import Decimal

from django.utils import timezone

from chairs.models import StatedPartner
from clusters import second_person
from clusters.enums import DirectorRole, MembershipRole, StatedSubject
from clusters.models import Director, Figure, Membership, Phase, StatedCount
from core.models import HeldDecision, ListExport, OutgoingMail
from partners.models import Invitation
from rights.models import CorrectionRequest
from sponsorships.accounting import in_kind
from sponsorships.models import Clause, LedgerEntry
from tests import factories
from tests.imports.factory import make_import, make_line
from tests.output_factory import make_output
from tests.personas import MANAGER, PARTNER, appoint_investigator
from tests.verbs import perform
from tests.yearly import factories as yearly
from tests.yearly.world import fill
from yearly.models import Indicator

years = itertools.count(2000)


def concept(world):
    factories.make_concept()


def chair(world, status="active", **overrides):
    """A chair with two people, a theme, teaching and two activities, one of them partly funded."""
    cluster = overrides.pop("cluster", None) or factories.make_cluster()
    made = factories.make_chair(status, cluster=cluster, **overrides)
    factories.make_appointment(
        made, discipline=factories.make_discipline(), other_affiliation=factories.make_institution()
    )
    made.themes.add(factories.make_theme(cluster))
    factories.make_teaching(made, institution=factories.make_institution())
    for _number in range(2):
        activity = factories.make_activity(made, deadline=datetime.date(2040, 1, 1))
    factories.make_sponsorship("accepted", chair=made, activity=activity)
    return made


def chair_here(world):
    return chair(world, cluster=world.cluster)


def submitted_here(world):
    return chair(world, "submitted", cluster=world.cluster)


def cluster(world):
    made = factories.make_cluster()
    member(world, made, MembershipRole.LEAD)
    theme(world, made)
    return made


def member(world, cluster=None, role=MembershipRole.FOUNDING):
    Membership.objects.create(cluster=cluster or world.cluster, institution=factories.make_institution(), role=role)


def theme(world, cluster=None):
    phase = factories.make_phase(slug=f"phase-{next(years)}", is_current=False)
    factories.make_theme(cluster or world.cluster, phase=phase)


def training(world):
    """One more programme of the cluster, shared with another, with people whom both count."""
    there = factories.make_cluster()
    programme = factories.make_training(world.cluster, shared_with=[there])
    intakes = [factories.make_intake(programme, one) for one in (world.cluster, there)]
    factories.make_overlap(*intakes)


def programme_part(world):
    """One more of everything that the cast's programme has."""
    programme, there = world.programme, factories.make_cluster()
    programme.shared_with.add(there)
    programme.themes.add(factories.make_theme(there, phase=factories.make_phase()))
    programme.institutions.add(factories.make_institution())
    factories.make_overlap(world.intake, factories.make_intake(programme, there))
    factories.make_teaching(chair(world), programme=programme)


def stated_count(world):
    count = StatedCount.objects.create(subject=StatedSubject.CHAIRS, value=1, source="https://example.org/")
    count.clusters.add(factories.make_cluster())


def in_cluster(world):
    """One more of everything that a cluster's page lists."""
    chair_here(world), member(world), theme(world)
    phase = Phase.objects.order_by("-pk").first()
    Director.objects.create(
        cluster=world.cluster, person=factories.make_person(), role=DirectorRole.DIRECTOR, source="https://example.org/"
    )
    Figure.objects.create(
        cluster=world.cluster,
        phase=phase,
        label_en=f"Figure {next(years)}",
        value=1,
        unit="people",
        source="https://example.org/",
    )


def in_chair(world):
    """One more of everything that a chair's page lists."""
    factories.make_appointment(world.chair, discipline=factories.make_discipline())
    factories.make_teaching(world.chair, institution=factories.make_institution())
    world.chair.themes.add(factories.make_theme(world.cluster))
    activity = factories.make_activity(world.chair)
    factories.make_sponsorship("accepted", chair=world.chair, activity=activity)
    told = factories.make_sponsorship("active", chair=world.chair)
    factories.make_report(told, "accepted")


def reported(world):
    """One more report of a new chair on the money of a new partner."""
    factories.make_report(factories.make_sponsorship("active", chair=chair_here(world)), "submitted")


def output(world):
    """One more output in a new chair, and two in the cast's: one confirmed, one that waits."""
    make_output(chair(world))
    make_output(world.chair)
    make_output(world.chair, is_confirmed=False)


def chair_year(world):
    """One more chair that says something of the last year."""
    yearly.make_chair_year(chair_here(world), "submitted")


def indicator(world):
    number = next(years)
    Indicator.objects.create(slug=f"one-{number}", name=f"One {number}", first="chairs", unit="number", is_active=False)


def year_report(world):
    yearly.make_year_report(world.cluster, year=next(years))


def a_year(world):
    """One more of everything that an indicator counts."""
    fill(world.cluster)
    yearly.make_chair_year(chair_here(world), "accepted")


def imported(world):
    """One more import."""
    make_import(world.cluster, by=world.cast[MANAGER])


def imported_line(world):
    make_line(world.batch)


def held(world):
    appoint_investigator(world.cast, chair(world))


def asked(world):
    """One more chair that asks the investigator for their consent, and one more that has it."""
    held(world)
    factories.make_appointment(chair(world), person=world.person, consent_given_on=None)


def asked_here(world):
    """One more person in a chair, who was asked and has not answered."""
    person = factories.make_person(contact_email=f"person{next(years)}@example.org", user=factories.make_user())
    factories.make_appointment(world.chairs["suspended"], person=person, consent_given_on=None)


def employed(world):
    made = chair(world)
    factories.make_appointment(made, affiliation=world.institution)
    Membership.objects.create(cluster=made.cluster, institution=world.institution)


def our_file(world):
    made = chair(world)
    factories.make_sponsorship("submitted", world.contact(PARTNER), chair=made, activity=made.activities.first())


def sponsor(world):
    """One more partner that may be named, and one more chair that the same partner funds."""
    factories.make_sponsorship("accepted", chair=chair(world))
    factories.make_sponsorship("active", world.contact(PARTNER), chair=chair(world))
    StatedPartner.objects.create(chair=chair(world), name=f"Company {next(years)}")


def proposed_to_me(world):
    made = chair(world)
    appoint_investigator(world.cast, made)
    factories.make_sponsorship("submitted", chair=made, activity=made.activities.first())


def our_colleague(world):
    factories.make_contact(world.company, state="requested", is_primary=False)
    factories.make_contact(world.company, is_primary=False)
    factories.make_contact(world.company, is_primary=False, state="removed", decided_at=timezone.now())
    who = factories.make_contact(world.company)
    email = f"invited{next(years)}@example.org"
    Invitation.objects.create(partner=world.company, email=email, invited_by=who.user)


def file_here(world):
    """A proposal of a new partner, one of whose people waits to be admitted."""
    contact = factories.make_contact()
    factories.make_contact(contact.partner, state="requested", is_primary=False)
    factories.make_sponsorship("submitted", contact, chair=chair_here(world))
    # Two rivals in one chair: a conflict of each row.
    made, alone = chair_here(world), {"is_exclusive": True}
    factories.make_sponsorship("in_review", chair=made, **alone), factories.make_sponsorship("in_review", chair=made)


def money_here(world):
    """A sponsorship of a new partner under way, with an instalment due and an overdue one, and one to begin with."""
    by = world.cast[MANAGER]
    running = factories.make_running(by=by, parts=[20_000, 30_000], chair=chair_here(world))
    due, late = running.instalments.all()
    perform(due, "fall_due", by=by)
    perform(late, "fall_due", by=by)
    invoice = {"number": f"F-{next(years)}", "payable_on": timezone.localdate()}
    perform(late, "invoice", by=by, details=invoice)
    late.__class__.objects.filter(pk=late.pk).update(payable_on=datetime.date(2026, 1, 1))
    factories.make_agreement(factories.make_sponsorship("accepted", chair=chair_here(world)), by=by)
    factories.make_sponsorship("accepted", chair=chair_here(world))


def money_of_one(world):
    """One more amendment, with its instalments, and one more gift in kind."""
    sponsorship, by = world.sponsorships["active"], world.cast[MANAGER]
    amendment = factories.make_agreement(sponsorship, by=by, parts=[20_000, 20_000])
    perform(amendment, "record", by=by)
    said = {
        "contribution": "in_kind",
        "amount": Decimal(LedgerEntry.objects.count() + 1),
        "method": "cost",
        "note": "A server.",
    }
    in_kind.record(sponsorship, by=by, **said)


def money(world):
    """A running sponsorship, of a new partner in a new cluster, whose amount is public."""
    factories.make_running(chair=chair(world))


def money_of_ours(world):
    factories.make_running(contact=world.contact(PARTNER), chair=chair(world))


def shared_money(world):
    """The same in a chair of another cluster, of which this one funds a part; one more is overdue."""
    money_here(world)
    made = chair(world)
    for cluster, percent in ((made.cluster, "66.67"), (world.cluster, "33.33")):
        factories.make_share(made, cluster, percent, by=world.cast[MANAGER])
    factories.make_running(chair=made, activity=made.activities.first())


def clause(world):
    texts = {"title_en": "Title", "title_fr": "Titre", "text_en": "Text.", "text_fr": "Texte."}
    made = Clause.objects.create(key=f"clause-{next(years)}")
    for number in (1, 2):
        made.versions.create(number=number, **texts)


def our_payable(world):
    """One more instalment that the partner is to pay."""
    by = world.cast[MANAGER]
    running = factories.make_running(by=by, contact=world.contact(PARTNER), chair=chair_here(world))
    instalment = perform(running.instalments.get(), "fall_due", by=by)
    perform(instalment, "invoice", by=by, details={"number": "F-1", "payable_on": timezone.localdate()})


def saved_again(world):
    draft = world.chairs["draft"]
    draft.kind = factories.make_kind()
    draft.history_user = factories.make_user()
    draft._history_user = draft.history_user
    draft.title_en = f"Title {next(years)}"
    draft.save()


def mail(world):
    OutgoingMail.objects.create(recipient=factories.make_user(), occasion="test", subject="A subject", text="A text")


def export(world):
    ListExport.objects.create(
        by=factories.make_user(), list_of="chairs.chair", rows=2, format="csv", columns=["Status"]
    )


def held_back(world):
    chair = factories.make_chair("submitted", cluster=world.cluster)
    values = {"list_of": "chairs.chair", "record": chair.pk, "name": str(chair), "verb": "approve"}
    HeldDecision.objects.create(by=factories.make_user(), **values)


def asked_change(world):
    """One more change, of a new theme, that waits for a second person."""
    changed = factories.make_theme(world.cluster)
    second_person.ask(changed, {"name_en": "Renamed"}, why="A reason.", cluster=world.cluster, by=factories.make_user())


def correction(world):
    person = factories.make_person(registered_in=world.cluster)
    CorrectionRequest.objects.create(person=person, text="My laboratory has moved.")


def said(world):
    """One more message of somebody new, with a file."""
    spoken = world.sponsorships["in_review"]
    factories.make_message_file(factories.make_message(spoken, factories.make_user()))


def said_elsewhere(world):
    """One more sponsorship of ours in which somebody has written."""
    spoken = factories.make_sponsorship("in_review", world.contact(PARTNER), chair=chair(world))
    factories.make_message(spoken, factories.make_user(), side="office")


def everything_that_waits(world):
    submitted_here(world), file_here(world), money_here(world)


def staff(world):
    factories.make_staff(world.cluster)
