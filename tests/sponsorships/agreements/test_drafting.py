"""A draft begins with what is known: the accepted proposal, or the agreement that it amends."""

from decimal import Decimal

import pytest

from core.exceptions import Refused
from sponsorships.agreements import drafting
from sponsorships.agreements.terms import TERMS
from sponsorships.enums import AgreementPath
from tests import factories
from tests.verbs import perform

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def sponsorship():
    return factories.make_sponsorship("accepted", skills_amount=Decimal("700.00"))


@pytest.fixture
def manager(sponsorship):
    return factories.make_staff(sponsorship.chair.cluster)


def test_the_first_one_states_what_was_accepted(sponsorship, manager):
    agreement = drafting.draft(sponsorship, by=manager, path=AgreementPath.GENERATED)
    assert (agreement.number, str(agreement), agreement.is_amendment) == (1, "Agreement", False)
    for name in ("cash_amount", "skills_amount", "starts_on", "ends_on", "activity", "signatory"):
        assert getattr(agreement, name) == getattr(sponsorship, name)
    assert agreement.in_kind_amount == 0


def test_the_next_one_states_the_terms_of_the_one_before_but_for_what_is_said(sponsorship, manager):
    first = perform(factories.make_agreement(sponsorship, by=manager, other_parties="CNRS"), "record", by=manager)
    second = drafting.draft(sponsorship, by=manager, path=AgreementPath.GENERATED, cash_amount=Decimal("60000.00"))
    assert (second.number, str(second), second.is_amendment) == (2, "Amendment 1", True)
    differing = {name for name in TERMS if getattr(first, name) != getattr(second, name)}
    assert differing == {"cash_amount"}


def test_one_at_a_time(sponsorship, manager):
    drafting.draft(sponsorship, by=manager, path=AgreementPath.GENERATED)
    with pytest.raises(Refused, match="Agreement is still being prepared or signed"):
        drafting.draft(sponsorship, by=manager, path=AgreementPath.ELSEWHERE)


def test_a_void_one_gives_way_and_its_number_is_not_used_again(sponsorship, manager):
    perform(factories.make_agreement(sponsorship, by=manager), "void", by=manager, note="A typing mistake.")
    assert drafting.draft(sponsorship, by=manager, path=AgreementPath.GENERATED).number == 2
    assert not sponsorship.instalments.standing().exists()


@pytest.mark.parametrize("status", ["in_review", "completed", "declined", "terminated"])
def test_only_an_accepted_or_active_sponsorship_has_agreements(status):
    sponsorship = factories.make_sponsorship(status)
    manager = factories.make_staff(sponsorship.chair.cluster)
    with pytest.raises(Refused, match="only an accepted or active one has agreements"):
        drafting.draft(sponsorship, by=manager, path=AgreementPath.GENERATED)


@pytest.mark.parametrize("role", ["editor", "finance", "reader"])
def test_managers_draft_and_nobody_else(sponsorship, role):
    somebody = factories.make_staff(sponsorship.chair.cluster, role)
    with pytest.raises(Refused, match="Managers of the chair's cluster"):
        drafting.draft(sponsorship, by=somebody, path=AgreementPath.GENERATED)
