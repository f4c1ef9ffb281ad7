"""A chair's page on paper: what it says, without what only a screen can use."""

import pytest

from chairs.enums import ChairStatus
from tests.factories import make_chair

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def address():
    return make_chair(ChairStatus.ACTIVE, title_en="Robots").get_absolute_url()


def test_forms_are_left_out_and_answers_stay(page, address):
    page.emulate_media(media="print")
    page.goto(address)
    assert page.get_by_role("heading", name="Robots").is_visible()
    assert not page.locator("#on").is_visible()
    assert not page.locator("#on-a-date").is_visible()
    page.goto(f"{address}?on=2020-01-01")
    assert page.locator("#on-a-date").is_visible() and not page.locator("#on").is_visible()
