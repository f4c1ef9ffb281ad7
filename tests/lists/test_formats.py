"""A list is taken away as it stands on its page: the same records, in the same order, in each form and both languages."""

import datetime
import itertools
import random
import re
import xml.etree.ElementTree as xml
from html import unescape
from urllib.parse import urlencode

import pytest
from bibtexparser import parse_string
from django.http import QueryDict

from chairs.models import Chair
from lists import formats, public_list
from lists.catalogue import PUBLIC_LISTS
from lists.catalogue.chairs import ChairList
from tests import factories
from tests.chairs import oracle
from tests.lists import forms
from tests.lists.conftest import FORMULA, LAST_DAY

pytestmark = [pytest.mark.django_db, pytest.mark.database]
EVERYTHING = {"chairs": "?phase=all"}
WORDS = ["", "", "", "cluster", "named", "programme", "sons", "lists", "nothing"]
OUTPUT = re.compile(r'<h3 class="plain"><strong[^>]*>([^<]+)</strong>')


def agree(client, name: str, query: str) -> list[str]:
    """Return where all forms of a list lead, once they are the same."""
    found = forms.every_form(client, name, query)
    first = found["csv"]
    assert {form: paths for form, paths in found.items() if paths != first} == {}, (name, query)
    of_api = first if name != "outputs" else [row["title"] for row in forms.json_rows(client, name, query)]
    assert sorted(forms.api(client, name, query)) == sorted(of_api), (name, query)
    if name == "outputs":  # they have no pages of their own
        shown = [unescape(title) for title in forms.pages(client, f"/en/outputs/{query}", OUTPUT)]
        assert [row["title"] for row in forms.json_rows(client, name, query)] == shown, query
    else:
        own = [path.split("#")[0] for path in first if not path.endswith("#stated")]
        assert own == [path.split("#")[0] for path in forms.pages(client, f"/en/{name}/{query}")], (name, query)
    return first


