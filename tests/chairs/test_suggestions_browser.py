"""The suggestions in a browser: by keyboard, out of the way when left, and the form the same without them."""

import re

import pytest
from playwright.sync_api import expect

from chairs.enums import ChairStatus
from tests.factories import make_appointment, make_chair, make_person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def chairs():
    make_appointment(
        make_chair(ChairStatus.ACTIVE, title_en="Avalanches of snow", slug="avalanches", with_pi=False),
        person=make_person(name="Ada Avalon"),
    )
    make_chair(ChairStatus.ACTIVE, title_en="Radar", with_pi=False)


@pytest.fixture(params=["/en/chairs/", "/en/"])
def field(request, page, chairs):
    page.goto(request.param)
    return page.get_by_role("searchbox")


def test_suggestions_are_reached_and_closed_by_keyboard(page, field):
    field.press_sequentially("aval")
    first, second = page.locator("#suggestions a").first, page.get_by_role("link", name="Ada Avalon")
    expect(second).to_be_visible()
    expect(page.get_by_text("2 suggestions under the field")).to_have_attribute("role", "status")
    field.press("ArrowDown")
    expect(first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(second).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(field).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#suggestions a")).to_have_count(0)
    expect(field).to_have_value("aval")
    field.press_sequentially("a")
    expect(first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/avalanches/$"))


def test_nothing_is_asked_below_three_letters_and_leaving_closes(page, field):
    asked = []
    page.on("request", lambda request: asked.append(request.url) if "suggestions" in request.url else None)
    field.press_sequentially("av")
    page.wait_for_timeout(600)
    assert not asked
    field.press_sequentially("al")
    expect(page.locator("#suggestions a")).to_have_count(2)
    assert len(asked) == 1
    page.get_by_role("button", name="Search").focus()
    expect(page.locator("#suggestions a")).to_have_count(0)
    field.press("Enter")
    expect(page).to_have_url(re.compile(r"/en/chairs/\?q=aval"))


def test_the_form_works_without_javascript(browser, live_server, chairs):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/en/chairs/")
    page.get_by_role("searchbox").fill("avalanche")
    page.get_by_role("searchbox").press("Enter")
    expect(page.get_by_role("heading", name="Avalanches of snow")).to_be_visible()
    context.close()


def test_filters_are_folded_on_a_phone_only_and_kept_across_new_words(browser, live_server, chairs):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto("/en/chairs/?status=active")
    box = page.get_by_role("checkbox", name=re.compile("^Running"))
    expect(box).not_to_be_visible()
    page.get_by_text("Filters (1)").click()
    expect(box).to_be_checked()
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto("/en/chairs/?status=active")
    expect(box).to_be_visible()
    page.get_by_role("searchbox").fill("radar")
    page.get_by_role("searchbox").press("Enter")
    expect(page).to_have_url(re.compile(r"q=radar.*&status=active"))
    expect(page.get_by_role("heading", name="Radar")).to_be_visible()
    context.close()
