"""The search of the panel's lists: words in any order and any spelling, at the same price however many they are."""

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.admin.search import MAX_WORDS, search
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("search_index")]
each_list = pytest.mark.parametrize("page", admin.site._registry.values(), ids=lambda page: page.opts.model_name)
TITLE = "Apprentissage profond pour l’étude de l'œuvre d’Érik Müller-Łódź"


def joins(page, text: str) -> int:
    return str(search(page.model._base_manager.order_by(), page.search_fields, text).query).count("JOIN")


@each_list
def test_a_word_more_joins_nothing_more(page):
    assert page.search_fields
    assert joins(page, "one") == joins(page, " ".join(f"word{number}" for number in range(70))) == 0


@each_list
def test_a_list_is_searched_whatever_is_typed(page, rf):
    request = rf.get("/")
    request.user = factories.make_user("national@example.org", is_staff=True, is_superuser=True)
    for text in ("", "a", "l'été 100% _ \\", "« ? »", "李晓明", "x" * 5000, "mot " * 70):
        found, may_repeat = page.get_search_results(request, page.get_queryset(request), text)
        assert (len(found), may_repeat) == (len(set(found)), False)


@pytest.fixture
def manager(client):
    user = factories.make_staff(factories.make_cluster(name="Ici"))
    client.force_login(user)
    return user


@pytest.fixture
def chair(manager):
    return factories.make_chair(cluster=manager.staff_roles.get().cluster, title_en="", title_fr=TITLE)


def found(client, page: str, text: str) -> list:
    return list(client.get(f"/admin/{page}/", {"q": text}).context["cl"].result_list)


@pytest.mark.parametrize(
    "text",
    [
        "etude",
        "ÉTUDE",
        "l'étude",
        "l’etude oeuvre",
        "œuvre",
        "erik muller lodz",
        "e\u0301tude",
        "ŒUVRE",
    ],
)
def test_accents_case_ligatures_and_apostrophes_do_not_matter(client, chair, text):
    assert found(client, "chairs/chair", text) == [chair]
    assert found(client, "chairs/chair", f"{text} nowhere") == []


def test_each_word_may_stand_in_another_field(client, chair):
    factories.make_appointment(chair, person=factories.make_person(name="Hélène Dupré"))
    factories.make_appointment(chair, person=factories.make_person(name="Noël Béart"))
    assert found(client, "chairs/chair", "apprentissage helene beart") == [chair]


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("clusters/institution", "ecole"),
        ("clusters/institution", "telecom"),
        ("clusters/person", "zoe"),
        ("partners/partner", "societe"),
        ("sponsorships/sponsorship", "societe etude"),
        ("partners/contact", "societe amelie"),
        ("chairs/activity", "memoire"),
        ("clusters/theme", "sante"),
    ],
)
def test_every_list_folds(client, chair, page, text):
    cluster = chair.cluster
    school = factories.make_institution(name="École de l’Étang")
    school.aliases.create(name="Télécom Étang")
    factories.make_person(name="Zoé Ñandú", registered_in=cluster)
    partner = factories.make_partner(name="Société d’Été")
    contact = factories.make_contact(partner, factories.make_user("a@example.org", name="Amélie Œil"))
    factories.make_sponsorship(
        "submitted", contact=contact, chair=factories.make_chair("active", cluster=cluster, title_en="Étude")
    )
    factories.make_activity(chair, title_fr="Mémoire")
    factories.make_theme(cluster, name_fr="Santé")
    assert len(found(client, page, text)) == 1


def test_a_pasted_title_is_found_by_its_first_words_and_the_page_says_so(client, chair):
    chair.title_fr = f"{TITLE} {' '.join(f'mot{number}' for number in range(60))}"[:200]
    chair.save()
    with CaptureQueriesContext(connection) as queries:
        page = client.get("/admin/chairs/chair/", {"q": f"{chair.title_fr} {' '.join(f'x{n}' for n in range(50))}"})
    assert list(page.context["cl"].result_list) == [chair]
    assert f"Only the first {MAX_WORDS} different words were searched for." in page.content.decode()
    # Each word has its one look at names, and no word a second.
    assert max(query["sql"].count("JOIN") for query in queries) < 2 * MAX_WORDS
    assert "Only the first" not in client.get("/admin/chairs/chair/", {"q": "etude"}).content.decode()


def test_what_has_no_word_finds_nothing(client, chair):
    assert found(client, "chairs/chair", "« — »") == []
    assert found(client, "chairs/chair", "") == [chair]


def test_staff_of_a_cluster_cannot_spell_an_address_that_they_do_not_read(client, manager):
    manager.email, manager.name = "hidden.address@example.org", "Somebody"
    manager.save()
    assert found(client, "clusters/staffrole", "hidden") == []
    assert found(client, "clusters/staffrole", "somebody") == [manager.staff_roles.get()]
