"""What every verb promises beyond the tables: notes, one transaction, no surprise from stale or missing records."""

import pytest

from chairs.models import Chair
from core.exceptions import Refused
from core.verbs import NOTE_MAX_LENGTH, verbs_of
from sponsorships.models import Agreement, Instalment, Sponsorship
from sponsorships.proposals.endorsements import endorse
from tests import factories
from tests.lifecycle import expectations as expected
from tests.lifecycle import records
from tests.personas import FINANCE, MANAGER, PARTNER, PI, SECOND_MANAGER
from tests.verbs import perform

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("field_history")]

CHAIR_VERBS, SPONSORSHIP_VERBS = list(expected.CHAIR_MOVES), list(expected.SPONSORSHIP_MOVES)


@pytest.fixture
def chair(cast):
    return factories.make_chair("submitted", cluster=cast.cluster)


@pytest.mark.parametrize("note", ["", "  \n "])
@pytest.mark.parametrize("verb", CHAIR_VERBS)
def test_a_chair_verb_asks_for_its_note(cast, verb, note):
    chair = factories.make_chair(next(iter(expected.CHAIR_MOVES[verb])), cluster=cast.cluster)
    check_note(chair, verb, cast[MANAGER], note, verb in expected.CHAIR_NOTES)


@pytest.mark.parametrize("note", ["", "  \n "])
@pytest.mark.parametrize("verb", SPONSORSHIP_VERBS)
def test_a_sponsorship_verb_asks_for_its_note(cast, verb, note):
    status = next(iter(expected.SPONSORSHIP_MOVES[verb]))
    sponsorship = records.make_sponsorship(cast, status, verb)
    by = cast[PARTNER if PARTNER in expected.SPONSORSHIP_ALLOWED[verb] else MANAGER]
    check_note(sponsorship, verb, by, note, verb in expected.SPONSORSHIP_NOTES)


@pytest.mark.parametrize("note", ["", "  \n "])
@pytest.mark.parametrize("verb", list(expected.AGREEMENT_MOVES))
def test_an_agreement_verb_asks_for_its_note(cast, verb, note):
    agreement = records.make_agreement(cast, next(iter(expected.AGREEMENT_MOVES[verb])), verb)
    check_note(agreement, verb, cast[PARTNER if verb == "sign" else MANAGER], note, verb in expected.AGREEMENT_NOTES)


@pytest.mark.parametrize("note", ["", "  \n "])
@pytest.mark.parametrize("verb", list(expected.INSTALMENT_MOVES))
def test_an_instalment_verb_asks_for_its_note(cast, verb, note):
    instalment = records.make_instalment(cast, next(iter(expected.INSTALMENT_MOVES[verb])), verb)
    check_note(instalment, verb, cast[FINANCE], note, verb in expected.INSTALMENT_NOTES)


@pytest.mark.parametrize("note", ["", "  \n "])
@pytest.mark.parametrize("verb", list(expected.REPORT_MOVES))
def test_a_verb_of_a_report_asks_for_its_note(cast, verb, note):
    report = records.make_report(cast, next(iter(expected.REPORT_MOVES[verb])), verb)
    check_note(report, verb, cast[PI if verb == "submit" else MANAGER], note, verb in expected.REPORT_NOTES)


def check_note(record, verb, by, note, is_needed):
    told = {"by": by, "note": note, "details": records.details(record, verb)}
    if is_needed:
        with pytest.raises(Refused, match="Say why"):
            perform(record, verb, **told)
    else:
        assert perform(record, verb, **told).transitions.latest("pk").note == ""


def test_a_note_that_is_too_long_is_refused(cast, chair):
    with pytest.raises(Refused, match="longer than 2000 characters"):
        perform(chair, "approve", by=cast[MANAGER], note="x" * (NOTE_MAX_LENGTH + 1))


def test_a_note_is_stripped(cast, chair):
    assert perform(chair, "approve", by=cast[MANAGER], note="  Good. \n").transitions.get().note == "Good."


def test_a_stale_record_is_judged_by_what_is_saved(cast, chair):
    stale = Chair.objects.get(pk=chair.pk)
    perform(chair, "approve", by=cast[MANAGER])
    with pytest.raises(Refused, match="while the status is “Approved”"):
        perform(stale, "approve", by=cast[SECOND_MANAGER])


