"""What is private is stored nowhere, what is public may be, and every answer closes the browser's powers."""

import pytest

from tests.matrix.expect import SIGN_IN
from tests.matrix.rows import BILINGUAL, ROWS, SIGN_IN_PAGES
from tests.matrix.visits import address, client_of
from tests.personas import ANONYMOUS, MANAGER

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("field_history", "search_index"), pytest.mark.exhaustive]

# Public, and one person's: what a mailed link opens, what is asked about one's own file, and a form that keeps or sends
# what one person types.
ONE_PERSON_S = {
    "chairs:consent_by_link",
    "sponsorships:agreement_check",
    "sponsorships:new",
    "clusters:team_invitation",
    "rights:about_me",
    "lists:alert_ask",
    "lists:alert_confirm",
    "lists:alert_end",
}


def headers(world, persona, rows) -> dict:
    client = client_of(world, persona)
    return {str(row): client.get(address(row, world)).headers for row in rows}


def is_stored(said) -> bool:
    return "no-store" not in said.get("Cache-Control", "")


def test_nothing_that_a_signed_in_reader_is_answered_is_stored(world):
    answers = headers(world, MANAGER, ROWS)
    assert len(answers) > 200
    assert [name for name, said in answers.items() if is_stored(said)] == []
    assert [name for name, said in answers.items() if "camera=()" not in said["Permissions-Policy"]] == []


def test_of_what_a_visitor_is_answered_only_public_pages_are_stored(world):
    private = [row for row in ROWS if row.get[ANONYMOUS] == SIGN_IN or row in SIGN_IN_PAGES]
    assert [name for name, said in headers(world, ANONYMOUS, private).items() if is_stored(said)] == []
    public = [row for row in BILINGUAL if row.get[ANONYMOUS] == 200 and row not in SIGN_IN_PAGES]
    one_person_s = [row for row in public if row.name in ONE_PERSON_S]
    assert {row.name for row in one_person_s} == ONE_PERSON_S
    assert [name for name, said in headers(world, ANONYMOUS, one_person_s).items() if is_stored(said)] == []
    public = [row for row in public if row not in one_person_s]
    assert len(public) > 10
    assert [name for name, said in headers(world, ANONYMOUS, public).items() if not is_stored(said)] == []
