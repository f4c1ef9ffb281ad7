"""What a partner offers, each contribution apart, where staff look: the desk, the list, and the page that decides."""

from decimal import Decimal

import pytest

from tests import factories

pytestmark = pytest.mark.django_db
LIST = "/admin/sponsorships/sponsorship/"


@pytest.fixture
def chair():
    return factories.make_chair("active")


@pytest.fixture(autouse=True)
def manager(client, chair):
    client.force_login(factories.make_staff(chair.cluster))


@pytest.fixture
def skills(chair):
    """A proposal without a cent of cash."""
    return factories.make_sponsorship(
        "in_review", chair=chair, cash_amount=None, skills_amount=Decimal(30000), in_kind_description="Time."
    )


def test_the_desk_names_what_is_offered_and_nothing_else(client, skills):
    page = client.get("/admin/").content.decode()
    assert "€30,000 in skills" in page and "€0" not in page


def test_the_list_has_a_dash_for_what_is_not_offered(client, skills):
    page = client.get(LIST).content.decode()
    assert '<td class="field-skills">€30,000</td>' in page
    assert '<td class="field-cash">—</td>' in page


@pytest.mark.parametrize("verb", ["accept", "decline", "request_changes"])
def test_who_decides_sees_the_money(client, chair, verb):
    activity = factories.make_activity(chair, target=Decimal(90000))
    offer = factories.make_sponsorship("in_review", chair=chair, activity=activity, cash_amount=Decimal(40000))
    page = client.get(f"{LIST}{offer.pk}/verb/{verb}/").content.decode()
    assert "<dd>€40,000</dd>" in page and "<dt>Remaining</dt>" in page and "<dd>€90,000</dd>" in page


def test_who_writes_for_a_partner_is_not_spoken_to_as_the_partner(client):
    page = client.get(f"{LIST}add/").content.decode()
    assert "The partner&#x27;s own proposal" in page and "Your own proposal" not in page
    assert "Who will sign for the partner." in page and "your organisation" not in page
