import pytest
from playwright.sync_api import expect


@pytest.mark.browser(quick=True)
def test_the_sign_in_page_is_styled_and_takes_the_keyboard_to_its_field(page):
    page.goto("/en/accounts/login/")
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    assert page.evaluate("getComputedStyle(document.body).margin") == "0px", "the style sheets did not load"
