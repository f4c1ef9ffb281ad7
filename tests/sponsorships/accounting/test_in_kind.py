"""What is given in kind or skills: valued, with its method, apart from cash, and taken back by an entry of its own."""

import uuid
from decimal import Decimal

import pytest
from django.core.management import call_command

from core.exceptions import Refused
from sponsorships.accounting import in_kind
from sponsorships.enums import Contribution, EntryKind, ValuationMethod
from tests import factories
from tests.days import TOMORROW, as_of_now

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def sponsorship():
    return factories.make_running(in_kind_amount=Decimal("9000.00"))


@pytest.fixture
def given(sponsorship):
    finance = factories.make_staff(sponsorship.chair.cluster, "finance")
    values = {
        "by": finance,
        "contribution": Contribution.IN_KIND,
        "amount": Decimal("4000.00"),
        "method": ValuationMethod.COST,
        "note": "Two hundred hours of simulator.",
    }
    yield lambda **overrides: in_kind.record(sponsorship, **{**values, **overrides})
    call_command("check_ledger")


def received(sponsorship, contribution):
    return sponsorship.entries.total(EntryKind.RECEIVED, contribution=contribution)


def test_it_counts_apart_from_cash_and_keeps_its_method(given, sponsorship):
    assert given().method == ValuationMethod.COST
    assert received(sponsorship, Contribution.IN_KIND) == Decimal("4000.00")
    assert received(sponsorship, Contribution.CASH) == 0
    assert sponsorship.transitions.latest("pk").note == "Two hundred hours of simulator."


@pytest.mark.parametrize(
    ("overrides", "sentence"),
    [
        ({"amount": Decimal("0.00")}, "at least one cent"),
        ({"amount": Decimal("10.005")}, "euros and cents"),
        ({"contribution": Contribution.CASH}, "recorded on its instalment"),
        ({"contribution": "cash"}, "recorded on its instalment"),  # as a form or the database has it
        ({"note": " "}, "Say what was given"),
        ({"on": TOMORROW}, "in the future"),
    ],
)
def test_what_is_wrong_is_refused_with_a_sentence(given, sponsorship, overrides, sentence):
    with pytest.raises(Refused, match=sentence):
        given(**as_of_now(overrides))
    assert received(sponsorship, Contribution.IN_KIND) == 0


def test_readers_and_editors_record_nothing(given, sponsorship):
    with pytest.raises(Refused, match="Finance staff and managers"):
        given(by=factories.make_staff(sponsorship.chair.cluster, "editor"))


def test_the_same_click_twice_counts_once(given, sponsorship):
    token = uuid.uuid4()
    given(token=token)
    with pytest.raises(Refused, match="already been recorded"):
        given(token=token)
    assert received(sponsorship, Contribution.IN_KIND) == Decimal("4000.00")


def test_a_mistake_is_reversed_once_with_a_reason(given, sponsorship):
    entry, manager = given(), factories.make_staff(sponsorship.chair.cluster)
    with pytest.raises(Refused, match="Say why"):
        in_kind.reverse(entry, by=manager, note="")
    reversal = in_kind.reverse(entry, by=manager, note="It was lent, not given.")
    assert received(sponsorship, Contribution.IN_KIND) == 0
    for one, sentence in ((entry, "already reversed"), (reversal, "Only an entry for a contribution")):
        with pytest.raises(Refused, match=sentence):
            in_kind.reverse(one, by=manager, note="Again.")


def test_no_other_entry_is_reversed_this_way(given, sponsorship):
    manager = factories.make_staff(sponsorship.chair.cluster)
    for entry in sponsorship.entries.all():
        with pytest.raises(Refused, match="Only an entry for a contribution"):
            in_kind.reverse(entry, by=manager, note="A trick.")
