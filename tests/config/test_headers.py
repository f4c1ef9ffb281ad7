"""What every answer says to the browser, whatever it answers, and what its cookies are."""

import pytest
from django.db import OperationalError
from django.test import Client
from django.urls import path

from config import urls
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("search_index")]
WRONG_HOST = {"host": "evil.example"}


def broken(request):
    raise RuntimeError("on purpose")


urlpatterns = [*urls.urlpatterns, path("broken/", broken)]
handler400, handler403, handler404, handler500 = (getattr(urls, f"handler{code}") for code in (400, 403, 404, 500))

ANSWERS = [
    ("get", "/", 302),
    ("get", "/en/", 200),
    ("get", "/en/no-such-page/", 404),
    ("get", "/en/my/", 302),
    ("get", "/broken/", 500),
    ("post", "/i18n/setlang/", 302),
    ("put", "/en/my/partners/new/", 302),
    ("get", "/admin/", 302),
    ("get", "/healthz", 200),
    ("get", "/robots.txt", 200),
    ("get", "/sitemap.xml", 200),
]


def assert_is_guarded(response):
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy and "frame-ancestors 'none'" in policy and "unsafe" not in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["X-Frame-Options"] == "DENY"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in response.headers["Permissions-Policy"]


@pytest.mark.urls(__name__)
@pytest.mark.parametrize(("method", "there", "status"), ANSWERS)
def test_every_sort_of_answer_says_the_policy(method, there, status):
    client = Client(raise_request_exception=False)
    client.force_login(factories.make_user()) if there == "/broken/" else None
    response = getattr(client, method)(there)
    assert response.status_code == status
    assert_is_guarded(response)


def test_a_host_that_is_not_ours_is_refused():
    response = Client(raise_request_exception=False).get("/en/", headers=WRONG_HOST)
    assert response.status_code == 400 and "evil.example" not in response.text
    assert_is_guarded(response)


def test_a_static_file_says_the_policy_and_may_be_kept_by_who_is_signed_in():
    client = Client()
    client.force_login(factories.make_user())
    response = client.get("/static/root/favicon.ico")
    assert response.status_code == 200 and "camera=()" in response.headers["Permissions-Policy"]
    assert response.headers["X-Frame-Options"] == "DENY"
    assert "no-store" not in response.headers.get("Cache-Control", "")
    response.close()


@pytest.mark.urls(__name__)
@pytest.mark.parametrize(("method", "there", "status"), [answer for answer in ANSWERS if answer[1] != "/healthz"])
def test_who_is_signed_in_leaves_nothing_in_a_cache_whatever_is_answered(method, there, status):
    client = Client(raise_request_exception=False)
    client.force_login(factories.make_user())
    assert getattr(client, method)(there).headers["Cache-Control"] == "private, no-store"


def test_the_session_that_signing_in_begins_is_not_stored_either():
    user, client = factories.make_user(), Client()
    response = client.post("/en/accounts/login/", {"login": user.email, "password": factories.PASSWORD})
    assert response.status_code == 302 and "no-store" in response.headers["Cache-Control"]


def test_a_database_that_is_away_is_said_with_every_header(monkeypatch):
    def away(*args, **kwargs):
        raise OperationalError("the line is dead")

    monkeypatch.setattr("accounts.sessions.SessionStore._get_session_from_db", away)
    client = Client(raise_request_exception=False)
    client.cookies["sessionid"] = "a" * 32
    response = client.get("/en/my/")
    assert response.status_code == 503 and "no-store" in response.headers["Cache-Control"]
    assert_is_guarded(response)


def test_the_way_to_https_says_the_policy_too(settings):
    settings.SECURE_SSL_REDIRECT = True
    response = Client().get("/en/")
    assert response.status_code == 301 and response.url == "https://testserver/en/"
    assert "Content-Security-Policy" in response.headers


def test_over_https_browsers_are_told_to_stay_there(settings):
    settings.SECURE_HSTS_SECONDS = 31_536_000
    response = Client().get("/en/", secure=True)
    assert "max-age=31536000" in response.headers["Strict-Transport-Security"]


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(settings):
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    user, client = factories.make_user(), Client()
    client.get("/en/accounts/login/")
    client.post("/en/accounts/login/", {"login": user.email, "password": factories.PASSWORD})
    session, csrf = client.cookies["sessionid"], client.cookies["csrftoken"]
    assert session["httponly"] and session["secure"] and csrf["httponly"] and csrf["secure"]
    assert session["samesite"] == csrf["samesite"] == "Lax"


def test_signing_in_changes_the_session():
    user, client = factories.make_user(), Client()
    client.get("/en/accounts/signup/")
    client.cookies["sessionid"] = "a" * 32  # what an attacker planted
    client.post("/en/accounts/login/", {"login": user.email, "password": factories.PASSWORD})
    assert client.get("/en/my/").status_code == 200
    assert client.cookies["sessionid"].value != "a" * 32


@pytest.mark.parametrize(
    "there", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_no_door_leads_to_another_site(there):
    user, client = factories.make_user(), Client()
    response = client.post("/i18n/setlang/", {"language": "fr", "next": there})
    assert client.cookies["django_language"].value == "fr"
    assert "evil" not in response.url and "javascript" not in response.url
    response = client.post(f"/en/accounts/login/?next={there}", {"login": user.email, "password": factories.PASSWORD})
    assert response.status_code == 302 and "evil" not in response.url and "javascript" not in response.url


def test_no_form_is_taken_without_its_proof():
    client = Client(enforce_csrf_checks=True)
    client.force_login(factories.make_user())
    for there in ("/en/accounts/profile/", "/en/my/partners/new/", "/en/accounts/logout/", "/i18n/setlang/"):
        assert client.post(there, {}).status_code == 403
    client.handler.enforce_csrf_checks = False
    assert client.post("/i18n/setlang/", {}).status_code == 302
