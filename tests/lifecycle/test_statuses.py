"""Every verb × every status, by behaviour: it moves, stamps and logs, or it is refused and nothing changes."""

import datetime

import pytest
from django.apps import apps
from django.utils import timezone

from chairs.models import Chair
from core.exceptions import Refused
from core.transitions import LivingRecord
from core.verbs import verbs_of
from progress.models import ProgressReport
from sponsorships.models import Agreement, Instalment, Sponsorship
from tests import factories
from tests.lifecycle import expectations as expected
from tests.lifecycle import records
from tests.personas import FINANCE, PARTNER, PI, SECOND_MANAGER
from tests.verbs import perform
from yearly.models import ChairYearReport, YearReport

pytestmark = pytest.mark.usefixtures("field_history")

LONG_AGO = datetime.datetime(2025, 1, 1, tzinfo=datetime.UTC)
PARTNERS_OWN = {"submit", "resubmit", "withdraw"}


def chair_in(status, cast):
    origin = "sourced" if status == "sourced" else "registered"
    return factories.make_chair(status, cluster=cast.cluster, origin=origin)


def table(statuses, moves):
    return [pytest.param(verb, status, id=f"{verb} when {status}") for verb in moves for status in statuses]


def check(record, verb, by, moves, moments):
    """Perform the verb, and compare what came of it with the table; moments are told by verb or by the status reached."""
    counts_saves = hasattr(record, "updated_at")
    if counts_saves:
        type(record).objects.filter(pk=record.pk).update(updated_at=LONG_AGO)
    source, target, lines = record.status, moves[verb].get(record.status), record.transitions.count()
    told = {"by": by, "note": "A reason.", "details": records.details(record, verb)}
    before = timezone.now()
    if target is None:
        with pytest.raises(Refused, match="not possible while the status is"):
            perform(record, verb, **told)
    else:
        perform(record, verb, **told)
    saved = type(record).objects.get(pk=record.pk)
    assert saved.status == (target or source)
    assert saved.transitions.count() == lines + (target is not None)
    if counts_saves:
        assert saved.updated_at >= before if target else saved.updated_at == LONG_AGO
    if target:
        if moment := moments.get(verb, moments.get(target)):
            assert before <= getattr(saved, moment) <= timezone.now()
        assert_logged(saved, verb, source, by)


def assert_logged(saved, verb, source, by):
    line = saved.transitions.latest("pk")
    assert (line.verb, line.source, line.target) == (verb, source, saved.status)
    assert (line.by, line.note) == (by, "A reason.")
    if source == saved.status and verb in expected.LEAVES_FIELDS:
        return
    history = saved.history.latest("history_id")
    assert (history.status, history.history_change_reason, history.history_user) == (saved.status, verb, by)


@pytest.mark.parametrize(("verb", "status"), table(expected.CHAIR_STATUSES, expected.CHAIR_MOVES))
def test_a_chair_moves_or_refuses(cast, verb, status):
    check(chair_in(status, cast), verb, cast[SECOND_MANAGER], expected.CHAIR_MOVES, expected.CHAIR_MOMENTS)


@pytest.mark.parametrize(("verb", "status"), table(expected.SPONSORSHIP_STATUSES, expected.SPONSORSHIP_MOVES))
def test_a_sponsorship_moves_or_refuses(cast, verb, status):
    by = cast[PARTNER if verb in PARTNERS_OWN else SECOND_MANAGER]
    sponsorship = records.make_sponsorship(cast, status, verb)
    check(sponsorship, verb, by, expected.SPONSORSHIP_MOVES, expected.SPONSORSHIP_MOMENTS)


@pytest.mark.parametrize(("verb", "status"), table(expected.AGREEMENT_STATUSES, expected.AGREEMENT_MOVES))
def test_an_agreement_moves_or_refuses(cast, verb, status):
    by = cast[PARTNER if verb == "sign" else SECOND_MANAGER]
    agreement = records.make_agreement(cast, status, verb)
    check(agreement, verb, by, expected.AGREEMENT_MOVES, expected.AGREEMENT_MOMENTS)


@pytest.mark.parametrize(("verb", "status"), table(expected.INSTALMENT_STATUSES, expected.INSTALMENT_MOVES))
def test_an_instalment_moves_or_refuses(cast, verb, status):
    instalment = records.make_instalment(cast, status, verb)
    check(instalment, verb, cast[FINANCE], expected.INSTALMENT_MOVES, expected.INSTALMENT_MOMENTS)


@pytest.mark.parametrize(("verb", "status"), table(expected.REPORT_STATUSES, expected.REPORT_MOVES))
def test_a_report_moves_or_refuses(cast, verb, status):
    by = cast[PI if verb == "submit" else SECOND_MANAGER]
    check(records.make_report(cast, status, verb), verb, by, expected.REPORT_MOVES, expected.REPORT_MOMENTS)


@pytest.mark.parametrize(("verb", "status"), table(expected.REPORT_STATUSES, expected.REPORT_MOVES))
def test_a_chairs_year_moves_or_refuses(cast, verb, status):
    by = cast[PI if verb == "submit" else SECOND_MANAGER]
    check(records.make_chair_year(cast, status, verb), verb, by, expected.REPORT_MOVES, expected.REPORT_MOMENTS)


@pytest.mark.exhaustive(counted=True)
@pytest.mark.parametrize(("verb", "status"), table(expected.YEAR_REPORT_STATUSES, expected.YEAR_REPORT_MOVES))
def test_a_clusters_year_moves_or_refuses(cast, verb, status):
    report = records.make_year_report(cast, status, verb)
    check(report, verb, cast[SECOND_MANAGER], expected.YEAR_REPORT_MOVES, expected.YEAR_REPORT_MOMENTS)


@pytest.mark.parametrize(
    ("model", "statuses", "rows"),
    [
        (Chair, expected.CHAIR_STATUSES, [expected.CHAIR_MOVES, expected.CHAIR_ALLOWED]),
        (Sponsorship, expected.SPONSORSHIP_STATUSES, [expected.SPONSORSHIP_MOVES, expected.SPONSORSHIP_ALLOWED]),
        (Agreement, expected.AGREEMENT_STATUSES, [expected.AGREEMENT_MOVES, expected.AGREEMENT_ALLOWED]),
        (Instalment, expected.INSTALMENT_STATUSES, [expected.INSTALMENT_MOVES, expected.INSTALMENT_ALLOWED]),
        (ProgressReport, expected.REPORT_STATUSES, [expected.REPORT_MOVES, expected.REPORT_ALLOWED]),
        (ChairYearReport, expected.REPORT_STATUSES, [expected.REPORT_MOVES, expected.CHAIR_YEAR_ALLOWED]),
        (YearReport, expected.YEAR_REPORT_STATUSES, [expected.YEAR_REPORT_MOVES, expected.YEAR_REPORT_ALLOWED]),
    ],
)
def test_every_verb_and_status_has_its_row(model, statuses, rows):
    assert statuses == list(dict(model._meta.get_field("status").choices))
    for row in rows:
        assert list(row) == list(verbs_of(model)), "a new verb needs a row, in the order of its declaration"


def test_every_model_with_a_life_is_in_this_file():
    living = {model for model in apps.get_models() if issubclass(model, LivingRecord)}
    assert living == {Chair, Sponsorship, Agreement, Instalment, ProgressReport, ChairYearReport, YearReport}
