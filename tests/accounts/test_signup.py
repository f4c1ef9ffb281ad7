"""The way in from a chair's page: the page a person was going to is kept through every step."""

import pytest
from django.core.cache import cache

from accounts.models import User
from tests.accounts.mailbox import code_in_mail, last_mail
from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db
GOAL = "/en/accounts/profile/"


@pytest.fixture(autouse=True)
def nobody_has_tried_yet():
    cache.clear()


def sign_up(client, **overrides):
    data = {"name": "Ada", "email": "ada@example.org", "password1": PASSWORD, "password2": PASSWORD, **overrides}
    return client.post(f"/en/accounts/signup/?next={GOAL}", {**data, "next": GOAL})


def test_an_anonymous_visitor_signs_in_first(client):
    response = client.get(GOAL)
    assert response.status_code == 302
    assert response["Location"] == f"/en/accounts/login/?next={GOAL}"
    assert f"/en/accounts/signup/?next={GOAL.replace('/', '%2F')}" in client.get(response["Location"]).text


def test_signing_up_asks_for_the_mailed_code_and_then_goes_on(client):
    assert sign_up(client).status_code == 302
    assert client.get(GOAL).status_code == 302  # not signed in before the address is proved
    response = client.post("/en/accounts/confirm-email/", {"code": code_in_mail()})
    assert response["Location"] == GOAL
    assert client.get(GOAL).status_code == 200
    assert User.objects.get(email="ada@example.org").name == "Ada"


def test_what_is_wrong_is_said_first_in_the_title_and_where_the_page_begins(client):
    page = sign_up(client, password1="short", password2="short").text
    assert "<title>Error: Create an account · Cathedra</title>" in page
    alert = page.partition('role="alert"')[2]
    assert (
        alert.startswith(' tabindex="-1" autofocus')
        and "too short" in alert.partition("<form")[0].partition("</div>")[0]
    )
    page = client.get("/en/accounts/signup/").text
    assert "<title>Create an account · Cathedra</title>" in page and "autofocus" not in page


def test_a_wrong_code_lets_nobody_in(client):
    sign_up(client)
    client.post("/en/accounts/confirm-email/", {"code": "WRONG-1"})
    assert client.get(GOAL).status_code == 302
    client.post("/en/accounts/confirm-email/", {"code": code_in_mail()})
    assert client.get(GOAL).status_code == 200


def test_signing_in_by_mailed_code_goes_on_too(client):
    user = make_user("ada@example.org")
    client.post("/en/accounts/login/code/", {"email": user.email, "next": GOAL})
    response = client.post("/en/accounts/login/code/confirm/", {"code": code_in_mail(), "next": GOAL})
    assert response["Location"] == GOAL


def test_the_language_of_the_page_becomes_the_language_of_the_mails(client):
    data = {"name": "Ada", "email": "ada@example.org", "password1": PASSWORD, "password2": PASSWORD}
    client.post("/fr/accounts/signup/", data)
    assert User.objects.get(email="ada@example.org").language == "fr"


def test_signing_up_twice_does_not_say_that_the_address_is_known(client):
    make_user("ada@example.org")
    first = sign_up(client)
    other = client.__class__()
    second = sign_up(other, email="new@example.org")
    assert (first.status_code, first["Location"]) == (second.status_code, second["Location"])


def test_the_next_page_is_never_another_site(client):
    make_user("ada@example.org")
    data = {"login": "ada@example.org", "password": PASSWORD, "next": "https://evil.example.com/"}
    answer = client.post("/en/accounts/login/", data)
    assert answer.status_code == 302 and "evil" not in answer["Location"]
    assert client.get(GOAL).status_code == 200


@pytest.mark.parametrize("name", ["", "A" * 1_000_000])
def test_a_nonsensical_name_is_refused_with_a_sentence(client, name):
    response = sign_up(client, name=name)
    assert response.status_code == 200 and response.context["form"].errors.keys() == {"name"}
    assert not User.objects.filter(email="ada@example.org").exists()


def test_guessing_passwords_is_slowed_down(client):
    make_user("ada@example.org")
    for _attempt in range(6):
        response = client.post("/en/accounts/login/", {"login": "ada@example.org", "password": "guess"})
    assert response.status_code == 200
    assert "Too many failed login attempts" in response.text


def test_a_flood_of_accounts_meets_a_plain_page(client):
    for number in range(21):
        response = sign_up(client, email=f"ada{number}@example.org", name="")
    assert response.status_code == 429
    assert "Too many attempts" in response.text


def test_the_mailed_code_is_signed_with_our_name(client):
    sign_up(client)
    assert "Cathedra" in last_mail().text
