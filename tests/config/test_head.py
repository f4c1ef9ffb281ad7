"""The head of every page, in a browser without JavaScript: folded on a phone, open on a wide screen."""

import pytest
from django.conf import settings

from tests.factories import make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("search_index")]


@pytest.fixture
def open_page(browser, live_server):
    """Return a function that opens a page in a window so wide, without JavaScript."""
    contexts = []

    def open_page(address, width, session=""):
        size = {"width": width, "height": 740}
        contexts.append(browser.new_context(base_url=live_server.url, viewport=size, java_script_enabled=False))
        if session:
            cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}
            contexts[-1].add_cookies([cookie])
        page = contexts[-1].new_page()
        page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.parametrize(("language", "people"), [("en", "People"), ("fr", "Personnes")])
def test_on_a_phone_the_ways_fold_into_one_line_and_open_by_keyboard(open_page, language, people):
    page = open_page(f"/{language}/people/", 360)
    link = page.locator("header").get_by_role("link", name=people)
    assert page.locator("header").bounding_box()["height"] < 70
    assert not link.is_visible()
    page.get_by_text("Menu", exact=True).focus()
    page.locator("header summary").press("Enter")
    assert link.is_visible()
    link.click()
    assert page.url.endswith(f"/{language}/people/")


def test_on_a_wide_screen_they_stand_open_in_one_line(open_page):
    page = open_page("/en/people/", 1280)
    assert page.locator("header").get_by_role("link", name="Chairs").is_visible()
    assert not page.locator("header summary").is_visible()
    assert page.locator("header").bounding_box()["height"] < 70


@pytest.mark.parametrize("language", ["en", "fr"])
def test_they_stand_in_one_line_for_somebody_signed_in_too(open_page, client, language):
    client.force_login(make_user())
    page = open_page(f"/{language}/people/", 1280, client.session.session_key)
    assert page.locator("header").get_by_role("button").is_visible()
    assert page.locator("header").bounding_box()["height"] < 70
