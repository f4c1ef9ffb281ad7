"""Somebody blind finds, from the home page and by keys alone, a chair with an activity to fund: each number found is said."""

import re

import pytest
from playwright.sync_api import expect

from tests import factories
from tests.journeys.ear import Listener

pytestmark = [pytest.mark.browser, pytest.mark.exhaustive]
TITLE, ACTIVITY = (
    {"en": "Robots at work", "fr": "Robots au travail"},
    {"en": "A thesis on wear", "fr": "Une thèse sur l’usure"},
)


@pytest.fixture
def chair(transactional_db, search_index):
    chair = factories.make_chair("active", title_en=TITLE["en"], title_fr=TITLE["fr"])
    factories.make_activity(chair, title_en=ACTIVITY["en"], title_fr=ACTIVITY["fr"])
    factories.make_chair("closed", title_en="Robots at rest", title_fr="Robots au repos")
    factories.make_chair("active", title_en="Glaciers", title_fr="Glaciers")
    return chair


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_chair_with_something_to_fund_is_found(come, chair, language):
    blind = come(language, Listener)
    blind.open(f"/{language}/")
    search(blind, "robots")
    says(blind, 2)
    narrow(blind, "Open to sponsors", leaves=1)
    says(blind, 1)
    blind.go_to("link", TITLE[language])
    with blind.page.expect_navigation():
        blind.page.keyboard.press("Enter")
    blind.is_at(TITLE[language])
    blind.press_by_key("Propose to fund this activity", role="link")
    blind.is_at("Fund research in this chair")
    assert TITLE[language] in blind.page.title()
    chosen = blind.go_to("radio", ACTIVITY[language])
    assert chosen.name.startswith(ACTIVITY[language])


def search(blind, words: str) -> None:
    blind.type("Find a chair: a subject, a person, an institution", words, role="searchbox")
    with blind.page.expect_navigation():
        blind.page.keyboard.press("Enter")


def narrow(blind, choice: str, leaves: int) -> None:
    """Tick a filter, hear the number, and find the focus where it was."""
    blind.go_to("link", "Skip the filters")
    blind.go_to("checkbox", choice)
    blind.page.keyboard.press("Space")
    expect(blind.page.locator("#count-said")).to_have_text(re.compile(f"^{leaves} "))
    assert blind.heard().name.startswith(blind.word(choice))


def says(blind, number: int) -> None:
    """Expect the number in the title, which is heard first, and in the heading above the list."""
    assert f"· {number} r" in blind.page.title(), blind.page.title()
    assert blind.page.locator("#found h2").inner_text().startswith(f"{number} ")
