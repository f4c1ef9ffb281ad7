import itertools

import pytest
from django.utils import timezone

from clusters.enums import Origin, TrainingLevel
from tests.clusters.training.catalogue import URL, make_catalogue, slugs
from tests.days import Day
from tests.factories import make_cluster, make_institution, make_theme, make_training

pytestmark = [pytest.mark.django_db, pytest.mark.database]
TODAY = timezone.localdate


def test_only_what_is_published_is_listed(client):
    make_training(slug="open"), make_training(slug="secret", name_en="Secret", is_published=False)
    assert slugs(client) == ["open"]
    assert "Secret" not in client.get(URL).text


@pytest.mark.parametrize(
    "query",
    [
        "trustworthy",
        "confiance",
        "CONFIANCES",
        "evry",
        "Évry",
        "polytechniques",
        "robotics",
        "cluster+nord",
        "éthiques",
    ],
)
def test_any_of_its_texts_finds_it_in_both_languages_by_stems_and_without_accents(client, query):
    cluster = make_cluster(name="Cluster Nord")
    found = make_training(
        *(cluster,),
        slug="found",
        name_en="Trustworthy AI",
        name_fr="IA de confiance",
        summary_fr="Éthique et droit.",
        place="Évry",
    )
    found.institutions.add(make_institution(name="École polytechnique"))
    found.themes.add(make_theme(cluster, name_en="Robotics", name_fr="Robotique"))
    make_training(slug="other", name_en="Chemistry", name_fr="Chimie")
    assert slugs(client, f"?q={query}") == ["found"]


def test_the_words_of_a_name_come_first(client):
    make_training(slug="said", name_en="A school", summary_en="Robots everywhere.")
    make_training(slug="named", name_en="Zoology of robots")
    assert slugs(client, "?q=robot") == ["named", "said"]
    assert slugs(client, "?q=robot&sort=name") == ["said", "named"]


def test_the_nearest_last_day_first_then_none_then_those_that_closed(client):
    make_training(slug="closed", name_en="A", apply_by=Day(-1)())
    make_training(slug="later", name_en="B", apply_by=Day(30)())
    make_training(slug="today", name_en="C", apply_by=Day(0)())
    make_training(slug="unsaid", name_en="D")
    assert slugs(client, "?sort=deadline") == ["today", "later", "unsaid", "closed"]


def test_an_entry_says_what_a_student_needs_first(client):
    cluster = make_cluster(name="Here", acronym="")
    programme = make_training(
        cluster,
        [make_cluster(name="There", acronym="")],
        level="master",
        teaching_language="en",
        place="Nancy",
        built_with_industry=True,
        apply_by=Day(10)(),
    )
    programme.institutions.add(make_institution(name="Université Une"))
    page = client.get(URL).text
    for said in (
        "Master’s",
        "in English",
        "Nancy",
        "Here",
        "There",
        "Université Une",
        "Apply by",
        "Built with industry",
    ):
        assert said in page
    assert "Not stated" not in page.partition('class="entries"')[2]


def test_what_nobody_says_is_said_to_be_missing_in_one_line(client):
    make_training(level="")
    page = client.get(URL).text
    assert "Not stated: application dates, level, language, place<" in page and "apply-by" not in page
    make_training(level="master", place="Nancy")
    assert "Not stated: application dates, language<" in client.get(URL).text
    make_training(apply_by=Day(-3)()), make_training(applications_open_on=Day(3)(), apply_by=Day(9)())
    page = client.get(URL).text
    assert "Applications closed on" in page
    assert "Applications open on" in page


def test_made_up_programmes_are_marked(client):
    make_training()
    assert "origin-demonstration" not in client.get(URL).text
    make_training(origin=Origin.DEMONSTRATION)
    assert "origin-demonstration" in client.get(URL).text


def test_what_is_in_both_languages_is_found_under_each(client):
    make_training(slug="both", teaching_language="both", audience="both")
    for query in ("?language=fr", "?language=en", "?audience=ai_experts", "?audience=other_disciplines&language=fr"):
        assert slugs(client, query) == ["both"]


def test_what_is_not_known_is_said_and_the_list_stays(client):
    make_training(slug="one")
    response = client.get(
        f"{URL}?level=wizard&language=xx&cluster=nowhere&theme=%00&sort=best&industry=perhaps&page=-1"
    )
    assert response.status_code == 200
    for value in ("wizard", "xx", "nowhere", "best", "perhaps"):
        assert f"“{value}” is not known" in response.text
    assert response.context["page_obj"].paginator.count == 1


def test_an_empty_list_says_what_to_leave_out(client):
    make_training(level="master", name_en="Robots"), make_training(level="bachelor")
    page = client.get(f"{URL}?q=robots&level=bachelor").text
    assert "No training programme matches all of this." in page
    assert "Without the filter" in page


def test_pages_have_twenty_and_keep_the_query(client):
    for _number in range(21):
        make_training(level="master")
    page = client.get(f"{URL}?level=master")
    assert len(page.context["page_obj"].object_list) == 20
    assert "?level=master&amp;page=2" in page.text
    assert "A name that was never typed" not in page.text


def test_a_name_in_one_language_says_which(client):
    make_training(name_en="", name_fr="Brevet de l’IA")
    assert '<span lang="fr">Brevet de l’IA</span>' in client.get(URL).text
    assert '<span lang="fr">' not in client.get("/fr/training/").text


@pytest.mark.exhaustive
def test_a_list_costs_the_same_queries_and_bytes_of_a_page_however_many_there_are(
    client, django_assert_max_num_queries
):
    make_catalogue(30)
    client.get(URL)
    with django_assert_max_num_queries(14):
        response = client.get(f"{URL}?q=robots&level=master&level=bachelor")
    assert len(response.content) < 40_000
    assert len(client.get(f"{URL}?page=2").content) < 60_000


def test_both_orders_of_languages_are_the_readers(client):
    make_training(slug="a", name_en="Alpha", name_fr="Zêta"), make_training(slug="b", name_en="Beta", name_fr="Êta")
    assert slugs(client) == ["a", "b"]
    assert slugs(client, url="/fr/training/") == ["b", "a"]
    assert list(itertools.chain(slugs(client, "?sort=name"))) == ["a", "b"]


@pytest.mark.parametrize("query", ["PhD", "thèse", "theses", "doctorat", "doctoral+anglais", "phd+english"])
def test_a_level_and_a_language_are_found_by_what_people_call_them(client, query):
    make_training(slug="doctoral", name_en="A school", level=TrainingLevel.DOCTORAL, teaching_language="both")
    make_training(slug="master", name_en="Another", level=TrainingLevel.MASTER, teaching_language="en")
    assert slugs(client, f"?q={query}") == ["doctoral"]
    assert slugs(client, "?q=master+english") == ["master"]


def test_what_no_programme_has_is_looked_for_among_the_chairs(client):
    make_training(slug="school", name_en="A school")
    page = client.get(URL + "?q=knots").text
    assert '<a rel="nofollow" href="/en/chairs/?q=knots">Look for “knots” among the chairs</a>' in page
    assert "among the chairs" not in client.get(URL + "?q=school").text
