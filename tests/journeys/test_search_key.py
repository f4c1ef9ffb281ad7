"""The key that leads to the panel's search can be turned off, as WCAG 2.1.4 asks of a key that acts alone."""

import pytest
from django.urls import reverse

from tests import factories

pytestmark = pytest.mark.browser


@pytest.fixture
def manager(transactional_db):
    return factories.make_staff(factories.make_cluster(name="IA Rive Gauche"), "manager")


def is_in_the_field(page) -> bool:
    return page.evaluate("document.activeElement.id") == "one-box"


def test_the_key_leads_to_the_search_until_it_is_turned_off(come_staff, manager):
    staff = come_staff("en", as_user=manager)
    page = staff.page
    staff.open(reverse("admin:index"))
    page.keyboard.press("/")
    assert is_in_the_field(page)

    page.keyboard.press("Enter")
    page.get_by_label("the key / leads to this search").uncheck()
    assert page.locator("#one-box").get_attribute("aria-keyshortcuts") is None
    staff.open(reverse("admin:index"))
    page.keyboard.press("/")
    assert not is_in_the_field(page)
    assert page.locator("#one-box").get_attribute("aria-keyshortcuts") is None

    staff.open(reverse("admin:search"))
    page.get_by_label("the key / leads to this search").check()
    staff.open(reverse("admin:index"))
    page.keyboard.press("/")
    assert is_in_the_field(page)
