"""What opens and closes does so by keyboard alone: the panel's sections, its long choices, what is folded, and the filters."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests import factories
from tests.accessibility.test_keyboard import UNNAMED, walk
from tests.accessibility.test_reflow import ADOPT, LARGE_TEXT, NARROW, WIDE, lost
from tests.accessibility.walking import open_browser

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("transactional_db", "search_index", "field_history")]
MOST_TABS = 60
# Of the sorts of page that `make audit` walks through, those that differ most.
FEW = ["/admin/", "/admin/desk/", "/admin/chairs/chair/", "/admin/partners/partner/add/"]


@pytest.fixture
def manager():
    cluster = factories.make_cluster(name="IA Rive Gauche", slug="rive-gauche")
    manager = factories.make_staff(cluster, name="Max Durand")
    factories.make_chair("active", cluster=cluster, title_en="Frugal Vision", title_fr="Vision frugale")
    return manager


def tab_to(page: Page, locator) -> None:
    """Press the tab key until it is there."""
    for _press in range(MOST_TABS):
        page.keyboard.press("Tab")
        if locator.evaluate("one => one === document.activeElement"):
            return
    raise AssertionError(f"the tab key does not lead to {locator}")


def test_a_few_pages_are_walked_through_and_lose_nothing_narrow_or_with_large_text(browser, live_server, manager):
    page = open_browser(browser, live_server.url, manager.email, "fr", password=factories.PASSWORD)
    found, stops = [], 0
    for address in FEW:
        page.set_viewport_size({"width": NARROW, "height": 900})
        assert page.goto(address).status == 200
        walked, faults = walk(page)
        stops += walked
        faults += lost(page) + page.evaluate(UNNAMED)
        page.set_viewport_size({"width": WIDE, "height": 900})
        page.evaluate(ADOPT, LARGE_TEXT)
        faults += lost(page)
        found += [f"{address}: {fault}" for fault in faults]
    page.context.close()
    assert stops > 100
    assert not found, "\n".join(found)


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_the_sections_open_over_a_narrow_page_and_close_where_they_were_opened(browser, live_server, manager, key):
    page = open_browser(browser, live_server.url, manager.email, "fr", password=factories.PASSWORD)
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto("/admin/desk/")
    opener, sections = page.get_by_role("button", name="Rubriques"), page.locator("#sections")
    expect(sections).to_be_hidden()
    tab_to(page, opener)
    page.keyboard.press(key)
    expect(sections).to_be_visible()
    # What it opened comes next, and is left as it was entered.
    page.keyboard.press("Tab")
    expect(sections.get_by_role("link").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(sections).to_be_hidden()
    expect(opener).to_be_focused()
    page.keyboard.press(key)
    tab_to(page, sections.get_by_role("link", name="Chaires", exact=True))
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/admin/chairs/chair/$"))
    page.context.close()


def test_a_long_choice_and_a_folded_filter_open_and_close(browser, live_server, manager):
    page = open_browser(browser, live_server.url, manager.email, "en", password=factories.PASSWORD)
    page.goto("/admin/sponsorships/sponsorship/running/")
    choice, answers = page.locator(".field-chair [role=combobox]"), page.locator(".select2-results [role=option]")
    tab_to(page, choice)
    page.keyboard.press("Enter")
    expect(answers.filter(has_text="Frugal Vision")).to_be_visible()
    page.keyboard.press("Escape")
    expect(answers).to_have_count(0)
    expect(choice).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".select2-search__field")).to_be_focused()
    page.keyboard.type("frugal")
    expect(answers).to_have_text(["Frugal Vision"])
    page.keyboard.press("Enter")
    expect(choice).to_contain_text("Frugal Vision")
    page.goto("/admin/chairs/chair/")
    fold = page.locator("#changelist-filter details").first
    tab_to(page, fold.locator("summary"))
    page.keyboard.press("Space")
    expect(fold).not_to_have_attribute("open", "")
    page.keyboard.press("Enter")
    expect(fold).to_have_attribute("open", "")
    page.context.close()


def test_the_menu_and_the_filters_of_a_public_list_open_and_close(browser, live_server, manager):
    page = open_browser(browser, live_server.url, "", "en")
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto("/en/chairs/")
    menu, opener, filters = page.locator(".site-menu"), page.locator(".filters-open"), page.locator("#filters")
    tab_to(page, menu.locator("summary"))
    page.keyboard.press("Enter")
    expect(menu).to_have_attribute("open", "")
    page.keyboard.press("Enter")
    expect(menu).not_to_have_attribute("open", "")
    tab_to(page, opener)
    page.keyboard.press("Enter")
    expect(filters).to_be_visible()
    page.keyboard.press("Tab")
    expect(filters.locator(":focus")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(filters).to_be_hidden()
    expect(opener).to_be_focused()
    page.context.close()
