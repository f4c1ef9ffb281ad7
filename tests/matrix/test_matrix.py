"""Every address × every persona. A new address needs a row; a row for an address that is gone fails too.

Each persona looks once at each address, and all that a look must not do is checked on that one visit.
"""

import os
import re
import subprocess
import sys
from collections import Counter

import pytest
from django.conf import settings
from django.db import transaction

from tests.matrix import document
from tests.matrix.expect import OUTSIDERS, SIGN_IN
from tests.matrix.rows import BILINGUAL, POSTS, ROWS
from tests.matrix.visits import address, client_of, look, outcome
from tests.matrix.walk import names, our_names
from tests.matrix.world import SECRETS
from tests.personas import ANONYMOUS, OTHER_MANAGER, PERSONAS, RIVAL

pytestmark = pytest.mark.django_db
# Who may read no secret of the cast's partner and cluster; who may read nobody else's address.
STRANGERS = {ANONYMOUS, RIVAL, OTHER_MANAGER}
THE_PUBLIC = OUTSIDERS | {ANONYMOUS}


def assert_is_a_page(visit, row, language=None) -> None:
    """Every page that a person sees, an error page too, has one heading and says its language."""
    assert "Traceback" not in visit.text
    if not visit.is_html or visit.outcome in {302, SIGN_IN, 405} or (row.is_fragment and visit.outcome == 200):
        return
    assert len(re.findall(r"<h1[ >]", visit.text)) == 1
    assert (lang := re.search(r'<html[^>]* lang="(\w+)', visit.text))
    assert language is None or lang[1] == language


def told(visits, world) -> set:
    """Return who read what is not for them: a secret of the file, or somebody else's address."""
    addresses = {name: user.email for name, user in world.users.items() if name != ANONYMOUS}
    for_others = {
        persona: [email for name, email in addresses.items() if name != persona and persona in THE_PUBLIC]
        + [secret for secret in SECRETS if persona in STRANGERS]
        for persona in visits
    }
    return {
        (persona, words) for persona, visit in visits.items() for words in for_others[persona] if words in visit.text
    }


def one_of_each(outcomes: dict) -> list:
    """Return one persona for each thing that can happen there."""
    return list({outcome: who for who, outcome in outcomes.items()}.values())


def who_gets_in(outcomes: dict) -> list:
    """Return one persona whom the address serves, if there is one: whoever is turned away asks little of the database."""
    found = {outcomes[who]: who for who in one_of_each(outcomes)}
    return [found[status] for status in (200, 302) if status in found][:1]


def one_of_each_other(outcomes: dict) -> list:
    return [who for who in one_of_each(outcomes) if who not in who_gets_in(outcomes)]


def the_others(row, outcomes: dict, everything: bool) -> list:
    """Return the other personas: all of them, or in CI the strangers and a third of the rest, another third at the next."""
    others = [who for who in outcomes if who not in one_of_each(outcomes)]
    third = len(str(row))
    return [who for n, who in enumerate(others) if everything or who in STRANGERS or (n + third) % 3 == 0]


def assert_who_looks_gets_what_the_table_says_and_no_more(row, world, personas):
    there = address(row, world)
    visits = {persona: look(world, persona, there) for persona in personas}
    assert {persona: visit.outcome for persona, visit in visits.items()} == {who: row.get[who] for who in visits}
    assert {persona: visit.written for persona, visit in visits.items() if visit.written} == {}, "GET never writes"
    assert told(visits, world) == set()
    for visit in visits.values():
        assert_is_a_page(visit, row, "en" if there.startswith("/en/") else None)


def assert_who_acts_gets_what_the_table_says(row, world, personas):
    there, found = address(row, world), {}
    for persona in personas:
        with transaction.atomic():
            found[persona] = outcome(client_of(world, persona).post(there, row.data(world)))
            transaction.set_rollback(True)
    assert found == {who: row.post[who] for who in found}


# Who may is the same on any database; what a page asks of it is not: `make test` asks for each page on one of them, by turns.
@pytest.mark.database(quick=True)
@pytest.mark.each_case(of=3)
@pytest.mark.parametrize("row", [row for row in ROWS if who_gets_in(row.get)], ids=str)
def test_who_gets_in_sees_what_the_table_says_and_no_more(row, world):
    assert_who_looks_gets_what_the_table_says_and_no_more(row, world, who_gets_in(row.get))


@pytest.mark.each_case(of=6)
@pytest.mark.parametrize("row", [row for row in ROWS if one_of_each_other(row.get)], ids=str)
def test_one_of_each_other_sort_who_looks_gets_what_the_table_says_and_no_more(row, world):
    assert_who_looks_gets_what_the_table_says_and_no_more(row, world, one_of_each_other(row.get))


@pytest.mark.exhaustive
@pytest.mark.parametrize("row", ROWS, ids=str)
def test_everybody_else_who_looks_gets_what_the_table_says_and_no_more(row, world, everything):
    personas = the_others(row, row.get, everything)
    assert_who_looks_gets_what_the_table_says_and_no_more(row, world, personas)


@pytest.mark.database
@pytest.mark.each_case(of=3)
@pytest.mark.parametrize("row", [row for row in POSTS if who_gets_in(row.post)], ids=str)
def test_who_may_act_gets_what_the_table_says(row, world):
    assert_who_acts_gets_what_the_table_says(row, world, who_gets_in(row.post))


@pytest.mark.each_case(of=6)
@pytest.mark.parametrize("row", [row for row in POSTS if one_of_each_other(row.post)], ids=str)
def test_one_of_each_other_sort_who_acts_gets_what_the_table_says(row, world):
    assert_who_acts_gets_what_the_table_says(row, world, one_of_each_other(row.post))


@pytest.mark.exhaustive
@pytest.mark.parametrize("row", POSTS, ids=str)
def test_everybody_else_who_acts_gets_what_the_table_says(row, world, everything):
    assert_who_acts_gets_what_the_table_says(row, world, the_others(row, row.post, everything))


@pytest.mark.parametrize("row", BILINGUAL, ids=str)
def test_every_page_speaks_french_at_its_french_address(row, world):
    who = next((persona for persona, status in row.get.items() if status == 200), ANONYMOUS)
    visit = look(world, who, address(row, world, "fr"))
    assert visit.outcome == row.get[who]
    assert_is_a_page(visit, row, "fr")


@pytest.mark.database
@pytest.mark.parametrize("persona", PERSONAS)
def test_nobody_is_sent_round_in_circles(world, persona):
    for there in ("/", "/admin/", "/en/my/", "/en/accounts/welcome/"):
        assert client_of(world, persona).get(there, follow=True).status_code in {200, 403}


def test_every_address_has_a_row_and_every_row_an_address():
    written = {row.name for row in ROWS}
    assert {"chairs:home", "admin:chairs_chair_change"} <= written
    assert our_names() - written == set(), "a new address needs a row that says who gets what"
    assert written - names() == set(), "these rows are of addresses that are gone"


def test_no_row_is_written_twice():
    times = Counter(map(str, ROWS))
    assert len(times) == times.total(), times.most_common(3)


@pytest.mark.exhaustive
def test_the_document_is_written_by_a_command():
    """By a shell that no test has prepared."""
    before = document.PATH.read_text("utf-8")
    bare = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}}
    run = [sys.executable, "-m", "tests.matrix"]
    done = subprocess.run(run, cwd=settings.BASE_DIR, env=bare, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert document.PATH.read_text("utf-8") == before


def test_the_document_says_what_the_matrix_says():
    assert document.PATH.read_text("utf-8") == document.render(), "run `make fix`, or `python -m tests.matrix` alone"
