"""Asked, pending and agreed follow a proposal's life, and nothing else."""

import datetime
from decimal import Decimal

import pytest
from django.core.management import call_command

from sponsorships.enums import EntryKind as E
from sponsorships.models import Sponsorship
from sponsorships.proposals import running
from tests import factories
from tests.verbs import perform

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def draft():
    return factories.make_sponsorship(in_kind_amount=Decimal("700.00"), in_kind_description="Hours.")


@pytest.fixture
def manager(draft):
    yield factories.make_staff(draft.chair.cluster)
    call_command("check_ledger")


def figures(sponsorship):
    return tuple(int(sponsorship.entries.total(kind)) for kind in (E.ASKED, E.PENDING, E.AGREED))


def test_each_verb_moves_the_figures_that_it_should(draft, manager):
    found, sponsorship = [figures(draft)], draft
    for verb in ("submit", "review", "request_changes", "resubmit", "accept", "withdraw"):
        by = draft.created_by if verb in {"submit", "resubmit", "withdraw"} else manager
        sponsorship = perform(sponsorship, verb, by=by, note="Why.")
        found.append(figures(sponsorship))
    asked = 50000
    assert found == [
        (0, 0, 0),
        (asked, 0, 0),
        (asked, asked, 0),
        (asked, asked, 0),
        (asked, asked, 0),
        (asked, 0, asked),
        (asked, 0, 0),
    ]
    assert sponsorship.entries.total(E.ASKED, contribution="in_kind") == Decimal("700.00")


@pytest.fixture
def rewritten(draft, manager):
    """A proposal that its partner has rewritten, and not sent again yet."""
    sponsorship = perform(draft, "submit", by=draft.created_by)
    sponsorship = perform(sponsorship, "review", by=manager)
    sponsorship = perform(sponsorship, "request_changes", by=manager, note="Less?")
    sponsorship.cash_amount = Decimal("30000.00")
    sponsorship.save()
    return sponsorship


def test_what_is_rewritten_counts_once_it_is_sent_again(rewritten, manager):
    call_command("check_ledger")
    assert figures(rewritten) == (50000, 50000, 0)
    assert figures(perform(rewritten, "resubmit", by=rewritten.created_by)) == (30000, 30000, 0)


@pytest.mark.parametrize("verb", ["decline", "withdraw"])
def test_what_was_never_sent_again_never_counts(rewritten, manager, verb):
    perform(rewritten, verb, by=manager if verb == "decline" else rewritten.created_by, note="Enough.")
    assert figures(Sponsorship.objects.get(pk=rewritten.pk)) == (50000, 0, 0)


def test_a_contract_that_ran_before_it_was_entered_is_agreed_from_its_own_day():
    chair, began = factories.make_chair("active"), datetime.date(2025, 1, 1)
    wrote, decides = (factories.make_staff(chair.cluster) for _each in range(2))
    partner = factories.make_partner(registered_in=chair.cluster)
    period = {"starts_on": began, "ends_on": datetime.date(2027, 12, 31)}
    words = {
        "proposal": "Forecasts.",
        "purpose": "Better ones.",
        "regime": "partnership",
        "confidentiality": "anonymous",
    }
    entered = Sponsorship(chair=chair, partner=partner, cash_amount=Decimal("50000.00"), **period, **words)
    terms = {"effective_on": began, "signed_on": began, "managing_institution": factories.make_institution()}
    running.enter(entered, by=wrote, terms=terms, rows=[])
    perform(entered, "accept", by=decides)
    assert [int(entered.entries.on(began).total(kind)) for kind in (E.ASKED, E.PENDING, E.AGREED)] == [50000, 0, 50000]
