"""An activity is closed, or its target raised with a reason; each leaves a line, and two clicks one effect."""

from decimal import Decimal

import pytest

from chairs.activities import close, raise_target
from core.exceptions import Refused
from core.verbs import NOTE_MAX_LENGTH
from tests import factories
from tests.personas import EDITOR, FINANCE, MANAGER, OTHER_MANAGER, PARTNER, PI, READER
from tests.verbs import perform

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("field_history", "whole_cast")]
MORE = Decimal("250000.00")


@pytest.fixture
def activity(cast):
    return factories.make_activity(cast.chair, target=Decimal("100000.00"))


@pytest.mark.parametrize("who", [PI, EDITOR, MANAGER])
def test_who_may_closes_it_and_leaves_a_line(cast, activity, who):
    assert close(activity, by=cast[who], note="Funded elsewhere.").is_closed()
    line = activity.transitions.get()
    assert (line.done, line.by, line.note) == ("closed", cast[who], "Funded elsewhere.")


@pytest.mark.parametrize("who", [READER, FINANCE, OTHER_MANAGER, PARTNER])
def test_nobody_else_closes_it_or_raises_its_target(cast, activity, who):
    with pytest.raises(Refused, match="close its activities"):
        close(activity, by=cast[who])
    with pytest.raises(Refused, match="raise a target"):
        raise_target(activity, by=cast[who], target=MORE, note="More.")
    activity.refresh_from_db()
    assert not activity.is_closed() and activity.target == Decimal("100000.00")


def test_it_is_closed_once(cast, activity):
    close(activity, by=cast[MANAGER])
    with pytest.raises(Refused, match="already closed"):
        close(activity, by=cast[EDITOR])
    assert activity.transitions.count() == 1


def test_an_investigator_raises_no_target(cast, activity):
    with pytest.raises(Refused, match="Editors and managers"):
        raise_target(activity, by=cast[PI], target=MORE, note="More.")


def test_a_target_is_raised_with_a_reason_that_stays(cast, activity):
    assert raise_target(activity, by=cast[EDITOR], target=MORE, note="A second thesis.").target == MORE
    line = activity.transitions.get()
    assert (line.done, line.note) == ("target raised from €100,000 to €250,000", "A second thesis.")
    assert activity.history.latest().history_user == cast[EDITOR]


@pytest.mark.parametrize(
    ("target", "note", "sentence"),
    [
        (MORE, "  ", "Say why"),
        (MORE, "x" * (NOTE_MAX_LENGTH + 1), "longer than"),
        (Decimal("100000.00"), "The same.", "only be raised"),
        (Decimal("5.00"), "Less.", "only be raised"),
    ],
)
def test_it_is_refused_with_a_sentence(cast, activity, target, note, sentence):
    with pytest.raises(Refused, match=sentence):
        raise_target(activity, by=cast[MANAGER], target=target, note=note)
    assert not activity.transitions.exists()


def test_more_is_accepted_once_the_target_is_raised(cast, activity):
    offer = factories.make_sponsorship(
        "in_review", cast.contact(PARTNER), chair=cast.chair, activity=activity, cash_amount=MORE
    )
    with pytest.raises(Refused, match="still needs €100,000"):
        perform(offer, "accept", by=cast[MANAGER])
    close(activity, by=cast[MANAGER])  # proposals already sent go on
    raise_target(activity, by=cast[MANAGER], target=MORE, note="The partner pays for two theses.")
    assert perform(offer, "accept", by=cast[MANAGER]).status == "accepted"
