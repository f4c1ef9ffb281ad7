"""Passkeys: set up as a second factor, used as the only one, renamed and removed by their holder alone."""

import json

import pytest
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client

from tests import factories
from tests.accounts.mailbox import subjects_to
from tests.accounts.passkey import Passkey
from tests.factories import PASSWORD

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("field_history", "search_index")]
KEYS = "/en/accounts/2fa/webauthn/"
LOGIN = f"{KEYS}login/"


@pytest.fixture(autouse=True)
def required(settings):
    settings.STAFF_SECOND_FACTOR = "required"
    cache.clear()


@pytest.fixture
def staff():
    return factories.make_staff(factories.make_cluster(), email="staff@example.org")


def signed_in(user) -> Client:
    client = Client()
    client.post("/en/accounts/login/", {"login": user.email, "password": PASSWORD})
    return client


def add_key(client, name="Blue key", there="/admin/") -> tuple[Passkey, str]:
    """Make a passkey from this browser; return it, and where its holder is led."""
    key, page = Passkey(), client.get(f"{KEYS}add/?next={there}", follow=True)
    if page.redirect_chain:
        page = client.post(page.redirect_chain[-1][0], {"password": PASSWORD}, follow=True)
    options = page.context["js_data"]["creation_options"]
    answer = client.post(
        f"{KEYS}add/",
        {"name": name, "passwordless": "on", "credential": key.make(as_sent(options)), "next": there},
    )
    assert answer.status_code == 302, answer.context["form"].errors
    return key, answer["Location"]


def as_sent(options) -> dict:
    """Return options as the page's script reads them."""
    return json.loads(json.dumps(options))


def sign_in_with(key) -> tuple[Client, str]:
    client = Client()
    options = client.get(LOGIN, headers={"accept": "application/json"}).json()["request_options"]
    return client, client.post(LOGIN, {"credential": key.use(options)})["Location"]


def test_a_passkey_is_the_second_factor_of_the_session_that_made_it(staff):
    client = signed_in(staff)
    assert "/2fa/" in client.get("/admin/")["Location"]
    _key, there = add_key(client)
    assert there == "/en/accounts/2fa/recovery-codes/?next=%2Fadmin%2F"
    assert client.get("/admin/").status_code == 200
    assert subjects_to(staff.email)[-1] == "A passkey was added"
    assert "Blue key" in client.get(KEYS).text


def test_it_signs_in_alone(staff):
    key, _there = add_key(signed_in(staff))
    client, there = sign_in_with(key)
    assert client.get(there, follow=True).redirect_chain[-1][0] == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_it_signs_in_to_no_other_account(staff):
    key, _there = add_key(signed_in(staff))
    other = factories.make_staff(factories.make_cluster(), email="other@example.org")
    key.holder = user_pk_to_url_str(other).encode()
    client, there = sign_in_with(key)
    assert there == "/en/accounts/login/"
    assert "/accounts/login/" in client.get("/admin/", follow=True).redirect_chain[-1][0]


def test_an_old_session_is_asked_for_it(staff):
    old, new = signed_in(staff), signed_in(staff)
    key, _there = add_key(new)
    page = old.get("/admin/", follow=True)
    assert page.redirect_chain[-1][0].startswith(f"{KEYS}reauthenticate/?next=")
    options = page.context["js_data"]["request_options"]
    credential = key.use(as_sent(options))
    assert old.post(f"{KEYS}reauthenticate/", {"credential": credential, "next": "/admin/"})["Location"] == "/admin/"
    assert old.get("/admin/").status_code == 200


def test_its_holder_renames_and_removes_it_and_is_told(staff):
    client = signed_in(staff)
    add_key(client)
    key = Authenticator.objects.get(type="webauthn")
    client.post(f"{KEYS}keys/{key.pk}/edit/", {"name": "Grey key"})
    assert "Grey key" in client.get(KEYS).text
    client.post(f"{KEYS}keys/{key.pk}/remove/")
    assert not Authenticator.objects.filter(type="webauthn").exists()
    assert subjects_to(staff.email)[-1] == "A passkey was removed"
    assert "/2fa/" in client.get("/admin/")["Location"]


def test_nobody_touches_the_key_of_another(staff):
    add_key(signed_in(staff))
    key = Authenticator.objects.get(type="webauthn")
    other = signed_in(factories.make_staff(factories.make_cluster(), email="other@example.org"))
    add_key(other)
    for act in ("edit", "remove"):
        assert other.get(f"{KEYS}keys/{key.pk}/{act}/").status_code == 404
        assert other.post(f"{KEYS}keys/{key.pk}/{act}/", {"name": "Mine"}).status_code == 404
    key.refresh_from_db()
    assert key.wrap().name == "Blue key"


MADE = (
    '{"id": "eA", "rawId": "eA", "type": "public-key", "response": {"clientDataJSON": "eA", "attestationObject": "eA"}}'
)


@pytest.mark.parametrize("credential", ["", "[]", "{}", '{"id": "x"}', '{"id": "x", "response": {}}', MADE])
def test_no_key_is_made_of_what_is_none(staff, credential):
    client = signed_in(staff)
    page = client.get(f"{KEYS}add/", follow=True)
    client.post(page.redirect_chain[-1][0], {"password": PASSWORD}, follow=True)
    answer = client.post(f"{KEYS}add/", {"name": "x", "credential": credential})
    assert answer.status_code == 200 and answer.context["form"].errors
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize("credential", ["", "[]", "{}", '{"id": "x"}', "null", '{"id": "x", "response": {}}'])
def test_what_is_no_passkey_is_refused_with_a_sentence(staff, credential):
    answer = Client().post(LOGIN, {"credential": credential}, follow=True)
    assert answer.status_code == 200 and "alert" in answer.text