def test_a_deleted_record_is_refused_with_a_sentence(cast, chair):
    gone = Chair.objects.get(pk=chair.pk)
    chair.appointments.all().delete()
    chair.delete()
    with pytest.raises(Refused, match="no longer there"):
        perform(gone, "approve", by=cast[MANAGER])


def test_an_act_that_moves_no_status_says_so_too(cast):
    proposal = factories.make_sponsorship("draft", cast.contact(PARTNER), chair=cast.chair)
    gone = Sponsorship.objects.get(pk=proposal.pk)
    assert gone.locked() == proposal
    Sponsorship.objects.filter(pk=proposal.pk).delete()
    with pytest.raises(Refused, match="no longer there"):
        endorse(gone, by=cast[PI])


def test_what_the_caller_changed_without_saving_stays_unsaved(cast, chair):
    chair.title_en = "Another title"
    perform(chair, "approve", by=cast[MANAGER])
    saved = Chair.objects.get(pk=chair.pk)
    assert saved.status == "approved" and saved.title_en != "Another title"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_verb_leaves_both_languages_of_the_record_alone(cast, chair, language):
    from django.utils import translation

    with translation.override(language):
        saved = perform(chair, "approve", by=cast[MANAGER])
    saved = Chair.objects.get(pk=saved.pk)
    assert (saved.title_en, saved.title_fr) == (chair.title_en, chair.title_fr)


def test_a_later_save_does_not_carry_the_verb_into_the_history(cast, chair):
    perform(chair, "approve", by=cast[MANAGER]).save()
    assert [row.history_change_reason for row in chair.history.all()] == [None, "approve", None]


def test_what_is_refused_on_the_way_undoes_everything(cast):
    running = factories.make_running(by=cast[MANAGER], contact=cast.contact(PARTNER), chair=cast.chair)
    instalment = perform(running.instalments.get(), "fall_due", by=cast[FINANCE])
    with pytest.raises(Refused, match="Enter the number"):
        perform(instalment, "invoice", by=cast[FINANCE], details={"number": "  "})
    saved = Instalment.objects.get(pk=instalment.pk)
    assert (saved.status, saved.invoiced_at, saved.invoice_number) == ("due", None, "")
    assert [line.verb for line in saved.transitions.all()] == ["fall_due"]
    assert not saved.entries.exists()


@pytest.mark.parametrize(("verb", "status"), [("submit", "draft"), ("approve", "submitted")])
def test_a_chair_without_a_kind_is_refused_not_broken(cast, verb, status):
    chair = factories.make_chair(status, cluster=cast.cluster)
    Chair.objects.filter(pk=chair.pk).update(kind=None)
    with pytest.raises(Refused, match="Choose its kind"):
        perform(chair, verb, by=cast[MANAGER])


@pytest.mark.parametrize(("verb", "status"), [("submit", "draft"), ("approve", "submitted")])
def test_a_chair_that_breaks_its_rule_goes_no_further(cast, verb, status):
    chair = factories.make_chair(status, cluster=cast.cluster, with_pi=False)
    with pytest.raises(Refused, match="Add 1 person"):
        perform(chair, verb, by=cast[MANAGER])


def test_a_chair_that_breaks_its_rule_can_still_be_sent_back_or_declined(cast):
    for verb, status in [("request_changes", "changes_requested"), ("decline", "declined")]:
        chair = factories.make_chair("submitted", cluster=cast.cluster, with_pi=False)
        assert perform(chair, verb, by=cast[MANAGER], note="Nobody holds it.").status == status


@pytest.mark.parametrize("model", [Chair, Sponsorship, Agreement, Instalment])
def test_every_verb_says_how_it_reads_and_who_may(model):
    assert verbs_of(model)
    for verb in verbs_of(model).values():
        assert all(str(words) for words in (verb.label, verb.done, verb.who)), verb.name
        assert verb.stamps or verb.target in verb.sources, verb.name


@pytest.mark.parametrize("note", ["", "  \n "])
@pytest.mark.parametrize("verb", list(expected.CHAIR_YEAR_ALLOWED))
def test_a_verb_of_a_chairs_year_asks_for_its_note(cast, verb, note):
    report = records.make_chair_year(cast, next(iter(expected.REPORT_MOVES[verb])), verb)
    check_note(report, verb, cast[PI if verb == "submit" else MANAGER], note, verb in expected.REPORT_NOTES)
