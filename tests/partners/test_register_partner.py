import pytest

from partners.enums import ContactState
from partners.models import Contact, Partner
from tests.factories import make_contact, make_partner, make_sponsorship, make_user
from tests.sponsorships.forms import organisation

pytestmark = [pytest.mark.django_db, pytest.mark.database]
URL = "/en/my/partners/new/"
SIREN = "732829320"


@pytest.fixture
def user(client):
    user = make_user()
    client.force_login(user)
    return user


def test_the_founder_becomes_primary_contact(client, user):
    response = client.post(URL, organisation(is_signatory="on", job_title="Head of research"))
    assert response["Location"] == "/en/my/"
    contact = Contact.objects.get(user=user)
    assert (contact.state, contact.is_primary, contact.is_signatory) == (ContactState.APPROVED, True, True)
    assert contact.partner.siren == SIREN


def test_the_person_goes_on_to_where_they_were_going(client, user):
    response = client.get(URL, {"next": "/en/chairs/a/b/fund/?activity=1"})
    assert response.context["form"]["next"].value() == "/en/chairs/a/b/fund/?activity=1"
    response = client.post(URL, organisation(next="/en/chairs/a/b/fund/?activity=1"))
    assert response["Location"] == "/en/chairs/a/b/fund/?activity=1"


def test_but_never_to_another_site(client, user):
    assert client.post(URL, organisation(next="https://evil.example.com/"))["Location"] == "/en/my/"


def test_looking_at_the_page_writes_nothing(client, user):
    page = client.get(URL)
    assert page.status_code == 200 and 'name="siren"' in page.text
    assert not Partner.objects.exists()


def test_a_double_click_makes_one_organisation(client, user):
    first, second = client.post(URL, organisation()), client.post(URL, organisation())
    assert first["Location"] == second["Location"] == "/en/my/"
    assert Partner.objects.count() == Contact.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("siren", {"siren": ""}),
        ("siren", {"siren": "732829321"}),
        ("siren", {"siren": "12"}),
        ("siren", {"siren": "<b>732829320</b>"}),
        ("siren", {"siren": "7" * 1_000_000}),
        ("name", {"name": ""}),
        ("name", {"name": "!!!"}),
        ("name", {"name": "A" * 1_000_000}),
        ("country", {"country": "ZZ"}),
        ("country", {"country": ""}),
        ("sector", {"sector": "magic"}),
        ("size", {"size": ""}),
        ("website", {"website": "javascript:alert(1)"}),
        ("website", {"website": "h" * 1_000_000}),
        ("job_title", {"job_title": "A" * 1_000_000}),
    ],
)
def test_nonsense_is_refused_beside_its_field(client, user, field, change):
    response = client.post(URL, organisation(**change))
    assert response.status_code == 200
    assert response.context["form"].errors.keys() >= {field}
    assert not Partner.objects.exists()


def test_a_company_abroad_needs_no_siren(client, user):
    client.post(URL, organisation(country="BE", siren=""))
    assert (Partner.objects.get().country, Partner.objects.get().siren) == ("BE", None)


@pytest.mark.parametrize("change", [{"name": "Another name"}, {"siren": SIREN}, {"name": "ACIERS DU RHONE"}])
def test_an_organisation_that_is_here_is_offered_to_be_joined(client, user, change):
    make_partner(
        name="Aciers du Rhône", country="FR", siren=SIREN, slug="secret", website="https://private.example.org"
    )
    response = client.post(URL, organisation(**change))
    assert "This organisation is already registered: ask to join it." in response.text
    assert "private.example.org" not in response.text
    assert "secret" not in response.text
    assert Partner.objects.count() == 1


def test_a_name_alone_is_recognised_within_a_country(client, user):
    make_partner(name="Aciers du Rhône", country="BE")
    assert client.post(URL, organisation(country="BE", siren="")).context["is_known"]
    assert client.post(URL, organisation(country="CH", siren="")).status_code == 302


def test_two_companies_of_one_name_are_told_apart_by_their_siren(client, user):
    make_partner(name="Aciers du Rhône", country="FR", siren="552100554")
    assert client.post(URL, organisation()).status_code == 302
    assert Partner.objects.filter(name="Aciers du Rhône").values("slug").distinct().count() == 2


def test_countries_are_named_in_the_readers_language(client, user):
    assert "Allemagne" in client.get("/fr/my/partners/new/").text
    assert "Germany" in client.get(URL).text


def test_another_company_of_the_same_name_is_registered_once_that_is_said(client, user):
    make_partner(name="Aciers du Rhône", country="BE", slug="aciers")
    values = organisation(country="BE", siren="")
    assert "Mine is another organisation" in client.post(URL, values).text
    for _click in range(2):
        assert client.post(URL, values | {"is_another": "on"}).status_code == 302
    assert Partner.objects.filter(name="Aciers du Rhône").values("slug").distinct().count() == 2


def test_of_several_companies_of_one_name_none_is_guessed(client, user):
    for _number in range(2):
        make_partner(name="Aciers du Rhône", country="BE")
    page = client.post(URL, organisation(country="BE", siren="", act="join"))
    assert "Several organisations with this name are registered." in page.text
    assert not Contact.objects.filter(user=user).exists()


def test_a_siren_says_for_sure_which_one_it_is(client, user):
    make_partner(name="Aciers du Rhône", country="FR", siren=SIREN)
    page = client.post(URL, organisation(is_another="on"))
    assert "This organisation is already registered" in page.text and Partner.objects.count() == 1


def test_a_very_similar_name_is_noticed_where_the_public_knows_it(client, user):
    public = make_contact(make_partner(name="Aciers du Rhone Company", country="BE"))
    make_sponsorship("accepted", contact=public)
    make_partner(name="Aciers du Rhône Société", country="BE")
    page = client.post(URL, organisation(name="Aciers du Rhône Compagnie", country="BE", siren=""))
    assert "“Aciers du Rhone Company” is already registered." in page.text
    assert "Aciers du Rhône Société" not in page.text
    values = organisation(name="Aciers du Rhône Compagnie", country="BE", siren="", is_another="on")
    assert client.post(URL, values).status_code == 302


def test_a_similar_name_that_is_private_is_not_told(client, user):
    make_partner(name="Aciers du Rhone Company", country="BE")
    response = client.post(URL, organisation(name="Aciers du Rhône Compagnie", country="BE", siren=""))
    assert response.status_code == 302
