"""Names in every script: registered, loaded, found, filed and told apart like any other."""

import pytest

from chairs.models import Chair
from clusters.enums import Origin
from clusters.models import Institution, Person
from partners.models import Partner
from tests.chairs.imports import chair_record, institution_record, load, write_directory
from tests.factories import make_appointment, make_chair, make_institution, make_partner, make_person, make_user
from tests.sponsorships.forms import organisation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("search_index", "field_history")]
# By name, a part of it that finds it.
COMPANIES = {
    "株式会社日立製作所": "日立製作",
    "Сбербанк России": "РОССИИ",
    "شركة أرامكو السعودية": "أرامكو",
    "ΔΕΗ Ανανεώσιμες": "ανανεωσιμες",
    "한국전자통신연구원": "전자통신",
    "हिन्दी प्रयोगशाला": "हिन्दी",
}
PEOPLE = ["李晓明", "李小明", "Иван Петров", "Γιώργος Παππάς"]


def publish(name, **overrides):
    chair = make_chair("active", with_pi=False, **overrides)
    make_appointment(chair, person=make_person(name=name), affiliation=make_institution(name=f"{name} 大学"))
    return chair


def test_companies_register_and_never_collide(client):
    for name in COMPANIES:
        client.force_login(make_user())
        response = client.post("/en/my/partners/new/", organisation(name=name, country="JP", siren=""))
        assert response.status_code == 302, name
    assert set(Partner.objects.values_list("name", flat=True)) == set(COMPANIES)
    assert len(set(Partner.objects.values_list("slug", flat=True))) == len(COMPANIES)


@pytest.mark.exhaustive(counted=True)
@pytest.mark.parametrize(("name", "part"), COMPANIES.items())
def test_a_chair_is_found_by_a_part_of_what_is_written_in_it(client, name, part):
    found = make_chair("active", title_en=f"With {name}")
    for other in COMPANIES:
        if other != name:
            make_chair("active", title_en=f"With {other}")
    assert [entry.pk for entry in client.get("/en/chairs/", {"q": part}).context["page_obj"]] == [found.pk]
    assert [entry.pk for entry in client.get("/en/chairs/", {"q": name}).context["page_obj"]] == [found.pk]


def test_letters_here_and_there_are_no_word(client):
    make_chair("active", title_en="日本の立場")
    assert not client.get("/en/chairs/", {"q": "日立"}).context["page_obj"].object_list
    assert client.get("/en/chairs/", {"q": "立"}).context["page_obj"].object_list


@pytest.mark.exhaustive(counted=True)
@pytest.mark.parametrize("name", PEOPLE)
def test_people_and_institutions_are_found_and_no_others(client, name):
    for each in PEOPLE:
        publish(each)
    for address in ("/en/people/", "/en/institutions/"):
        [only] = client.get(address, {"q": name}).context["object_list"]
        assert name in str(only)
    assert [
        str(person) for person in client.get("/en/chairs/suggestions/", {"q": name}).context["suggestions"].people
    ] == [name]


@pytest.mark.parametrize(
    "address",
    ["/en/chairs/", "/en/people/", "/en/institutions/", "/en/partners/", "/en/opportunities/", "/en/training/"],
)
def test_a_query_of_another_script_finds_or_says_so(client, address):
    publish("Ada Nombre", title_en="Robots")
    page = client.get(address, {"q": "Сбербанк"})
    assert not page.context["page_obj"].object_list
    assert "Ada Nombre" not in page.text and "Robots" not in page.text
    assert "“🚀” has no word to search for." in client.get(address, {"q": "🚀"}).text


def test_a_directory_in_other_scripts_loads_and_loads_again(tmp_path):
    institutions = [institution_record(name=name, aliases=[]) for name in ("北京大学", "清华大学", "МГУ")]
    people = [
        {"name": "李晓明", "role": "holder", "institution": "北京大学"},
        {"name": "李小明", "role": "holder", "institution": "清华大学"},
        {"name": "Иван Петров", "role": "member", "institution": "МГУ"},
    ]
    files = write_directory(
        tmp_path,
        institutions=[institution_record(), *institutions],
        chairs=[chair_record(people=people, title="智能 — Интеллект")],
    )
    load(*files)
    assert Institution.objects.count() == 4
    assert set(Person.objects.values_list("name", flat=True)) == {"李晓明", "李小明", "Иван Петров"}
    assert Chair.objects.get().appointments.get(person__name="李小明").affiliation.name == "清华大学"
    assert "Nothing has changed." in load(*files)


def test_an_institution_of_another_script_is_no_employer_of_another(tmp_path):
    first, second = make_institution(name="北京大学"), make_institution(name="清华大学", origin=Origin.SOURCED)
    assert [Institution.objects.named(one.name).get() for one in (first, second)] == [first, second]
    assert not Institution.objects.named("…").exists()


def test_two_partners_in_signs_alone_have_different_keys():
    one, other = make_partner(name="🚀"), make_partner(name="🎉")
    assert one.name_key != other.name_key


@pytest.mark.parametrize(
    ("name", "part"), [*COMPANIES.items(), ("Ёлка и йод", "елка"), ("ガス会社", "ガス"), ("Œuvre d’Ý", "oeuvre")]
)
def test_the_panel_finds_them_too(client, name, part):
    client.force_login(make_user(is_staff=True, is_superuser=True))
    make_partner(name=name)
    make_partner(name="カス商会 Иод Другое")
    make_chair(title_en=name)
    assert [str(one) for one in client.get("/admin/partners/partner/", {"q": part}).context["cl"].result_list] == [name]
    assert [str(one) for one in client.get("/admin/chairs/chair/", {"q": part}).context["cl"].result_list] == [name]
