"""Each page below a record's address leads on to the new one when the record is renamed, in both languages."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from tests import factories
from tests.collaboration_factory import make_collaboration
from tests.core.test_past_addresses import make_public_partner, make_public_person, move
from tests.innovation_factory import make_start_up
from tests.matrix.walk import patterns

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.database(quick=True),
    pytest.mark.usefixtures("search_index", "field_history"),
]
OF_CHAIR = "chairs/<slug:cluster_slug>/<slug:slug>/"
# The record at each address with a slug of its own.
MAKERS = {
    "chairs:person_detail": make_public_person,
    "chairs:institution_detail": lambda slug: factories.make_institution(slug=slug),
    "chairs:start_up_detail": lambda slug: make_start_up(slug=slug),
    "clusters:detail": lambda slug: factories.make_cluster(slug=slug),
    "clusters:training_detail": lambda slug: factories.make_training(slug=slug),
    "collaborations:detail": lambda slug: make_collaboration(factories.make_cluster(), slug=slug),
    "sponsorships:partner_detail": make_public_partner,
}
# Takes only a form, and is no page to come back to.
ONLY_POSTED = "yearly:submit"
PUBLIC_OF_CHAIR, MY_OF_CHAIR = (
    sorted(
        name
        for name, route, _pattern in patterns()
        if OF_CHAIR in route and ("my/" in route) == is_mine and name != ONLY_POSTED
    )
    for is_mine in (False, True)
)


@pytest.fixture
def chair():
    cluster = factories.make_cluster(slug="here")
    chair = factories.make_chair("active", slug="first", cluster=cluster, start_year=timezone.localdate().year - 2)
    chair.appointments.update(person=factories.make_person(user=factories.make_user()))
    return chair


def address(name: str, *slugs: str) -> str:
    """Return the address of a page of a chair; one that is about a year, of a year in which the chair ran."""
    [route] = [route for one, route, _pattern in patterns() if one == name]
    year = [timezone.localdate().year - 1] if re.search(r"<int:year>", route) else []
    return reverse(name, args=[*slugs, *year])


def leads(client, before: str, after: str) -> None:
    """Assert that reading, and asking only for the head, leads on with what was asked for."""
    for ask in (client.get, client.head):
        response = ask(f"{before}?on=2026-01-01&q=%C3%A9")
        assert (response.status_code, response.get("Location")) == (301, f"{after}?on=2026-01-01&q=%C3%A9"), before


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("name", [*PUBLIC_OF_CHAIR, *MY_OF_CHAIR])
def test_what_lies_below_a_chair_leads_on(client, chair, name, language):
    if name in MY_OF_CHAIR:
        client.force_login(chair.appointments.get().person.user)
    move(move(chair, "second"), "third")
    move(chair.cluster, "there")
    with translation.override(language):
        for past in (("here", "first"), ("here", "second"), ("here", "third"), ("there", "first"), ("there", "second")):
            leads(client, address(name, *past), address(name, "there", "third"))
        assert client.get(address(name, "there", "third")).status_code == 200
        assert client.get(address(name, "there", "never")).status_code == 404


def test_there_are_pages_below_a_chair():
    assert {"chairs:chair_output_list", "chairs:detail", "sponsorships:new"} <= set(PUBLIC_OF_CHAIR)
    assert {"chairs:page_text", "yearly:report"} <= set(MY_OF_CHAIR)


def test_a_short_link_leads_to_where_the_chair_is(client, chair):
    move(chair, "second")
    response = client.get(f"/c/{chair.pk}", headers={"accept-language": "fr"})
    assert (response.status_code, response["Location"]) == (302, "/fr/chairs/here/second/")


def test_a_form_of_an_earlier_address_is_posted_again(client, chair):
    move(chair, "second")
    response = client.post("/en/chairs/here/first/fund/", {"title": "Robots"})
    assert (response.status_code, response["Location"]) == (308, "/en/chairs/here/second/fund/")


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("name", MAKERS)
def test_the_page_of_each_other_record_leads_on(client, name, language):
    move(move(MAKERS[name]("first"), "second"), "third")
    with translation.override(language):
        for past in ("first", "second"):
            leads(client, reverse(name, args=[past]), reverse(name, args=["third"]))
        assert client.get(reverse(name, args=["third"])).status_code == 200
