"""The public list of start-ups: words, facets, counts; and the page of each."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from chairs.models import StartUp
from clusters.enums import Origin
from tests import factories
from tests.innovation_factory import make_start_up

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("search_index")]
URL = "/en/start-ups/"


@pytest.fixture
def cluster():
    return factories.make_cluster(slug="here", name="Here")


def names(client, query=""):
    response = client.get(URL + query)
    assert response.status_code == 200
    keys = list(response.context["page_obj"])
    return [str(StartUp.objects.get(pk=key)) for key in keys]


def test_only_published_start_ups_are_listed_by_name_or_the_youngest_first(client, cluster):
    for name, year in (("Éole", 2023), ("beta", 2025), ("Alpha", None)):
        make_start_up(cluster, name=name, founded_year=year)
    make_start_up(cluster, name="Draft", is_published=False)
    assert names(client) == ["Alpha", "beta", "Éole"]
    assert names(client, "?sort=newest") == ["beta", "Éole", "Alpha"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("eole", ["Éole"]),
        ("ÉOL", ["Éole"]),
        ("eoliennes sillage", ["Éole"]),
        ("turbines", ["Éole"]),
        ("pepiniere", ["Autre"]),
        ("quelque part", ["Autre", "Éole"]),
        ("ole", []),
        ("%25", ["Autre", "Éole"]),
        ("eole pepiniere", []),
    ],
)
def test_words_are_found_in_name_text_incubator_and_cluster(client, query, found):
    cluster = factories.make_cluster(name="Quelque Part")
    texts = {"summary_fr": "Le sillage des éoliennes.", "summary_en": "The wake of turbines."}
    make_start_up(cluster, name="Éole", **texts)
    incubator = factories.make_institution(name="La Pépinière", kind="incubator")
    make_start_up(cluster, name="Autre", incubator=incubator)
    assert names(client, f"?q={query}") == found


def test_facets_count_and_narrow_and_what_is_unknown_is_said(client, cluster):
    incubator = factories.make_institution(slug="nursery", name="Nursery", kind="incubator")
    make_start_up(cluster, name="One", stage="founded", founded_year=2024, is_alive=True, incubator=incubator)
    make_start_up(cluster, name="Two", stage="closed", founded_year=2024, is_alive=False)
    make_start_up(name="Three", tie="incubator_example", incubator=incubator)
    page = client.get(URL).text
    for value, number in (("nursery", 2), ("here", 2), ("2024", 2), ("closed", 1), ("incubator_example", 1), ("no", 1)):
        box = page[page.index(f'value="{value}">') :]
        assert f'<span class="note">({number})</span>' in box[: box.index("</li>")], value
    assert names(client, "?incubator=nursery&cluster=here") == ["One"]
    assert names(client, "?stage=founded&stage=closed&alive=no") == ["Two"]
    assert names(client, "?founded=unknown") == ["Three"]
    unknown = client.get(URL + "?founded=2091&stage=x&incubator=nowhere&alive=perhaps&sort=x&page=99")
    assert unknown.text.count("so it was ignored") == 5 and len(unknown.context["page_obj"]) == 3
    assert "No start-up matches all of this." in client.get(URL + "?q=one&alive=no").text


def test_the_filters_of_two_lists_do_not_mix(client, cluster):
    """Chairs have kinds, and outputs do: each list knows its own."""
    factories.make_chair("active", cluster=cluster)
    assert "Software" not in client.get("/en/chairs/").text
    make_start_up(cluster, stage="project")
    assert 'value="project"' in client.get(URL).text


def test_the_list_follows_each_change(client, cluster):
    start_up = make_start_up(cluster, name="One")
    assert names(client) == ["One"]
    StartUp.objects.filter(pk=start_up.pk).update(is_published=False)
    assert names(client) == []
    assert client.get(start_up.get_absolute_url()).status_code == 404


def test_an_incubators_example_is_never_shown_as_coming_from_the_research(client, cluster):
    incubator = factories.make_institution(kind="incubator", slug="nursery")
    example = make_start_up(cluster, tie="incubator_example", incubator=incubator)
    for address in (URL, example.get_absolute_url(), incubator.get_absolute_url(), cluster.get_absolute_url()):
        page = client.get(address).text
        start = page.rindex(example.name)
        assert "Supported by an incubator that works with the cluster" in page[start:] or address != URL
        entry = page[page.index(f"{example.name}</") :]
        assert "Supported by an incubator that works with the cluster" in entry
        assert "Comes from the cluster" not in page.split('class="listing-facets"')[-1].split("</fieldset>")[-1]


def test_its_page_says_all_that_is_known_and_what_is_not(client, cluster):
    chair = factories.make_chair("active", cluster=cluster, title_en="Robots")
    draft = factories.make_chair("draft", cluster=cluster, title_en="A draft")
    today = timezone.localdate()
    start_up = make_start_up(
        cluster,
        [chair, draft],
        name="Alpha & <co>",
        summary_fr="En français.",
        is_alive=True,
        alive_on=today,
        website="https://example.org/alpha",
        origin=Origin.DEMONSTRATION,
    )
    page = client.get(start_up.get_absolute_url()).text
    assert "Alpha &amp; &lt;co&gt;" in page and "Robots" in page and "A draft" not in page
    assert 'lang="fr"' in page and "known on" in page and "example.org" in page and "origin-demonstration" in page
    assert page.count("not stated") == 3


def test_people_behind_it_are_named_where_the_public_reads_them_elsewhere(client, cluster):
    agreed = factories.make_appointment(factories.make_chair("active"), person=factories.make_person(name="Ada Named"))
    silent = factories.make_person(name="Eve Silent")
    factories.make_appointment(agreed.chair, person=silent, consent_given_on=None)
    start_up = make_start_up(cluster, people=[agreed.person, silent])
    page = client.get(start_up.get_absolute_url()).text
    assert "Ada Named" in page and "Eve Silent" not in page
    assert start_up.name in client.get(agreed.person.get_absolute_url()).text
    agreed.consent_given_on = None
    agreed.save()
    assert "Ada Named" not in client.get(start_up.get_absolute_url()).text


def test_an_earlier_address_leads_on(client, cluster):
    start_up = make_start_up(cluster, slug="old")
    start_up.slug = "new"
    start_up.save()
    response = client.get("/en/start-ups/old/")
    assert response.status_code == 301 and response["Location"] == "/en/start-ups/new/"


def many(cluster, number):
    incubator = factories.make_institution(kind="incubator")
    made = [
        StartUp(
            cluster=cluster,
            name=f"Robots {n}",
            slug=f"robots-{n}",
            founded_year=1990 + n % 36,
            stage="founded",
            incubator=incubator,
        )
        for n in range(number)
    ]
    for start_up in made:
        start_up.fill_keys()
    StartUp.objects.bulk_create(made, batch_size=500)


@pytest.mark.exhaustive
@pytest.mark.parametrize("query", ["", "?q=robots", "?stage=founded&founded=2024&page=3", "?q=nothing"])
def test_ten_thousand_cost_no_more_queries_than_a_few(client, cluster, query):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(URL + query).status_code == 200
        return len(captured)

    many(cluster, 100)
    queries()
    few = queries()
    StartUp.objects.all().delete()
    many(cluster, 10_000)
    assert queries() <= few <= 25
