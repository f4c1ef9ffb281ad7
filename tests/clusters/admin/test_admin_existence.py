"""Who is hidden from a member of staff is not confirmed to them: the form of a person answers alike, whoever exists."""

import re

import pytest

from accounts.models import User
from clusters.models import Person
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("field_history")]
ADD = "/admin/clusters/person/add/"
TAKEN, FREE = "0000-0002-1825-0097", "0000-0001-5109-3700"
THEIRS, NOBODYS = "ada.theirs@example.org", "nobody.here@example.org"


@pytest.fixture
def here():
    return factories.make_cluster(name="Here")


@pytest.fixture
def hidden():
    """Somebody whom only another cluster sees, with an iD, an account and an address of their own."""
    account = factories.make_user(THEIRS, name="Ada Theirs", language="en")
    return factories.make_person(
        name="Ada Hidden", slug="ada-hidden", orcid=TAKEN, user=account, registered_in=factories.make_cluster()
    )


@pytest.fixture
def manager(client, here):
    user = factories.make_staff(here, "manager")
    client.force_login(user)
    return user


def posted(here, **said) -> dict:
    values = {"name": "Bea Ours", "orcid": "", "website": "", "registered_in": here.pk}
    return {**values, "contact_email": "", "contact_language": "fr", **said}


def change(person) -> str:
    return f"/admin/clusters/person/{person.pk}/change/"


def words(response) -> str:
    """Return a page as it is read, without what names the record at hand."""
    text = re.sub(r"(?s)<script.*?</script>|<[^>]*>", " ", response.content.decode())
    return re.sub(r"\s+|\d+", " ", text)


def everything(client, person) -> str:
    """Return all that the panel says of a person."""
    pages = [change(person), f"/admin/clusters/person/{person.pk}/history/", "/admin/clusters/person/?q=Bea", "/admin/"]
    return "".join(words(client.get(page)) for page in pages)


@pytest.mark.exhaustive(counted=True)
def test_an_id_that_a_hidden_person_has_is_answered_like_any_other(client, here, hidden, manager):
    told = {}
    for orcid in (TAKEN, FREE):
        answer = client.post(ADD, posted(here, orcid=orcid))
        person = Person.objects.get(registered_in=here)
        assert answer.status_code == 302 and person.stated_orcid == orcid
        shown = client.get(change(person)).content.decode()
        assert f'value="{orcid}"' in shown
        assert orcid in client.get("/admin/clusters/person/", {"q": orcid}).content.decode()
        told[orcid] = everything(client, person).replace(orcid, "…")
        client.force_login(factories.make_staff(here, "reader", email=f"r{person.pk}@example.org"))
        assert orcid in client.get(change(person)).content.decode()
        client.force_login(manager)
        person.delete()
    assert re.sub(r"\W+", " ", told[TAKEN]) == re.sub(r"\W+", " ", told[FREE])
    assert Person.objects.get(orcid=TAKEN) == hidden


def test_saving_again_neither_tells_nor_takes_the_id_away(client, here, hidden, manager):
    client.post(ADD, posted(here, orcid=TAKEN))
    person = Person.objects.get(registered_in=here)
    assert client.post(change(person), posted(here, orcid=TAKEN, name="Bea Renamed")).status_code == 302
    person.refresh_from_db()
    assert (person.name, person.orcid, person.orcid_claimed) == ("Bea Renamed", None, TAKEN)
    assert client.post(change(person), posted(here, orcid=FREE)).status_code == 302
    person.refresh_from_db()
    assert (person.orcid, person.orcid_claimed) == (FREE, "")


def test_an_id_that_a_visible_person_has_is_refused(client, here, hidden, manager):
    client.post(ADD, posted(here, orcid=TAKEN))
    page = client.post(ADD, posted(here, orcid=TAKEN, name="Cleo Twice")).content.decode()
    assert "Another person already has this ORCID iD." in page
    assert Person.objects.filter(registered_in=here).count() == 1


def test_the_coordinator_is_told_and_settles_it(client, here, hidden, manager):
    client.post(ADD, posted(here, orcid=TAKEN))
    person = Person.objects.get(registered_in=here)
    client.force_login(factories.make_staff(None, "coordinator"))
    assert "1 person has an iD or an account that another record also has" in client.get("/admin/").content.decode()
    listed = client.get("/admin/clusters/person/?identity=disputed").context["cl"]
    assert list(listed.result_list) == [person]
    page = client.post(change(person), posted(here, orcid=TAKEN)).content.decode()
    assert "Another person already has this ORCID iD." in page
    assert client.post(change(person), posted(here, orcid="")).status_code == 302
    assert not Person.objects.disputed().exists()
    client.force_login(manager)
    assert client.get("/admin/clusters/person/?identity=disputed").status_code == 400


