"""The filters of a list in a browser: each tick acts at once, and the reader stays where they are; a sheet on a phone."""

import re

import pytest
from playwright.sync_api import expect

from chairs.enums import ChairStatus
from tests.accessibility.faults import axe, faults
from tests.factories import make_chair, make_cluster, make_institution

pytestmark = [pytest.mark.browser, pytest.mark.exhaustive, pytest.mark.django_db(transaction=True)]

PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 800}


@pytest.fixture
def chairs():
    for place in ("Alps", "Bay", "Coast"):
        cluster = make_cluster(slug=place.lower(), name=place)
        make_chair(ChairStatus.ACTIVE, title_en=f"Robots of {place}", cluster=cluster, with_pi=False)
    make_institution(name="One university")


def box(page, name):
    return page.get_by_role("checkbox", name=re.compile(f"^{name}"))


def test_a_tick_changes_the_list_at_once_and_the_reader_stays(page, chairs):
    page.set_viewport_size(DESK)
    page.goto("/en/chairs/?status=active")
    expect(page.get_by_role("button", name="Show the list")).to_be_hidden()
    page.evaluate("window.scrollTo(0, 120)")
    page.evaluate("window.staysTheSamePage = true")
    box(page, "Alps").focus()
    page.keyboard.press("Space")
    expect(page.locator("#found h2")).to_have_text("1 chair")
    expect(page.get_by_role("status").filter(has_text="1 chair")).to_have_count(1)
    expect(box(page, "Alps")).to_be_focused()
    expect(box(page, "Bay")).not_to_be_checked()
    assert page.evaluate("window.staysTheSamePage && window.scrollY") == 120
    expect(page).to_have_url(
        re.compile(r"/en/chairs/\?cluster=alps&status=active$|/en/chairs/\?status=active&cluster=alps$")
    )
    expect(page.locator(".active-filters")).to_contain_text("Alps")
    assert "cluster=alps" in page.locator("#languages a").get_attribute("href")
    box(page, "Bay").check()
    expect(page.locator("#found h2")).to_have_text("2 chairs")
    page.go_back()
    expect(page.locator("#found h2")).to_have_text("1 chair")
    expect(box(page, "Alps")).to_be_checked()
    expect(box(page, "Bay")).not_to_be_checked()


def test_the_order_and_words_change_the_list_too(page, chairs):
    page.set_viewport_size(DESK)
    page.goto("/en/institutions/")
    page.evaluate("window.staysTheSamePage = true")
    page.get_by_role("searchbox").fill("nobody")
    page.get_by_role("searchbox").press("Enter")
    expect(page.locator("#found")).to_contain_text("No institution matches this search.")
    page.goto("/en/chairs/?status=active")
    page.get_by_label("Order").select_option("newest")
    expect(page).to_have_url(re.compile("sort=newest"))


def test_on_a_phone_the_filters_are_a_sheet_over_the_list(page, chairs):
    page.emulate_media(reduced_motion="reduce")
    page.set_viewport_size(PHONE)
    page.goto("/en/chairs/?status=active")
    expect(box(page, "Alps")).to_be_hidden()
    page.get_by_role("button", name="Filters (1)").click()
    box(page, "Alps").check()
    expect(page.locator("#filters-chosen")).to_have_text(" (2)")
    expect(box(page, "Alps")).to_be_visible()
    page.evaluate(axe())
    assert not faults(page)
    page.get_by_role("button", name="Show the list").click()
    expect(box(page, "Alps")).to_be_hidden()
    expect(page.locator("#found h2")).to_have_text("1 chair")
    page.get_by_role("button", name="Filters (2)").click()
    page.keyboard.press("Escape")
    expect(box(page, "Alps")).to_be_hidden()


@pytest.mark.parametrize("size", [PHONE, DESK])
def test_without_scripts_a_button_stands_where_the_ticks_are(browser, live_server, chairs, size):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False, viewport=size)
    page = context.new_page()
    page.goto("/en/chairs/?status=active")
    if size is PHONE:
        page.get_by_role("button", name="Filters (1)").click()
    box(page, "Alps").check()
    expect(page.get_by_role("button", name="Show the list")).to_be_in_viewport()
    page.get_by_role("button", name="Show the list").click()
    expect(page).to_have_url(re.compile("cluster=alps"))
    expect(page.locator("#found h2")).to_have_text("1 chair")
    context.close()


def test_where_the_list_cannot_be_brought_the_button_comes_back(browser, live_server, chairs):
    context = browser.new_context(base_url=live_server.url, viewport=DESK)
    page = context.new_page()
    page.goto("/en/chairs/?status=active")
    page.route("**/chairs/?*", lambda route: route.abort())
    box(page, "Alps").check()
    expect(page.get_by_role("button", name="Show the list")).to_be_visible()
    context.close()
