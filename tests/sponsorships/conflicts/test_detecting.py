"""What is a conflict, and what only looks like one."""

import datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from sponsorships.conflicts.detection import conflicts_by_sponsorship, conflicts_of
from sponsorships.models import Sponsorship
from tests import factories
from tests.sponsorships.conflicts.seeds import SEEDS
from tests.verbs import perform

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def kinds(sponsorship) -> list[str]:
    return [conflict.kind.value for conflict in conflicts_of(sponsorship)]


@pytest.mark.parametrize("name", ["ACIERS DU RHÔNE", "Aciers du Rhone SAS", "Aciers du Rhône, SA"])
def test_an_employer_is_known_by_its_name_whatever_its_form(chair, name):
    partner = factories.make_partner(name="Aciers du Rhône")
    offer = factories.make_sponsorship("in_review", factories.make_contact(partner), chair=chair)
    factories.make_appointment(chair, affiliation=factories.make_institution(name=name, kind="other"))
    assert kinds(offer) == ["employer"]


def test_an_employer_is_known_by_who_took_it_over(proposal):
    new = factories.make_institution(name=proposal.partner.name, kind="other")
    factories.make_appointment(proposal.chair, affiliation=factories.make_institution(successor=new))
    assert kinds(proposal) == ["employer"]


def test_an_investigator_who_acts_for_the_partner_is_one(proposal):
    person = factories.make_person(user=factories.make_user())
    factories.make_appointment(proposal.chair, person=person)
    assert kinds(proposal) == []
    contact = factories.make_contact(proposal.partner, person.user, is_primary=False)
    assert kinds(proposal) == ["employer"]
    contact.state = "removed"
    contact.save()
    assert kinds(proposal) == []


def test_an_investigator_whose_post_begins_later_is_one(proposal):
    SEEDS["employer"](proposal)
    proposal.chair.appointments.update(starts_on=timezone.localdate() + datetime.timedelta(days=30))
    assert kinds(proposal) == ["employer"]


def test_an_investigator_without_an_account_is_known_by_the_address_the_office_has(proposal):
    address = proposal.partner.contacts.get().user.email.upper()
    factories.make_appointment(proposal.chair, person=factories.make_person(contact_email=address))
    assert kinds(proposal) == ["employer"]


def test_an_investigator_who_left_is_none(proposal):
    SEEDS["employer"](proposal)
    assert kinds(proposal) == ["employer"]
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    proposal.chair.appointments.update(ends_on=yesterday)
    assert kinds(proposal) == []


@pytest.mark.parametrize(
    "change",
    [
        {"status": "withdrawn", "withdrawn_at": timezone.now()},
        {"starts_on": "2031-01-01", "ends_on": "2032-01-01"},
        {"is_exclusive": False},
    ],
)
def test_no_exclusivity_collides_with_what_is_over_or_apart(proposal, change):
    SEEDS["exclusivity"](proposal)
    assert kinds(proposal) == ["exclusivity"]
    Sponsorship.objects.exclude(pk=proposal.pk).update(**change)
    assert kinds(proposal) == []


def test_exclusivity_concerns_its_sector_alone(proposal):
    SEEDS["exclusivity"](proposal)
    rival = Sponsorship.objects.exclude(pk=proposal.pk).select_related("partner").get()
    assert kinds(rival) == ["exclusivity"], "both sides have the flag"
    rival.partner.sector = "health"
    rival.partner.save()
    assert kinds(proposal) == []


def test_exclusivity_in_an_activity_concerns_that_activity(proposal):
    here, elsewhere = (factories.make_activity(proposal.chair) for _number in range(2))
    rival = factories.make_sponsorship("accepted", chair=proposal.chair, activity=here, is_exclusive=True)
    proposal.activity = elsewhere
    assert kinds(proposal) == []
    Sponsorship.objects.filter(pk=proposal.pk).update(activity=here)
    assert kinds(Sponsorship.objects.get(pk=proposal.pk)) == kinds(rival) == ["exclusivity"]


def test_another_place_or_time_of_a_rival_is_another_conflict(proposal):
    SEEDS["exclusivity"](proposal)
    rivals, facts = Sponsorship.objects.exclude(pk=proposal.pk), {conflicts_of(proposal)[0].facts}
    for change in ({"ends_on": "2035-12-31"}, {"starts_on": "2028-01-01"}, {"activity": _activity(proposal)}):
        rivals.update(**change)
        proposal.activity = rivals.get().activity
        facts.add(conflicts_of(proposal)[0].facts)
    assert len(facts) == 4


def _activity(proposal):
    return factories.make_activity(proposal.chair)


def test_counterparts_are_compared_with_what_an_agreement_left_of_the_gift(chair, manager):
    gift = factories.make_running(by=manager, chair=chair, regime="patronage", counterparts_value=Decimal(12_000))
    assert kinds(gift) == []
    less = factories.make_agreement(gift, by=manager, cash_amount=Decimal(20_000))
    perform(less, "record", by=manager)
    assert kinds(Sponsorship.objects.get(pk=gift.pk)) == ["counterparts"]


def test_a_quarter_in_counterparts_is_no_conflict(proposal):
    proposal.regime, proposal.counterparts_value = "patronage", Decimal("12500.00")
    assert kinds(proposal) == []
    proposal.counterparts_value = Decimal("12500.01")
    assert kinds(proposal) == ["counterparts"]
    proposal.regime = "partnership"
    assert kinds(proposal) == []


def test_what_is_agreed_already_counts_towards_the_target(proposal):
    activity = factories.make_activity(proposal.chair, target=Decimal(140000))
    factories.make_sponsorship("accepted", chair=proposal.chair, activity=activity)
    Sponsorship.objects.filter(pk=proposal.pk).update(activity=activity)
    other = factories.make_sponsorship("in_review", chair=proposal.chair, activity=activity, cash_amount=Decimal(40000))
    assert kinds(other) == []
    Sponsorship.objects.filter(pk=other.pk).update(cash_amount=Decimal("40000.01"))
    assert kinds(other) == ["beyond_target"]


@pytest.mark.exhaustive
def test_a_long_list_costs_no_more_queries(proposal, django_assert_num_queries, django_assert_max_num_queries):
    for seed in SEEDS.values():
        seed(proposal)
    found = list(Sponsorship.objects.select_related("partner"))
    with django_assert_max_num_queries(16) as first:
        conflicts_by_sponsorship(found)
    for _number in range(3):
        for seed in SEEDS.values():
            seed(factories.make_sponsorship("in_review", chair=factories.make_chair("active")))
    found = list(Sponsorship.objects.select_related("partner"))
    with django_assert_num_queries(len(first)):
        conflicts_by_sponsorship(found)