@pytest.mark.exhaustive(counted=True)
def test_an_address_of_an_account_is_answered_alike_whoever_has_it(client, here, hidden, manager):
    """An account of a hidden person, one of nobody's yet, a closed one, and none at all."""
    factories.make_user("free@example.org", name="Free Account", language="en")
    factories.make_user("closed@example.org", is_active=False)
    told = set()
    for address in (THEIRS, "free@example.org", "closed@example.org", NOBODYS):
        person = factories.make_person(name="Bea Ours", registered_in=here)
        data = {**posted(here), "account_email": address.upper()}
        assert client.post(change(person), data).status_code == 302
        assert f'value="{address}"' in client.get(change(person)).content.decode()
        told.add(re.sub(r"\W+", " ", everything(client, person)))
        person.refresh_from_db()
        assert person.user is None
        person.delete()
    assert len(told) == 1


def test_the_account_is_the_persons_from_the_next_sign_in(client, here, manager):
    person = factories.make_person(name="Bea Ours", registered_in=here)
    client.post(change(person), {**posted(here), "account_email": "bea@example.org"})
    account = factories.make_user("bea@example.org")
    client.force_login(account)
    person.refresh_from_db()
    assert person.user == account
    client.force_login(manager)
    client.post(change(person), {**posted(here), "account_email": "bea@example.org"})
    assert Person.objects.get(pk=person.pk).user == account
    client.post(change(person), {**posted(here), "account_email": ""})
    assert Person.objects.get(pk=person.pk).user is None
    client.force_login(account)
    assert Person.objects.get(pk=person.pk).user is None


def test_an_account_that_is_somebodys_stays_theirs_and_the_coordinator_sees_it(client, here, hidden, manager):
    person = factories.make_person(name="Bea Ours", registered_in=here)
    client.post(change(person), {**posted(here), "account_email": THEIRS})
    client.force_login(User.objects.get(email=THEIRS))
    person.refresh_from_db()
    assert person.user is None and hidden.user.email == THEIRS
    assert list(Person.objects.disputed()) == [person]


def test_an_address_that_two_records_name_is_nobodys_until_it_is_settled(client, here):
    for name in ("Bea", "Cleo"):
        factories.make_person(name=name, registered_in=here, account_address="both@example.org")
    client.force_login(factories.make_user("both@example.org"))
    assert not Person.objects.filter(user__isnull=False).exists()
    client.force_login(factories.make_staff(None, "coordinator"))
    listed = client.get("/admin/clusters/person/?identity=disputed").context["cl"]
    assert {person.name for person in listed.result_list} == {"Bea", "Cleo"}
    Person.objects.filter(name="Cleo").update(account_address="")
    assert not Person.objects.disputed().exists()


def test_the_coordinator_links_an_account_at_once_and_is_told_why_not(client, here, hidden):
    client.force_login(factories.make_staff(None, "coordinator"))
    person, account = factories.make_person(name="Bea", registered_in=here), factories.make_user("bea@example.org")
    for address, sentence in ((NOBODYS, "Nobody signs in"), (THEIRS, "already belongs to another person")):
        page = client.post(change(person), {**posted(here), "slug": "bea", "account_email": address})
        assert sentence in page.content.decode()
    client.post(change(person), {**posted(here), "slug": "bea", "account_email": "bea@example.org"})
    assert Person.objects.get(pk=person.pk).user == account


def test_a_hidden_namesakes_address_is_not_told_of(client, here, hidden, manager):
    """An address of the public site shows in the panel once the public has it, and is the coordinator's to change."""
    told = []
    for name in ("Ada Hidden", "Zoe Hidden"):
        client.post(ADD, posted(here, name=name, slug="ada-hidden"))
        person = Person.objects.get(registered_in=here)
        assert person.slug != "ada-hidden"
        pages = [client.get(page).content.decode() for page in (change(person), f"{change(person)}../history/")]
        assert not any(person.slug in page for page in pages)
        told.append([re.sub(r"\W+|\d+", " ", page.replace(name[:3], "…")) for page in map(_plain, pages)])
        assert client.post(change(person), posted(here, name=name, slug="ada-hidden"), follow=True).status_code == 200
        person.delete()
    assert told[0] == told[1]


def _plain(page: str) -> str:
    return re.sub(r"(?s)<script.*?</script>|<[^>]*>", " ", page)


@pytest.mark.usefixtures("search_index")
def test_the_public_reads_the_id_that_was_stated(client, here, hidden, manager):
    client.post(ADD, posted(here, orcid=TAKEN))
    person = Person.objects.get(registered_in=here)
    factories.make_appointment(factories.make_chair("active", cluster=here, with_pi=False), person=person)
    assert TAKEN in client.get(f"/en/people/{person.slug}/").content.decode()
