import re

import pytest

from clusters.enums import InstitutionKind, Origin
from clusters.models import TrainingProgramme
from tests import factories
from tests.days import Day, as_of_now
from tests.factories import make_intake, make_overlap, make_training

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("search_index")]


def page(client, slug="one", language="en") -> str:
    response = client.get(f"/{language}/training/{slug}/")
    assert response.status_code == 200
    return response.text


def test_what_is_not_published_is_not_found(client):
    make_training(slug="one"), make_training(slug="draft", is_published=False)
    assert page(client)
    assert client.get("/en/training/draft/").status_code == 404
    assert client.get("/en/training/nothing/").status_code == 404


def test_a_new_address_is_led_to(client):
    programme = make_training(slug="one")
    programme.slug = "two"
    programme.save()
    response = client.get("/fr/training/one/")
    assert (response.status_code, response["Location"]) == (301, "/fr/training/two/")


def test_empty_parts_do_not_appear_and_what_a_reader_wonders_is_not_stated(client):
    make_training(slug="one")
    text = page(client)
    for heading in (
        "How many people",
        "Numbers, as sources",
        "Where sources differ",
        "Notes",
        "Sources",
        "Chairs that",
    ):
        assert f">{heading}" not in text
    assert text.count("not stated") >= 6
    assert "No application page is on record." in text
    assert re.search(r'on record\. <a href="/en/clusters/[^"]+">Ask ', text)
    assert "It has not been described in plain words yet." in text


def test_it_has_everything_that_a_student_would_act_on(client):
    cluster = factories.make_cluster(name="Here", acronym="")
    programme = make_training(
        cluster,
        [factories.make_cluster(name="There", acronym="")],
        slug="one",
        summary_en="Learn it.",
        level="master",
        audience="ai_experts",
        teaching_language="both",
        place="Nancy",
        starts="2022-09",
        built_with_industry=True,
        contact="masters@example.org",
        website="https://one.example.org/",
        application_page="https://apply.example.org/one",
        apply_by=Day(5)(),
    )
    programme.institutions.add(
        factories.make_institution(name="Université Une"),
        factories.make_institution(name="Acier SA", kind=InstitutionKind.COMPANY),
    )
    programme.themes.add(factories.make_theme(cluster, name_en="Steel", slug="steel"))
    text = page(client)
    for said in ("Learn it.", "Master’s", "AI experts", "in French and English", "Nancy", "September 2022", "Acier SA"):
        assert said in text
    for link in ("https://apply.example.org/one", "https://one.example.org/", "mailto:masters@example.org"):
        assert f'href="{link}"' in text
    assert f'href="/en/training/?theme={cluster.slug}/steel"' in text
    assert 'class="btn btn-primary" href="https://apply.example.org/one"' in text


@pytest.mark.parametrize(
    ("dates", "said", "has_button"),
    [
        ({"apply_by": Day(0)}, "Apply by", True),
        ({"apply_by": Day(-1)}, "Applications closed on", False),
        ({"applications_open_on": Day(1)}, "Applications open on", True),
        ({"applications_open_on": Day(-1)}, "Applications are open", True),
        ({}, "application dates not stated", True),
    ],
)
def test_it_says_whether_one_can_apply_today(client, dates, said, has_button):
    make_training(slug="one", application_page="https://apply.example.org/", **as_of_now(dates))
    text = page(client)
    assert said in text
    assert ('class="btn btn-primary" href="https://apply.example.org/"' in text) == has_button
    assert "https://apply.example.org/" in text


def test_people_are_counted_once_and_the_overlap_is_shown(client):
    programme = make_training(slug="one")
    other = factories.make_cluster(name="Other", acronym="")
    programme.shared_with.add(other)
    first = make_intake(programme, enrolled=1200, completed=30, women=15, continuing=4)
    second = make_intake(programme, other, enrolled=30)
    make_overlap(first, second, people=10)
    text = page(client)
    assert ">1,220<" in text
    assert "1,230 counted, 10 of them twice" in text
    assert "2025–2026" in text
    assert ">30<" in text and ">15<" in text and ">4<" in text
    assert "1\u202f220" in page(client, language="fr")


def test_only_public_chairs_that_teach_in_it_are_named(client):
    programme = make_training(slug="one")
    active = factories.make_chair("active", title_en="Known chair")
    factories.make_teaching(active, programme=programme, title_en="Ethics of machines")
    factories.make_teaching(factories.make_chair("draft", title_en="Hidden chair"), programme=programme)
    text = page(client)
    assert "Known chair" in text and "Ethics of machines" in text
    assert active.get_absolute_url() in text
    assert "Hidden chair" not in text
    assert "/en/training/one/" in client.get(active.get_absolute_url()).text


def test_sources_their_numbers_and_their_conflicts_are_shown(client):
    said = {
        "year": "2023-2025",
        "qualifier": "more_than",
        "people": 8500,
        "source": "https://a.example/",
        "note": "in two years",
    }
    conflict = {"field": "starts", "value": "2022", "source": "https://b.example/"}
    make_training(
        slug="one",
        origin=Origin.SOURCED,
        sources=["https://a.example/"],
        notes=["A note."],
        stated_intakes=[said, {"people": 48000, "qualifier": "target", "year": None}],
        conflicts=[conflict],
    )
    text = page(client)
    for shown in ("2023–2025", "more than 8,500", "in two years", "48,000 wanted", "Year not stated", "Since", "2022"):
        assert shown in text
    assert text.count('href="https://b.example/"') == 1
    assert "A note." in text


def test_a_text_in_one_language_says_which(client):
    make_training(slug="one", name_en="", name_fr="Brevet", summary_en="", summary_fr="Pour tous.")
    text = page(client)
    assert '<span lang="fr">Brevet</span>' in text
    assert '<div class="lede" lang="fr">' in text
    assert "<title>Brevet · Cathedra</title>" in text


def test_what_is_kept_of_a_page_follows_its_record(client):
    make_training(slug="one", place="Nancy")
    assert "Nancy" in page(client)
    TrainingProgramme.objects.update(place="Metz")
    assert "Metz" in page(client)


def test_it_costs_few_queries(client, django_assert_max_num_queries):
    programme = make_training(slug="one")
    make_intake(programme)
    page(client)
    with django_assert_max_num_queries(11):
        page(client)


def test_a_clusters_page_shows_its_programmes_and_leads_to_the_others(client):
    cluster, other = factories.make_cluster(slug="here"), factories.make_cluster()
    assert "programmes of this cluster" not in client.get("/en/clusters/here/").text
    for _number in range(6):
        make_training(cluster)
    make_training(other, [cluster], name_en="Zz shared"), make_training(other, name_en="Not ours")
    text = client.get("/en/clusters/here/").text
    assert "All 7 programmes of this cluster" in text
    assert 'href="/en/training/?cluster=here"' in text
    assert "Not ours" not in text
