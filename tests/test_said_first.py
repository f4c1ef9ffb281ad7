"""What somebody hears of a page before reading it: its title, and the names of its links one after the other."""

import re
from html import unescape

import pytest

from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("search_index")]
LISTS = [
    "chairs",
    "opportunities",
    "training",
    "outputs",
    "start-ups",
    "collaborations",
    "people",
    "institutions",
    "partners",
]


def title_of(response) -> str:
    return unescape(response.text.partition("<title>")[2].partition("</title>")[0])


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize(("language", "said"), [("en", "0 results"), ("fr", "0 résultat")])
def test_the_title_of_a_search_says_how_many_there_are(client, name, language, said):
    searched, whole = (title_of(client.get(f"/{language}/{name}/{query}")) for query in ("?q=Xylophage", ""))
    assert f" · {said} · Cathedra" in searched
    assert "Cathedra" in whole and "résultat" not in whole and "result" not in whole


def test_a_filter_without_words_says_so_too(client):
    chair = factories.make_chair("active")
    factories.make_chair("active")
    title = title_of(client.get(f"/en/chairs/?cluster={chair.cluster.slug}"))
    assert title == "Chairs · 1 result · Cathedra"


def test_each_number_on_the_home_page_is_a_link_that_says_of_what(client):
    factories.make_activity(factories.make_chair("active"))
    for language, names in (("en", ["1 chairs on record", "1 activities open for funding"]), ("fr", [])):
        shown = client.get(f"/{language}/").text.partition('<dl class="headline">')[2].partition("</dl>")[0]
        links = re.findall(r'<a href="[^"]*" aria-label="([^"]*)">([^<]*)</a>', shown)
        assert len(links) == shown.count("<a ") >= 4
        assert all(name.startswith(f"{number} ") for name, number in links)
        assert set(names) <= {name for name, _number in links}


def test_the_door_of_a_proposal_says_which_chair(client):
    chair = factories.make_chair("active", title_en="Robots that listen")
    assert "Robots that listen" in title_of(client.get(f"{chair.get_absolute_url()}fund/"))
