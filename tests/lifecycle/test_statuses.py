"""Every verb × every status, by behaviour: it moves, stamps and logs, or it is refused and nothing changes."""

import datetime

import pytest
from django.apps import apps
from django.utils import timezone

from chairs.models import Chair
from clusters.lifecycle import LivingRecord, Refused, perform, verbs_of
from partners.models import Sponsorship
from tests import factories
from tests.lifecycle import expectations as expected
from tests.personas import PARTNER, SECOND_MANAGER

LONG_AGO = datetime.datetime(2025, 1, 1, tzinfo=datetime.UTC)
PARTNERS_OWN = {"submit", "resubmit", "withdraw"}


def chair_in(status, cast):
    origin = "sourced" if status == "sourced" else "registered"
    return factories.make_chair(status, cluster=cast.cluster, origin=origin)


def sponsorship_in(status, cast):
    return factories.make_sponsorship(status, cast.contact(PARTNER), chair=cast.chair)


def table(statuses, moves):
    return [pytest.param(verb, status, id=f"{verb} when {status}") for verb in moves for status in statuses]


def check(record, verb, by, moves, moments):
    """Perform the verb, and compare what came of it with the table."""
    type(record).objects.filter(pk=record.pk).update(updated_at=LONG_AGO)
    source, target = record.status, moves[verb].get(record.status)
    if target is None:
        with pytest.raises(Refused, match="not possible while the status is"):
            perform(record, verb, by=by, note="A reason.")
        assert_untouched(record, source)
        return
    before = timezone.now()
    perform(record, verb, by=by, note="A reason.")
    saved = type(record).objects.get(pk=record.pk)
    assert saved.status == target
    assert before <= getattr(saved, moments[target]) <= timezone.now()
    assert saved.updated_at >= before
    assert_logged(saved, verb, source, by)


def assert_untouched(record, source):
    saved = type(record).objects.get(pk=record.pk)
    assert (saved.status, saved.updated_at) == (source, LONG_AGO)
    assert not saved.transitions.exists()


def assert_logged(saved, verb, source, by):
    line = saved.transitions.get()
    assert (line.verb, line.source, line.target) == (verb, source, saved.status)
    assert (line.by, line.note) == (by, "A reason.")
    history = saved.history.latest()
    assert (history.status, history.history_change_reason, history.history_user) == (saved.status, verb, by)


@pytest.mark.parametrize(("verb", "status"), table(expected.CHAIR_STATUSES, expected.CHAIR_MOVES))
def test_a_chair_moves_or_refuses(cast, verb, status):
    check(chair_in(status, cast), verb, cast[SECOND_MANAGER], expected.CHAIR_MOVES, expected.CHAIR_MOMENTS)


@pytest.mark.parametrize(("verb", "status"), table(expected.SPONSORSHIP_STATUSES, expected.SPONSORSHIP_MOVES))
def test_a_sponsorship_moves_or_refuses(cast, verb, status):
    by = cast[PARTNER if verb in PARTNERS_OWN else SECOND_MANAGER]
    check(sponsorship_in(status, cast), verb, by, expected.SPONSORSHIP_MOVES, expected.SPONSORSHIP_MOMENTS)


@pytest.mark.parametrize(
    ("model", "statuses", "rows"),
    [
        (Chair, expected.CHAIR_STATUSES, [expected.CHAIR_MOVES, expected.CHAIR_ALLOWED]),
        (Sponsorship, expected.SPONSORSHIP_STATUSES, [expected.SPONSORSHIP_MOVES, expected.SPONSORSHIP_ALLOWED]),
    ],
)
def test_every_verb_and_status_has_its_row(model, statuses, rows):
    assert statuses == list(dict(model._meta.get_field("status").choices))
    for row in rows:
        assert list(row) == list(verbs_of(model)), "a new verb needs a row, in the order of its declaration"


def test_every_model_with_a_life_is_in_this_file():
    living = {model for model in apps.get_models() if issubclass(model, LivingRecord)}
    assert living == {Chair, Sponsorship}
