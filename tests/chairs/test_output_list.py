"""The public list of outputs: words, facets, counts; the chair's own pages."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chairs.models import Output
from chairs.outputs.adding import BATCH_SIZE
from clusters.enums import Origin
from tests.factories import make_chair, make_cluster
from tests.output_factory import make_output

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("search_index")]
URL = "/en/outputs/"


@pytest.fixture
def chair():
    return make_chair("active", title_en="Robots", cluster=make_cluster(slug="here", name="Here"))


def titles(client, query=""):
    response = client.get(URL + query)
    assert response.status_code == 200
    return [output.title for output in response.context["page_obj"]]


def test_only_confirmed_outputs_of_published_chairs_are_listed_the_latest_first(client, chair):
    make_output(chair, title="B old", year=2023)
    make_output(chair, title="B new", year=2025)
    make_output(chair, title="A new", year=2025)
    make_output(chair, title="Undated", year=None)
    make_output(chair, title="Proposed", is_confirmed=False)
    make_output(make_chair("draft"), title="Draft")
    assert titles(client) == ["A new", "B new", "B old", "Undated"]
    assert client.get(URL).text.count('<h3 class="plain"><strong>') == 4, "who hears the page goes from title to title"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("etiquettes", ["Peu d’étiquettes"]),
        ("ÉTIQ", ["Peu d’étiquettes"]),
        ("muller", ["Peu d’étiquettes"]),
        ("journal examples", ["Peu d’étiquettes"]),
        ("10.1000/abc.7", ["Peu d’étiquettes"]),
        ("https://doi.org/10.1000/abc.7", ["Peu d’étiquettes"]),
        ("日立", ["東京日立の研究"]),
        ("quettes", []),
        ("etiquettes robots", []),
        ("%25", ["Peu d’étiquettes", "東京日立の研究"]),
        ("_", ["Peu d’étiquettes", "東京日立の研究"]),
    ],
)
def test_words_are_found_by_their_beginning_in_title_authors_venue_and_doi(client, chair, query, found):
    make_output(
        chair, title="Peu d’étiquettes", authors=["Jörg Müller"], venue="Journal of Examples", doi="10.1000/abc.7"
    )
    make_output(chair, title="東京日立の研究", year=2024)
    assert titles(client, f"?q={query}") == found


def test_facets_count_and_narrow_and_what_is_unknown_is_said(client, chair):
    make_output(chair, title="Paper", year=2024)
    make_output(chair, title="Tool", kind="software", year=2025)
    make_output(make_chair("active"), title="Elsewhere", kind="software", year=2025)
    page = client.get(URL).text
    assert 'value="here">' in page and 'Software <span class="note">(2)</span>' in page
    assert titles(client, "?cluster=here&kind=software") == ["Tool"]
    assert titles(client, "?year=2024&year=2025&cluster=here") == ["Tool", "Paper"]
    unknown = client.get(URL + "?kind=poem&year=1066&page=99&sort=x")
    assert unknown.text.count("so it was ignored") == 3 and len(unknown.context["page_obj"]) == 3
    assert "No output matches all of this." in client.get(URL + "?q=tool&year=2024").text


def test_the_list_follows_each_change(client, chair):
    output = make_output(chair, title="Paper")
    assert titles(client) == ["Paper"]
    Output.objects.filter(pk=output.pk).update(confirmed_at=None)
    assert titles(client) == []
    make_output(chair, title="Another")
    assert titles(client) == ["Another"]
    type(chair).objects.filter(pk=chair.pk).update(status="draft", approved_at=None, activated_at=None)


def test_identifiers_lead_to_where_they_are_read_but_for_made_up_ones(client, chair):
    make_output(chair, doi="10.1000/(re)<a>l", hal_id="hal-04012345")
    make_output(chair, doi="10.5555/test", url="https://example.org/x")
    make_output(chair, doi="10.1000/made.up", hal_id="hal-00000001", origin=Origin.DEMONSTRATION)
    page = client.get(URL).text
    assert 'href="https://doi.org/10.1000/(re)%3Ca%3El"' in page and 'href="https://hal.science/hal-04012345"' in page
    assert "10.5555/test" in page and "doi.org/10.5555" not in page
    assert (
        "10.1000/made.up" in page and "doi.org/10.1000/made.up" not in page and "hal.science/hal-00000001" not in page
    )
    assert "origin-demonstration" in page


def test_a_chair_shows_its_latest_ten_by_kind_and_year_and_has_a_page_of_all(client, chair):
    for number in range(12):
        make_output(chair, title=f"Paper {number}", year=2024)
    make_output(chair, title="A tool", kind="software", year=2025, language="fr")
    make_output(chair, title="Proposed", is_confirmed=False)
    page = client.get(chair.get_absolute_url()).text
    assert page.count("<strong>Paper") == 9 and '<strong lang="fr">A tool</strong>' in page
    assert "All 13 outputs of the chair" in page and "Proposed" not in page
    whole = client.get(f"{chair.get_absolute_url()}outputs/")
    assert whole.text.count("<strong>Paper") == 12 and [group["heading"] for group in whole.context["groups"]] == [
        "Publications",
        "Software",
    ]
    assert client.get(f"/en/chairs/here/{make_chair('draft', cluster=chair.cluster).slug}/outputs/").status_code == 404


def test_a_chair_without_outputs_has_no_block(client, chair):
    assert 'id="outputs"' not in client.get(chair.get_absolute_url()).text
    assert "is on record yet" in client.get(f"{chair.get_absolute_url()}outputs/").text


def test_many_authors_are_counted(client, chair):
    make_output(chair, authors=[f"Author {n}" for n in range(20)])
    assert "Author 7 and 12 others" in client.get(URL).text


def many(chair, number):
    outputs = [
        Output(
            chair=chair,
            title=f"Paper {n} on robots",
            year=1990 + n % 36,
            doi=f"10.1000/{n}",
            confirmed_at=chair.updated_at,
        )
        for n in range(number)
    ]
    for output in outputs:
        output.search_key = output.made_search_key()
    Output.objects.bulk_create(outputs, batch_size=BATCH_SIZE)


@pytest.mark.exhaustive
@pytest.mark.parametrize("query", ["", "?q=robots", "?kind=publication&year=2024&page=3", "?q=nothing"])
def test_ten_thousand_cost_no_more_queries_than_a_few(client, chair, query):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(URL + query).status_code == 200
        return len(captured)

    many(chair, 100)
    queries()
    few = queries()
    Output.objects.all().delete()
    many(chair, 10_000)
    assert queries() <= few <= 25


def test_the_outputs_of_one_chair_are_taken_away_in_every_form_of_the_list(client, chair):
    ours, theirs = make_chair("active", cluster=chair.cluster), make_chair("draft", cluster=chair.cluster)
    make_output(chair, title="Of robots")
    make_output(ours, title="Of others")
    make_output(theirs, title="Of a draft")
    page = client.get(f"{chair.get_absolute_url()}outputs/").text
    for form in ("csv", "xlsx", "json", "atom", "bib"):
        there = f"/en/outputs.{form}?chair={chair.pk}"
        assert f'href="{there}"' in page, form
        written = client.get(there).getvalue()
        assert form == "xlsx" or (b"Of robots" in written and b"Of others" not in written)
    assert f"/en/outputs.bib?chair={chair.pk}" in client.get(chair.get_absolute_url()).text
    assert titles(client, f"?chair={ours.pk}&chair={chair.pk}") == ["Of others", "Of robots"]
    # Whoever follows it to the list may search on, and take the chair off.
    listed = client.get(f"{URL}?chair={chair.pk}")
    assert f'name="chair" value="{chair.pk}" checked' in listed.text and [
        one.value for one in listed.context["listing"].active_filters
    ] == ["Robots"]
    assert 'name="chair"' not in client.get(URL).text
    for wrong in ("robots", "9" * 40):
        assert "is not known under “Chair”" in client.get(f"{URL}?chair={wrong}").text


def test_the_list_of_a_chair_that_is_not_public_is_empty_and_not_that_of_all_chairs(client, chair):
    theirs = make_chair("draft", title_en="Not told")
    make_output(chair, title="Of robots")
    make_output(theirs, title="Of a draft")
    for key in (theirs.pk, 999999):
        page = client.get(f"{URL}?chair={key}")
        assert page.status_code == 200 and not page.context["page_obj"] and "Not told" not in page.text
        for form in ("csv", "json", "atom", "bib"):
            written = client.get(f"/en/outputs.{form}?chair={key}").getvalue()
            assert b"Of robots" not in written and b"Of a draft" not in written and b"Not told" not in written
        assert "Of robots" not in client.get(f"/en/outputs.embed?chair={key}").text
        assert client.get(f"/api/v1/outputs?chair={key}").json()["total"] == 0
    assert titles(client, f"?chair={theirs.pk}&chair={chair.pk}") == ["Of robots"]
