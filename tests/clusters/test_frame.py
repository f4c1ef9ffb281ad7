"""What every page has: its language, one heading, the ways around it, and nothing that the content policy blocks."""

import re

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import override_settings

from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("search_index")]
PAGES = [
    "/",
    "/clusters/",
    "/people/",
    "/institutions/",
    "/accessibility/",
    "/privacy/",
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/login/code/",
    "/accounts/password/reset/",
    "/nowhere/",
]
ACCOUNT_PAGES = [
    "/accounts/email/",
    "/accounts/password/change/",
    "/accounts/2fa/",
    "/accounts/2fa/totp/activate/",
    "/accounts/sessions/",
    "/accounts/logout/",
]
INLINE = re.compile(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)(?![^>]*application/(ld\+)?json)")


def assert_framed(page: str, language: str) -> None:
    assert f'<html lang="{language}">' in page
    assert len(re.findall(r"<h1[ >]", page)) == 1
    assert len(re.findall(r"<main[ >]", page)) == 1
    assert page.index('href="#content"') < page.index("<header")
    assert not INLINE.search(page)
    assert re.search(r"<title>\s*\S", page)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("address", PAGES)
def test_a_public_page_is_framed(client, address, language):
    assert_framed(client.get(f"/{language}{address}").text, language)


def test_each_public_page_describes_itself_in_its_own_words(client):
    described = [
        "/",
        "/chairs/",
        "/clusters/",
        "/people/",
        "/institutions/",
        "/opportunities/",
        "/partners/",
        "/privacy/",
    ]
    pages = [client.get(f"/{language}{address}").text for language in ("en", "fr") for address in described]
    found = [re.search(r'<meta name="description" content="([^"]{40,})">', page)[1] for page in pages]
    assert len(found) == len(set(found))


@pytest.mark.parametrize("address", ACCOUNT_PAGES)
def test_an_account_page_is_framed(client, address):
    client.force_login(factories.make_user())
    response = client.get(f"/en{address}", follow=True)
    assert response.status_code == 200
    assert_framed(response.text, "en")


def test_the_language_link_leads_to_the_same_page_with_its_query(client):
    page = client.get("/en/people/?q=ada&page=2").text
    assert 'href="/fr/people/?q=ada&amp;page=2" lang="fr" hreflang="fr"' in page


def test_search_engines_learn_each_language_of_a_page_and_the_address_for_anybody(client):
    page = client.get("/fr/people/?q=ada").text
    found = dict(re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="http://localhost([^"]+)">', page))
    assert found == {"en": "/en/people/", "fr": "/fr/people/", "x-default": "/people/"}
    assert '<link rel="canonical" href="http://localhost/fr/people/">' in page
    response = client.get(found["x-default"], headers={"accept-language": "fr"})
    assert response.headers["Location"] == found["fr"]


def test_a_page_that_is_not_there_has_no_other_languages(client):
    heads = [
        re.search(r"<head>.*</head>", client.get(f"/en/{at}").text, re.DOTALL)[0] for at in ("people/", "nowhere/")
    ]
    assert ["hreflang=" in head for head in heads] == [True, False]


def test_an_address_that_does_not_exist_switches_language_to_the_home_page(client):
    assert 'href="/fr/" lang="fr"' in client.get("/en/nowhere/").text


def test_signing_out_is_a_post_and_staff_see_the_admin_panel(client):
    client.force_login(factories.make_staff(factories.make_cluster()))
    page = client.get("/en/").text
    assert '<form method="post" action="/en/accounts/logout/">' in page
    assert 'href="/admin/"' in page


def test_others_do_not_see_the_admin_panel_in_the_header(client):
    client.force_login(factories.make_user())
    page = client.get("/en/people/").text
    assert "My pages" in page and 'href="/admin/"' not in page


def test_the_section_being_read_is_marked(client):
    assert '<a href="/en/people/" aria-current="page">' in client.get("/en/people/").text


@pytest.mark.parametrize("is_demonstration", [True, False])
def test_a_demonstration_says_so_on_every_page(client, is_demonstration):
    with override_settings(DEMONSTRATION=is_demonstration):
        assert ("Demonstration site." in client.get("/en/people/").text) is is_demonstration


def test_a_field_shows_its_label_help_and_error_once_and_the_list_of_errors_leads_to_it(client):
    page = client.post("/en/accounts/signup/", {"email": "not an address"}).text
    assert page.count("Enter a valid e-mail address.") == 2
    assert page.count('<li><a href="#id_email">E-mail</a>: Enter a valid e-mail address.</li>') == 1
    assert page.count('id="id_email_error"><li>Enter a valid e-mail address.</li>') == 1
    assert page.count("First name, then family name.") == 1
    assert page.count('<label for="id_name">') == 1


@pytest.mark.parametrize("name", ["500.html", "503.html"])
def test_a_page_for_a_broken_site_needs_nothing_and_speaks_both_languages(name, django_assert_num_queries):
    with django_assert_num_queries(0):
        page = render_to_string(name)
    assert 'lang="en"' in page and 'lang="fr"' in page
    assert not INLINE.search(page)
    assert (settings.BASE_DIR / "static/css/standalone.css").exists()
