"""Every verb × every role, from a status in which it is possible: the table of the design, §4."""

import pytest
from django.db import transaction

from chairs.models import Chair
from core.exceptions import Refused
from core.verbs import is_permitted, verbs_of, why_not
from sponsorships.models import Sponsorship
from tests import factories
from tests.lifecycle import expectations as expected
from tests.lifecycle import records
from tests.personas import EDITOR, MANAGER, PARTNER, PERSONAS, PI, READER, SECOND_MANAGER, appoint_investigator
from tests.verbs import perform

# Who wrote a report decides who judges it.
pytestmark = pytest.mark.usefixtures("field_history")


def check(record, verb, cast, may):
    """Let everybody try the verb on one record: who may not reads why, who may does it, and it is undone."""
    for persona in PERSONAS:
        user = cast[persona]
        assert is_permitted(record, verb, user) is (persona in may), persona
        assert bool(why_not(record, verb, user)) is (persona not in may), persona
        told = {"by": user, "note": "A reason.", "details": records.details(record, verb)}
        with transaction.atomic():
            if persona in may:
                perform(record, verb, **told)
            else:
                with pytest.raises(Refused) as refusal:
                    perform(record, verb, **told)
                assert refusal.value.reasons == [str(verbs_of(type(record))[verb].who)], persona
                assert type(record).objects.get(pk=record.pk).status == record.status
            transaction.set_rollback(True)


@pytest.mark.parametrize("verb", expected.CHAIR_ALLOWED)
def test_a_chair_obeys_the_roles(cast, verb):
    status = next(iter(expected.CHAIR_MOVES[verb]))
    chair = factories.make_chair(status, cluster=cast.cluster, registered_by=cast[MANAGER], with_pi=False)
    appoint_investigator(cast, chair)
    check(chair, verb, cast, expected.CHAIR_ALLOWED[verb])


@pytest.mark.parametrize("verb", expected.SPONSORSHIP_ALLOWED)
def test_a_sponsorship_obeys_the_roles(cast, verb):
    status = next(iter(expected.SPONSORSHIP_MOVES[verb]))
    check(records.make_sponsorship(cast, status, verb), verb, cast, expected.SPONSORSHIP_ALLOWED[verb])


@pytest.mark.parametrize("verb", expected.AGREEMENT_ALLOWED)
def test_an_agreement_obeys_the_roles(cast, verb):
    status = next(iter(expected.AGREEMENT_MOVES[verb]))
    check(records.make_agreement(cast, status, verb), verb, cast, expected.AGREEMENT_ALLOWED[verb])


@pytest.mark.parametrize("verb", expected.INSTALMENT_ALLOWED)
def test_an_instalment_obeys_the_roles(cast, verb):
    status = next(iter(expected.INSTALMENT_MOVES[verb]))
    check(records.make_instalment(cast, status, verb), verb, cast, expected.INSTALMENT_ALLOWED[verb])


@pytest.mark.parametrize("verb", expected.REPORT_ALLOWED)
def test_a_report_obeys_the_roles(cast, verb):
    status = next(iter(expected.REPORT_MOVES[verb]))
    check(records.make_report(cast, status, verb), verb, cast, expected.REPORT_ALLOWED[verb])


@pytest.mark.exhaustive(counted=True)
@pytest.mark.parametrize("verb", expected.CHAIR_YEAR_ALLOWED)
def test_a_chairs_year_obeys_the_roles(cast, verb):
    status = next(iter(expected.REPORT_MOVES[verb]))
    check(records.make_chair_year(cast, status, verb), verb, cast, expected.CHAIR_YEAR_ALLOWED[verb])


@pytest.mark.exhaustive(counted=True)
@pytest.mark.parametrize("verb", expected.YEAR_REPORT_ALLOWED)
def test_a_clusters_year_obeys_the_roles(cast, verb):
    check(records.make_year_report(cast, "draft", verb), verb, cast, expected.YEAR_REPORT_ALLOWED[verb])