def random_queries(number: int, seed: int):
    """Yield lists and queries: two of three are of chairs, as the brute force asks; the others of each other list in turn."""
    chance = random.Random(seed)
    others = [one for name, one in PUBLIC_LISTS.items() if name != "chairs"]
    of_chairs = oracle.random_queries(oracle.known_chairs(), number=number, seed=seed)
    for place, (query, chosen) in enumerate(of_chairs):
        if place % 3:
            parts = [("q", query), *((facet, value) for facet, values in chosen.items() for value in values)]
            yield "chairs", urlencode(parts)
            continue
        other = others[place // 3 % len(others)]
        listing = other.asked(QueryDict()).listing
        facets = chance.sample(listing.facets, 2) if listing and chance.random() < 0.7 else []
        values = [(facet.name, [choice.value for choice in listing.boxes_of(facet).choices.every]) for facet in facets]
        parts = [("q", chance.choice(WORDS)), *((facet, chance.choice(known)) for facet, known in values if known)]
        yield other.name, urlencode(parts)


@pytest.mark.exhaustive(counted=True)
@pytest.mark.parametrize("name", PUBLIC_LISTS)
def test_every_form_of_a_list_has_what_its_page_has(client, lists, settings, name):
    settings.DEMONSTRATION = True
    page = client.get(f"/en/{name}/{EVERYTHING.get(name, '')}").content.decode()
    assert "Take this list away, or get alerts" in page and 'type="application/atom+xml" title="' in page
    assert agree(client, name, EVERYTHING.get(name, ""))
    french = forms.csv_rows(client, name, language="fr")
    assert set(french[0]) & {"Nom", "Titre"} and french[0]["Adresse"].startswith(f"{settings.SITE_URL}/fr/")
    assert "Draft of a secret" not in str(french) and "Innominatus" not in str(french)


@pytest.mark.parametrize("number", [6, pytest.param(300, marks=pytest.mark.exhaustive)])
def test_random_searches_give_one_set_in_every_form(client, lists, settings, monkeypatch, number):
    settings.DEMONSTRATION = True
    monkeypatch.setattr(public_list, "CHUNK", 3)
    found = [agree(client, name, f"?{query}") for name, query in random_queries(number, seed=15)]
    assert any(found) and not all(found), "the queries should find something, and not always"


def test_a_file_is_sent_while_its_records_are_read(client, lists, monkeypatch):
    monkeypatch.setattr(public_list, "CHUNK", 2)
    monkeypatch.setattr(formats, "SENT_AT_ONCE", 1)
    read, items = [], ChairList.items
    monkeypatch.setattr(ChairList, "items", lambda self, keys: read.append(len(keys)) or items(self, keys))
    answer = client.get("/en/chairs.csv?phase=all")
    [_header, _first] = itertools.islice(answer.streaming_content, 2)
    assert read == [2]
    answer.getvalue()
    assert sum(read) == Chair.objects.published().count() and max(read) == 2


def test_a_list_has_those_that_agreed_and_those_that_a_source_names(client, lists):
    rows = {row["name"]: row for row in forms.json_rows(client, "partners")}
    assert rows["Named Company"]["clusters"] == ["LISTS"] and rows["Stated & Sons"]["pays"] is None
    assert lists.silent.partner.name not in rows
    assert [row["name"] for row in forms.json_rows(client, "partners", "?q=sons")] == ["Stated & Sons"]


def test_no_cell_runs_in_a_spreadsheet_and_a_made_up_record_says_so(client, lists):
    by_title = {row["Title"]: row for row in forms.csv_rows(client, "chairs", "?cluster=of-lists")}
    assert by_title[f"'{FORMULA}"]["Demonstration"] == "no" and by_title["Made up"]["Demonstration"] == "yes"
    assert FORMULA in {row["Title"] for row in forms.xlsx_rows(client, "chairs", "?cluster=of-lists")}
    [made_up] = [row for row in forms.json_rows(client, "chairs", "?cluster=of-lists") if row["title"] == "Made up"]
    assert made_up["is_demonstration"] is True and made_up["themes"] == []
    assert '<span class="mark">Demonstration</span>' in client.get("/en/chairs.embed?cluster=of-lists").content.decode()


def test_a_feed_keeps_its_names_and_moments_and_leaves_out_what_is_made_up(client, lists, settings):
    feed = forms.atom(client, "chairs", "?cluster=of-lists")
    assert FORMULA in [entry.title for entry in feed.entries] and feed.feed.title == "Chairs: LISTS"
    assert "Made up" not in str(feed.entries) and feed == forms.atom(client, "chairs", "?cluster=of-lists")
    [entry] = [entry for entry in feed.entries if entry.title == FORMULA]
    assert entry.id == f"tag:localhost,2026:chairs/{lists.chair.pk}"
    settings.DEMONSTRATION = True
    [made_up] = [
        entry for entry in forms.atom(client, "chairs", "?cluster=of-lists").entries if "Made up" in entry.title
    ]
    assert made_up.title == "Made up (Demonstration)" and made_up.tags[0].term == "demonstration"
    assert forms.atom(client, "chairs", "?q=nothing+of+the+kind").entries == []


def test_a_feed_and_a_calendar_tell_no_moment_of_what_is_private(client, lists):
    """An entry changes when somebody may read something else of its record, and not when staff save it."""

    def told():
        [entry] = [one for one in forms.atom(client, "chairs", "?cluster=of-lists").entries if one.title == FORMULA]
        [event] = forms.events(client, "opportunities")
        return datetime.datetime.fromisoformat(entry.updated), event["DTSTAMP"].dt

    before = told()
    chair = Chair.objects.get(pk=lists.chair.pk)
    chair.stated_funding = "Not shown in any list"
    chair.save()
    factories.make_appointment(chair, person=factories.make_person(), consent_given_on=None)
    assert chair.updated_at > lists.chair.updated_at and told() == before
    chair.summary_en = "Something else."
    chair.save()
    assert told()[0] > before[0]


def test_deadlines_are_a_calendar(client, lists):
    [event] = forms.events(client, "opportunities")
    assert event["SUMMARY"] == "Last day for proposals – More; of, it" and event["DTSTART"].dt == LAST_DAY()
    assert event["UID"] == f"opportunities-{lists.activity.pk}-deadline@localhost"
    assert [str(one["SUMMARY"])[:17] for one in forms.events(client, "training")] == ["Last day to apply"]


def test_chairs_and_outputs_are_cited(client, lists):
    for name, count in (("chairs", Chair.objects.published().count()), ("outputs", 1)):
        library = parse_string(forms.read(client, f"/en/{name}.bib{EVERYTHING.get(name, '')}").decode())
        assert not library.failed_blocks and len(library.entries) == count
    [entry] = library.entries
    assert entry["title"] == r"{On \& about 100 \% \{lists\}}" and entry["author"] == "Ada Nombre"


@pytest.mark.parametrize("address", ["/en/chairs.pdf", "/en/people.bib", "/fr/people.ics"])
def test_a_format_that_there_is_not_names_those_that_there_are(client, address):
    answer = client.get(address)
    assert answer.status_code == 404 and answer["Content-Type"].startswith("text/plain")
    name = address.rpartition("/")[2].split(".")[0]
    assert f"{name}.csv, {name}.xlsx" in answer.content.decode()


def test_a_frame_stands_on_any_site_and_nowhere_else_is_one_allowed(client, lists, settings):
    frame = client.get("/en/chairs.embed?cluster=of-lists")
    assert "frame-ancestors *" in frame["Content-Security-Policy"] and "X-Frame-Options" not in frame
    assert not frame.cookies and 'name="robots" content="noindex"' in frame.content.decode()
    assert (
        frame.content.decode().count('target="_blank"') == len(forms.framed(client, "chairs", "?cluster=of-lists")) + 1
    )
    page = client.get("/en/lists/chairs/embed/?cluster=of-lists&page=2&colour=red")
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"] and page["X-Frame-Options"] == "DENY"
    assert f'<iframe src="{settings.SITE_URL}/en/chairs.embed?cluster=of-lists"' in code_shown(page)


def test_what_is_searched_for_is_text_in_the_code_of_a_frame(client, lists):
    """Who copies it puts it into their own site."""
    words = 'a"><script>b</script>'
    page = client.get("/en/lists/chairs/embed/", {"q": words, "cluster": "of-lists"})
    frame = xml.fromstring(code_shown(page))
    assert (frame.tag, list(frame)) == ("iframe", [])
    assert words in frame.get("title") and "cluster=of-lists" in frame.get("src")


def code_shown(page) -> str:
    return unescape(re.search(r"<code>(.*?)</code>", page.text, re.DOTALL)[1])


def test_a_browser_can_search_here(client, settings):
    for language in ("en", "fr"):
        assert f'href="/{language}/opensearch.xml"' in client.get(f"/{language}/privacy/").content.decode()
        answer = client.get(f"/{language}/opensearch.xml")
        [page, *_others] = xml.fromstring(answer.content).iter("{http://a9.com/-/spec/opensearch/1.1/}Url")
        assert page.get("template") == f"{settings.SITE_URL}/{language}/chairs/?q={{searchTerms}}"
        assert answer["Content-Type"].startswith("application/opensearchdescription+xml")


def test_who_takes_too_many_in_a_minute_is_led_to_the_file_of_all(client, settings, search_index):
    assert client.get("/en/chairs.csv?q=word1").getvalue()
    settings.LIST_FILES_A_MINUTE = 0
    refused = client.get("/en/chairs.csv?q=word2")
    assert refused.status_code == 429 and 0 < int(refused["Retry-After"]) <= 61
    assert "/data/cathedra.zip" in refused.text
    assert client.get("/en/chairs/?q=word3").status_code == 200
