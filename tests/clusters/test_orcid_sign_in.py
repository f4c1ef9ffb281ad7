"""ORCID: whoever proves an iD is the person whose record has it, unless that would open somebody's account."""

import pytest
from allauth.socialaccount.models import SocialAccount

from tests import factories
from tests.accounts.conftest import provider, server  # noqa: F401
from tests.accounts.identities import come_in
from tests.accounts.mailbox import code_in_mail
from tests.factories import PASSWORD

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("field_history")]
ORCID = "0000-0002-1825-0097"


@pytest.fixture
def orcid(provider):  # noqa: F811
    provider["orcid"].person = {"sub": ORCID, "given_name": "Ada", "family_name": "Martin"}
    return provider["orcid"]


def sign_in(client, user):
    client.post("/en/accounts/login/", {"login": user.email, "password": PASSWORD})
    client.post("/en/accounts/reauthenticate/", {"password": PASSWORD})


def test_an_investigator_opens_an_account_and_is_the_person_with_the_id(client, orcid):
    person = factories.make_person(name="Ada Martin", orcid=ORCID)
    assert come_in(client, orcid)["Location"] == "/en/accounts/with/new/"
    client.post("/en/accounts/with/new/", {"name": "Ada Martin", "email": "ada@lab.example"})
    person.refresh_from_db()
    assert person.user is None  # not before the address is proved
    client.post("/en/accounts/confirm-email/", {"code": code_in_mail()})
    person.refresh_from_db()
    assert person.user.email == "ada@lab.example"
    other = client.__class__()
    come_in(other, orcid)
    assert other.session["_auth_user_id"] == str(person.user.pk)


def test_an_id_that_no_person_has_is_told_so(client, orcid):
    response = come_in(client, orcid, language="fr")
    assert response.status_code == 403 and "Personne ici n’a l’identifiant ORCID" in response.text
    assert not SocialAccount.objects.exists()


def test_an_id_in_a_record_opens_no_account_that_the_person_has(client, orcid):
    """Whoever may change the record would choose who opens it."""
    user = factories.make_user("ada@lab.example")
    factories.make_person(orcid=ORCID, user=user)
    response = come_in(client, orcid)
    assert response.status_code == 403 and "has an account here already" in response.text
    assert "_auth_user_id" not in client.session
    sign_in(client, user)
    assert come_in(client, orcid)["Location"] == "/en/accounts/with/"
    assert SocialAccount.objects.get().user == user and ORCID in client.get("/en/accounts/with/").text


def test_joining_it_links_the_account_to_the_person(client, orcid):
    person, user = factories.make_person(orcid=ORCID), factories.make_user()
    sign_in(client, user)
    come_in(client, orcid)
    person.refresh_from_db()
    assert person.user == user


def test_the_account_of_one_person_does_not_take_the_id_of_another(client, orcid):
    user = factories.make_user()
    factories.make_person(user=user)
    other = factories.make_person(orcid=ORCID)
    sign_in(client, user)
    response = come_in(client, orcid)
    other.refresh_from_db()
    assert response.status_code == 403 and "whose record does not have the ORCID iD" in response.text
    assert other.user is None and not SocialAccount.objects.exists()


def write_id(person, orcid, by):
    person.orcid, person._history_user = orcid, by
    person.save()


def test_an_id_that_an_editor_wrote_gives_nobody_an_account(client, orcid):
    """Editors do not link accounts: by an iD of their own, one would become the person."""
    person, cluster = factories.make_person(), factories.make_cluster()
    person.registered_in = cluster
    editor, manager = (factories.make_staff(cluster, role=role) for role in ("editor", "manager"))
    write_id(person, ORCID, editor)
    response = come_in(client, orcid)
    assert response.status_code == 403 and "enter your account’s address in the record" in response.text
    user = factories.make_user()
    SocialAccount.objects.create(user=user, provider="orcid", uid=ORCID)
    client.post("/en/accounts/login/", {"login": user.email, "password": PASSWORD})
    person.refresh_from_db()
    assert client.session["_auth_user_id"] == str(user.pk) and person.user is None
    write_id(person, None, manager)
    write_id(person, ORCID, manager)
    come_in(client.__class__(), orcid)
    person.refresh_from_db()
    assert person.user == user