@pytest.mark.parametrize("verb", ["approve", "decline", "suspend", "close"])
def test_the_registrar_decides_alone_where_four_eyes_are_switched_off(cast, verb):
    type(cast.cluster).objects.filter(pk=cast.cluster.pk).update(needs_four_eyes=False)
    status = next(iter(expected.CHAIR_MOVES[verb]))
    chair = factories.make_chair(status, cluster=cast.cluster, registered_by=cast[MANAGER])
    perform(Chair.objects.get(pk=chair.pk), verb, by=cast[MANAGER], note="I am alone here.")


def test_who_registered_a_chair_reads_that_somebody_else_decides(cast):
    chair = factories.make_chair("submitted", cluster=cast.cluster, registered_by=cast[MANAGER])
    with pytest.raises(Refused, match="another manager must"):
        perform(chair, "approve", by=cast[MANAGER])


def test_an_editor_does_not_take_an_approved_chair_back(cast):
    chair = factories.make_chair("approved", cluster=cast.cluster)
    with pytest.raises(Refused, match="once approved, managers only"):
        perform(chair, "withdraw", by=cast[EDITOR], note="A mistake.")
    perform(chair, "withdraw", by=cast[MANAGER], note="A mistake.")


@pytest.mark.parametrize("persona", [PARTNER, EDITOR])
def test_a_draft_kept_on_behalf_is_sent_by_its_keeper_or_the_partner(cast, persona):
    draft = factories.make_sponsorship(contact=cast.contact(PARTNER), chair=cast.chair, created_by=cast[EDITOR])
    assert perform(draft, "submit", by=cast[persona]).status == "submitted"


def test_roles_of_somebody_whose_account_is_closed_count_for_nothing(cast):
    cast[SECOND_MANAGER].is_active = cast[PARTNER].is_active = False
    chair = factories.make_chair("submitted", cluster=cast.cluster)
    draft = factories.make_sponsorship(contact=cast.contact(PARTNER), chair=cast.chair)
    assert not is_permitted(chair, "approve", cast[SECOND_MANAGER])
    assert not is_permitted(draft, "submit", cast[PARTNER])
    cast[SECOND_MANAGER].is_active = cast[PARTNER].is_active = True
    assert is_permitted(chair, "approve", cast[SECOND_MANAGER])
    assert is_permitted(draft, "submit", cast[PARTNER])


def test_a_contact_who_is_not_admitted_yet_acts_for_nobody(cast):
    newcomer = factories.make_contact(cast.company, state="requested", is_primary=False).user
    draft = factories.make_sponsorship(contact=cast.contact(PARTNER), chair=cast.chair)
    assert not is_permitted(draft, "submit", newcomer)
    assert not Sponsorship.objects.visible_to(newcomer).exists()
    newcomer.contacts.update(state="approved")
    newcomer = type(newcomer).objects.get(pk=newcomer.pk)
    assert is_permitted(draft, "submit", newcomer)
    assert Sponsorship.objects.visible_to(newcomer).get() == draft


def test_who_leaves_sees_no_longer_what_they_wrote(cast):
    mine = factories.make_sponsorship(contact=cast.contact(PARTNER), chair=cast.chair)
    kept = factories.make_sponsorship(contact=cast.contact(PARTNER), chair=cast.chair, created_by=cast[READER])
    assert set(Sponsorship.objects.visible_to(cast[PARTNER])) == {mine, kept}
    assert set(Sponsorship.objects.visible_to(cast[READER])) == {kept}
    cast[PARTNER].contacts.update(state="refused")
    cast[READER].staff_roles.all().delete()
    for persona in (PARTNER, READER):
        user = type(cast[persona]).objects.get(pk=cast[persona].pk)
        assert not Sponsorship.objects.visible_to(user).exists()


def test_an_investigator_sees_what_was_sent_to_their_chair_while_they_hold_it(cast):
    sent = factories.make_sponsorship("submitted", cast.contact(PARTNER), chair=cast.chair)
    factories.make_sponsorship("draft", cast.contact(PARTNER), chair=cast.chair)
    assert list(Sponsorship.objects.visible_to(cast[PI])) == [sent]
    cast.chair.appointments.update(ends_on="2020-01-01")
    assert not Sponsorship.objects.visible_to(cast[PI]).exists()
