"""Every address × every persona. A new address needs a row; a row for an address that is gone fails too."""

import re
from collections import Counter

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation

from tests.matrix.expect import SIGN_IN, Row
from tests.matrix.rows_admin import ADMIN
from tests.matrix.rows_my import MY
from tests.matrix.rows_public import DIRECTORY, PROGRAMS, SIGN_IN_PAGES, SITE
from tests.matrix.walk import names
from tests.matrix.world import make_world
from tests.personas import ANONYMOUS, PERSONAS

pytestmark = pytest.mark.django_db
ROWS = [*PROGRAMS, *SITE, *DIRECTORY, *SIGN_IN_PAGES, *MY, *ADMIN]
POSTS = [row for row in ROWS if row.post is not None]


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """One world for all rows, and a signed-in browser for each persona: making them is slower than any page.

    Each test's own transaction, inside this one, undoes what its pages write.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        world = make_world()
        world.cookies = {persona: cookies_of(world, persona) for persona in PERSONAS}
        yield world
        transaction.set_rollback(True)


def address(row: Row, world, language="en") -> str:
    """Answer the row's address. Unnamed addresses are routes whose parameters are filled in."""
    args = row.args(world)
    if "/" in row.name:
        values = iter(args)
        return "/" + re.sub(r"<[^>]*>|\(\?P.*\)\$$", lambda _part: str(next(values)), row.name) + row.query
    with translation.override(language):
        return reverse(row.name, args=args) + row.query


def cookies_of(world, persona) -> dict:
    client = Client()
    if persona != ANONYMOUS:
        client.force_login(world.cast[persona])
    return {name: morsel.value for name, morsel in client.cookies.items()}


def client_of(world, persona) -> Client:
    """A fresh browser in which the persona is signed in already."""
    client = Client()
    client.cookies.load(world.cookies[persona])
    return client


def outcome(response) -> object:
    """Answer the status, or SIGN_IN for a redirect to the sign-in page."""
    leads = response.headers.get("Location", "").split("?")[0]
    sign_in = re.fullmatch(r"(/(en|fr)/accounts/login/|/admin/login/)", leads)
    return SIGN_IN if response.status_code == 302 and sign_in else response.status_code


def assert_is_a_page(response, language=None) -> None:
    """Every page that a person sees, an error page too, has one heading and says its language."""
    if not response.headers.get("Content-Type", "").startswith("text/html") or response.status_code in {302, 405}:
        return
    text = response.content.decode()
    assert len(re.findall(r"<h1[ >]", text)) == 1
    assert (lang := re.search(r'<html[^>]* lang="(\w+)', text))
    assert language is None or lang[1] == language
    assert "Traceback" not in text


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_everybody_who_looks_gets_what_the_table_says(row, world):
    there = address(row, world)
    responses = {persona: client_of(world, persona).get(there) for persona in PERSONAS}
    assert {persona: outcome(response) for persona, response in responses.items()} == row.get
    for response in responses.values():
        assert_is_a_page(response)


@pytest.mark.parametrize("row", POSTS, ids=str)
def test_everybody_who_acts_gets_what_the_table_says(row, world):
    there, found = address(row, world), {}
    for persona in PERSONAS:
        with transaction.atomic():
            found[persona] = outcome(client_of(world, persona).post(there, row.data(world)))
            transaction.set_rollback(True)
    assert found == row.post


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("row", [*SITE, *DIRECTORY, *SIGN_IN_PAGES, *MY], ids=str)
def test_every_page_speaks_the_language_of_its_address(row, world, language):
    there = address(row, world, language)
    assert there.startswith(f"/{language}/")
    who = next((persona for persona, status in row.get.items() if status == 200), ANONYMOUS)
    assert_is_a_page(client_of(world, who).get(there), language)


@pytest.mark.parametrize("persona", PERSONAS)
def test_nobody_is_sent_round_in_circles(world, persona):
    for there in ("/", "/admin/", "/en/my/", "/en/accounts/welcome/"):
        assert client_of(world, persona).get(there, follow=True).status_code in {200, 403}


def test_every_address_has_a_row_and_every_row_an_address():
    walked, written = set(names()), {row.name for row in ROWS}
    assert walked - written == set(), "a new address needs a row that says who gets what"
    assert written - walked == set(), "these rows are of addresses that are gone"


def test_no_row_is_written_twice():
    assert [name for name, times in Counter(map(str, ROWS)).items() if times > 1] == []
