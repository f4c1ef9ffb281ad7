"""One search field on every page of the panel, over all that its reader may see."""

import pytest
from django.urls import reverse
from django.utils import timezone

from sponsorships.references import read
from tests.factories import (
    make_agreement,
    make_appointment,
    make_chair,
    make_cluster,
    make_contact,
    make_partner,
    make_person,
    make_sponsorship,
    make_staff,
    make_user,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("search_index")]
YEAR = timezone.localdate().year
BOX = reverse("admin:search")
MAX_QUERIES = 15


@pytest.fixture
def desk(client):
    """A manager's cluster with a chair, its people, a partner and a running agreement; and the like of it elsewhere."""
    cluster = make_cluster(slug="postgenai-paris")
    manager = make_staff(cluster)
    for place in (cluster, make_cluster(slug="elsewhere")):
        name = "Ici" if place is cluster else "Ailleurs"
        chair = make_chair("active", cluster=place, title_fr=f"Énergie de l’eau {name}", title_en="")
        make_appointment(chair, person=make_person(name=f"Éloïse O’Neill {name}", registered_in=place))
        contact = make_contact(make_partner(name=f"Électricité {name}"), make_user(name=f"Zoé Durand {name}"))
        sponsorship = make_sponsorship("accepted", contact, chair=chair)
        make_agreement(sponsorship, by=make_staff(place))
    client.force_login(manager)
    return client


def said(client, text: str) -> str:
    return client.get(BOX, {"q": text}).text


@pytest.mark.exhaustive(counted=True)
@pytest.mark.database
@pytest.mark.parametrize(
    "text", ["energie de l'eau", "eloise oneill ici", "ELECTRICITE", "zoe durand", "post 2026 1", "post-2026-0001"]
)
def test_it_finds_whatever_the_reader_may_see_and_nothing_of_another_cluster(desk, text):
    text = text.replace("oneill", "o'neill").replace("2026", str(YEAR))
    page = said(desk, text)
    assert "Ici" in page and "Ailleurs" not in page


@pytest.mark.exhaustive(counted=True)
def test_a_reference_leads_to_the_sponsorship_its_agreement_and_its_instalment(desk):
    whole, part = said(desk, f"post {YEAR} 1"), said(desk, f"POST{YEAR}0001P1")
    assert f"POST-{YEAR}-0001-A1" in whole and f"POST-{YEAR}-0001-P1" in whole
    assert f"POST-{YEAR}-0001-P1" in part and f"POST-{YEAR}-0001-A1" not in part


@pytest.mark.exhaustive(counted=True)
def test_it_asks_each_list_once_and_says_where_there_is_more(desk, django_assert_max_num_queries):
    cluster = make_cluster(slug="third")
    for _ in range(9):
        make_chair("draft", cluster=cluster, title_en="Many robots")
    desk.force_login(make_staff(cluster))
    desk.get(BOX, {"q": "robots"})
    with django_assert_max_num_queries(MAX_QUERIES):
        page = said(desk, "robots")
    assert page.count("Many robots") == 6 and f"{reverse('admin:chairs_chair_changelist')}?q=robots" in page


@pytest.mark.exhaustive(counted=True)
def test_nothing_typed_and_nothing_found_are_said(desk):
    assert "Type a name" in said(desk, " ") and "Nothing of what you may see" in said(desk, "xyzzy")
    assert desk.get(BOX, {"q": "\x00" * 9 + "a" * 5000}).status_code == 200


def test_every_page_of_the_panel_has_it(desk):
    page = desk.get(reverse("admin:partners_partner_changelist")).text
    assert f'action="{BOX}"' in page and 'aria-keyshortcuts="/"' in page


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("post 2026 42", ("POST", 2026, 42, "", 0)),
        ("Post-2026-0042-p3", ("POST", 2026, 42, "P", 3)),
        ("3iac20260001a2", ("3IAC", 2026, 1, "A", 2)),
        ("2026/42", ("", 2026, 42, "", 0)),
    ],
)
def test_a_reference_is_read_as_people_type_it(typed, written):
    found = read(typed)
    assert (found.code, found.year, found.number, found.mark, found.part) == written
    assert read("robots") is None and read("2026") is None
