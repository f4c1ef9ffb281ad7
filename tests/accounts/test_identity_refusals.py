"""What a provider answers wrongly, or an attacker in its name, lets nobody in: a plain page says so, and never an error."""

import time

import pytest
from allauth.socialaccount.models import SocialAccount

from accounts.models import User
from tests import factories
from tests.accounts.identities import BACK, back_from, come_in, to_the_provider
from tests.accounts.provider import OTHER_KEY, PUBLIC_PEM, forged, signed

pytestmark = pytest.mark.django_db
# A time still to come whenever the test runs: it may run long after it was imported.
IN_2100 = 4_102_444_800
# What each says in an ID token or does with one.
CLAIMS = [
    {"nonce": "of another sign-in"},
    {"iss": "https://evil.example"},
    {"aud": "another client"},
    {"aud": ["cathedra", "another client"]},
    {"aud": ["cathedra", "another client"], "azp": "another client"},
    {"exp": 1},
    {"exp": None},
    {"iat": IN_2100},
    {"sub": None},
    {"sub": 7},
    {"sub": "x" * 300},
    {"sub": "a\x00b"},
]
FORGED = {
    "alg none": lambda claims: forged(claims, "none", b""),
    "HS256 with the public key": lambda claims: forged(claims, "HS256", PUBLIC_PEM),
    "HS256 with the secret": lambda claims: forged(claims, "HS256", b"of campus"),
    "a key of somebody else": lambda claims: signed(claims, OTHER_KEY),
    "a key that is not published": lambda claims: signed(claims, OTHER_KEY, kid="1999"),
    "PS256 by hand": lambda claims: signed(claims).replace(".", "", 1),
    "no token": lambda claims: None,
}
ANSWERS = {
    "/token": [(500, "text/html", "<h1>Oh"), (200, "application/json", "[1]"), (200, "text/plain", ""), (200, "application/json", '{"access_token": 7}')],
    "/jwks": [(200, "application/json", "{}"), (200, "application/json", '{"keys": [7]}'), (404, "text/plain", "")],
    "/userinfo": [
        (401, "application/json", "{}"),
        (200, "application/json", '{"sub": "of-somebody-else"}'),
        (200, "application/jwt", "of.no.use"),
        (200, "application/json", "[" * 100_000),
        (200, "application/json", '"' + "x" * 600_000 + '"'),
    ],
}  # fmt: skip


@pytest.fixture
def campus(provider):
    factories.make_user("ada@campus.example")
    provider["campus"].person |= {"email": "ada@campus.example", "email_verified": True}
    return provider["campus"]


def assert_nobody_came(client, response, status: int, sentence: str):
    assert response.status_code == status and sentence in response.text
    assert "Not signed in with Université d’exemple" in response.text
    assert "_auth_user_id" not in client.session and not SocialAccount.objects.exists()


def test_a_token_that_is_not_for_this_sign_in(client, campus):
    for claims in CLAIMS:
        campus.lies = {"claims": claims}
        assert_nobody_came(client, come_in(client, campus), 502, "does not answer as it should")
    campus.lies = {"claims": {"aud": ["cathedra", "another client"], "azp": "cathedra"}}
    assert come_in(client, campus).status_code == 302


def test_a_token_that_the_provider_did_not_sign(client, campus):
    for sign in FORGED.values():
        campus.lies = {"sign_id": sign}
        assert_nobody_came(client, come_in(client, campus), 502, "does not answer as it should")


def test_a_provider_that_talks_nonsense(client, campus):
    for path, answers in ANSWERS.items():
        for answer in answers:
            campus.lies = {path: answer}
            assert_nobody_came(client, come_in(client, campus), 502, "does not answer as it should")


@pytest.mark.parametrize(
    "description",
    [
        {"issuer": "https://evil.example"},
        {"authorization_endpoint": "https://evil.example/authorize"},
        {"token_endpoint": "ftp://evil.example/token"},
        {"jwks_uri": 7},
    ],
)
def test_a_provider_that_is_another_than_the_settings_name(client, campus, description):
    campus.lies = {"description": description}
    assert_nobody_came(client, client.post("/en/accounts/with/campus/"), 502, "does not answer as it should")


