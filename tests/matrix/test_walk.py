"""What a library adds in a new release opens to nobody by itself, and fails no list of ours."""

import pytest
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.test import Client
from django.urls import include, path

from config import urls
from config.library_urls import behind_sign_in
from tests import factories
from tests.matrix.expect import SIGN_IN
from tests.matrix.visits import outcome
from tests.matrix.walk import names, our_names

pytestmark = pytest.mark.django_db


@login_not_required
def novelty(request, **of_what):
    return HttpResponse("a new page")


# The view of a library is in none of our apps.
novelty.__module__ = "library.views"
NEW_PAGES = [
    path("novelty/", novelty, name="library_novelty"),
    path("more/", include([path("novelty/<int:pk>/", novelty, name="library_novelties")])),
    path("asked/", novelty, name="library_asked_for"),
]
urlpatterns = [
    *urls.urlpatterns,
    path("accounts/", include(behind_sign_in(NEW_PAGES, public={"library_asked_for"}))),
    path("ours/", novelty, name="ours_by_a_library_s_view"),
]
here = pytest.mark.urls(__name__)


@here
@pytest.mark.parametrize("address", ["/accounts/novelty/", "/accounts/more/novelty/1/"])
def test_a_library_s_new_page_asks_for_sign_in(client, address):
    assert outcome(Client().get(address)) == SIGN_IN
    client.force_login(factories.make_user())
    assert client.get(address).content == b"a new page"


@here
def test_a_page_that_we_named_is_as_public_as_its_library_says():
    assert Client().get("/accounts/asked/").status_code == 200


def test_only_ours_need_a_line_in_our_lists():
    ours = our_names()
    assert {
        "chairs:home",
        "profile",
        "admin:chairs_chair_change",
        "admin:chairs_chair_verb",
        "panel_figures:nation",
    } <= ours
    assert "account_login" in names() - ours and "admin:jsi18n" in names() - ours


@here
def test_a_library_s_new_page_needs_no_line():
    assert {"library_novelty", "library_novelties", "library_asked_for"} <= names() - our_names()
    assert "ours_by_a_library_s_view" in our_names()


def test_no_page_of_allauth_is_public_but_those_that_we_named():
    named = urls.PUBLIC_SIGN_IN_PAGES
    public = {one.name for one in flat(behind_sign_in(urls.allauth_pages, named)) if not asks_for_sign_in(one)}
    assert public == named


def flat(patterns):
    for one in patterns:
        yield from flat(one.url_patterns) if hasattr(one, "url_patterns") else [one]


def asks_for_sign_in(pattern) -> bool:
    return getattr(pattern.callback, "login_required", True)
