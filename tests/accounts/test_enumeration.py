"""Nobody learns which addresses have an account: every door costs and says the same for each of them."""

import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from core.models.mail import OutgoingMail
from tests.accounts.hashers import CountingHasher
from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db
NEW = {"name": "Ada", "password1": PASSWORD, "password2": PASSWORD}
DOORS = {
    "signs in": ("/en/accounts/login/", lambda email: {"login": email, "password": "not the password"}),
    "signs up": ("/en/accounts/signup/", lambda email: {**NEW, "email": email}),
    "lost the password": ("/en/accounts/password/reset/", lambda email: {"email": email}),
    "asks for a code": ("/en/accounts/login/code/", lambda email: {"email": email}),
}


@pytest.fixture(autouse=True)
def counted(settings):
    settings.PASSWORD_HASHERS = ["tests.accounts.hashers.CountingHasher"]
    cache.clear()


def accounts() -> list[str]:
    """Return an address of each sort, all of one length; the first has no account."""
    make_user("knownn@example.org")
    make_user("closed@example.org", is_active=False)
    bare = make_user("nopass@example.org")
    bare.set_unusable_password()
    bare.save()
    make_user("unprov@example.org").emailaddress_set.update(verified=False)
    return [
        "nobody@example.org",
        "knownn@example.org",
        "closed@example.org",
        "nopass@example.org",
        "unprov@example.org",
    ]


def said(response, email: str) -> tuple:
    """Return the way and the page, without what is new in each: the tokens, and the address that was typed."""
    page = re.sub(r'name="(csrfmiddlewaretoken|typed_by)" value="\w+"', "", response.text).replace(email, "ADDRESS")
    return [there for there, _status in response.redirect_chain], page


def asked(client, there, data, email) -> tuple:
    """Return what a door answers, how many hashes it made, and how many questions it asked the database."""
    cache.clear()
    CountingHasher.made = 0
    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.post(there, data)
    made = CountingHasher.made
    cache.clear()
    return said(client.__class__().post(there, data, follow=True), email), made, len(queries)


@pytest.mark.parametrize("door", DOORS)
def test_a_door_answers_alike_at_the_same_cost(door):
    there, data = DOORS[door]
    nobody, *others = [asked(Client(), there, data(email), email) for email in accounts()]
    hashes = 1 if door in {"signs in", "signs up"} else 0
    assert nobody[1] == hashes
    for answer, made, queries in others:
        assert (answer, made) == (nobody[0], nobody[1])
        # Who is new is written down; what is asked of the database does not otherwise depend on it.
        assert door == "signs up" or abs(queries - nobody[2]) <= 1


@pytest.mark.parametrize("door", ["signs up", "lost the password", "asks for a code"])
def test_each_address_is_written_to_once_or_is_closed(door):
    there, data = DOORS[door]
    for email in accounts():
        cache.clear()
        before = OutgoingMail.objects.count()
        Client().post(there, data(email))
        [mail] = OutgoingMail.objects.order_by("pk")[before:]
        assert mail.to == email
    closed = OutgoingMail.objects.filter(recipient__email="closed@example.org")
    assert closed.exists() and not closed.deliverable().exists()


@pytest.mark.parametrize("door", ["signs up", "asks for a code"])
def test_wrong_codes_are_answered_alike_to_the_last(door):
    there, data = DOORS[door]
    confirm = "/en/accounts/confirm-email/" if door == "signs up" else "/en/accounts/login/code/confirm/"
    found = []
    for email in accounts()[:2]:
        client = Client()
        cache.clear()
        client.post(there, data(email))
        answers = [said(client.post(confirm, {"code": "WRNG-CODE"}, follow=True), email) for _try in range(4)]
        found.append(answers)
    assert found[0] == found[1]


def test_an_address_of_somebody_else_is_added_like_any_other():
    known, found = make_user("knownn@example.org"), []
    for email in ("nobody@example.org", known.email):
        client = Client()
        client.force_login(make_user())
        client.post("/en/accounts/reauthenticate/", {"password": PASSWORD})
        _answer, made, queries = asked(client, "/en/accounts/email/", {"action_add": "", "email": email}, email)
        page = said(client.get("/en/accounts/email/", follow=True), email)
        wrong = said(client.post("/en/accounts/confirm-email/", {"code": "WRNG-CODE"}, follow=True), email)
        found.append((re.sub(r"person\d+|Person \d+", "ME", str((page, wrong))), made, queries))
    assert found[0] == found[1]


def test_two_who_sign_up_at_once_with_one_address_both_read_the_same(monkeypatch):
    """The second is refused by the database alone: its form was checked before the first was saved."""
    first = Client().post(*DOORS["signs up"][:1], {**NEW, "email": "ada@example.org"})
    cache.clear()
    monkeypatch.setattr("allauth.account.forms.flows.manage_email.assess_unique_email", lambda email, user=None: True)
    second = Client().post("/en/accounts/signup/", {**NEW, "email": "ada@example.org"})
    assert (first.status_code, first["Location"]) == (second.status_code, second["Location"])
    assert User.objects.filter(email="ada@example.org").count() == 1