def test_a_provider_that_is_down(client, campus, settings):
    known = settings.IDENTITY_PROVIDERS["campus"]
    settings.IDENTITY_PROVIDERS = {"campus": known.__class__(**{**known.__dict__, "issuer": "http://127.0.0.1:9/down"})}
    response = client.post("/fr/accounts/with/campus/")
    assert response.status_code == 502 and "ne répond pas comme il le devrait" in response.text


def test_who_says_no_at_the_provider_is_told_so_in_their_language(client, campus):
    for language, error, status, sentence in [
        ("en", "access_denied", 403, "You did not let Université d’exemple tell us who you are"),
        ("fr", "access_denied", 403, "Vous n’avez pas autorisé Université d’exemple"),
        ("en", "server_error", 502, "does not answer as it should"),
    ]:
        campus.authorize(to_the_provider(client, campus, language=language))
        response = client.get("/accounts/with/campus/back/", {"state": campus.asked["state"], "error": error})
        assert response.status_code == status and sentence in response.text


def test_a_way_back_is_good_for_once_in_one_browser_and_at_one_provider(client, campus, provider, monkeypatch):
    there = BACK.match(campus.authorize(to_the_provider(client, campus)))[1]
    other = client.__class__()
    assert_nobody_came(other, other.get(there), 400, "was not begun in this browser")
    elsewhere = there.replace("/campus/", "/proconnect/")
    assert client.get(elsewhere).status_code == 400
    assert client.get(there).status_code == 302 and "_auth_user_id" in client.session
    assert client.get(there).status_code == 400  # the same again
    for nonsense in ("", "?state=", "?state=%00&code=%00", "?code=x", "?state=x&state=y&error=%00"):
        assert client.get(f"/accounts/with/campus/back/{nonsense}").status_code == 400
    late = to_the_provider(other, campus)
    now = time.time()
    monkeypatch.setattr("allauth.socialaccount.internal.statekit.time.time", lambda: now + 3_600)
    assert back_from(other, campus, late).status_code == 400


def test_a_code_of_another_sign_in_is_refused_by_the_provider(client, campus):
    """The verifier (PKCE) is the session's: a code that was caught elsewhere is of no use here."""
    caught = campus.authorize(to_the_provider(client.__class__(), campus))
    code = caught.partition("code=")[2].partition("&")[0]
    to_the_provider(client, campus)
    mine = campus.authorize(to_the_provider(client, campus)).partition("state=")[2]
    response = client.get("/accounts/with/campus/back/", {"code": code, "state": mine})
    assert_nobody_came(client, response, 502, "does not answer as it should")


def test_nothing_begins_by_a_link_nor_without_the_form_s_proof(client, campus):
    assert client.get("/en/accounts/with/campus/").status_code == 405
    assert client.post("/en/accounts/with/nowhere/").status_code == 404
    assert client.get("/accounts/with/nowhere/back/").status_code == 404
    assert client.__class__(enforce_csrf_checks=True).post("/en/accounts/with/campus/").status_code == 403
    assert client.get("/en/accounts/with/new/")["Location"] == "/en/accounts/login/"


def test_a_flood_is_slowed_down(client, campus):
    statuses = {client.post("/en/accounts/with/campus/").status_code for _attempt in range(32)}
    assert statuses == {302, 429}


def test_odd_words_about_somebody_are_shown_as_text_or_not_at_all(client, campus):
    User.objects.all().delete()
    campus.person = {
        "sub": "of-eve",
        "given_name": "<b>Eve\x00\n",
        "family_name": ["x"],
        "email": "no address",
        "email_verified": True,
    }
    page = client.get(come_in(client, campus)["Location"])
    assert 'value="&lt;b&gt;Eve"' in page.text and "no address" not in page.text
