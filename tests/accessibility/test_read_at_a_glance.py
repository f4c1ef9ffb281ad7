"""How pages look where a look decides: a date has its own line, no address is cut in a word, a wide table shows that it goes on."""

import datetime

import pytest
from django.utils import timezone

from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.exhaustive, pytest.mark.django_db(transaction=True)]

PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 800}
LEFT = "element => element.getBoundingClientRect().left"
LINES = "element => element.getClientRects().length"
WRAP = "element => getComputedStyle(element).overflowWrap"
SHADOWS = "element => getComputedStyle(element).backgroundImage.split('gradient(').length - 1"


def test_the_day_to_apply_by_stands_below_the_name_whatever_its_length(page):
    soon = timezone.localdate() + datetime.timedelta(days=30)
    factories.make_training(name_en="AI", apply_by=soon)
    page.set_viewport_size(DESK)
    page.goto("/en/training/")
    assert page.locator(".apply-by").evaluate(LEFT) == page.locator("#found h3").evaluate(LEFT)


def test_no_address_of_the_api_is_cut_in_a_word_on_a_phone(page):
    page.set_viewport_size(PHONE)
    page.goto("/en/data/")
    names = page.locator("th a span")
    assert names.count() > 8
    assert {name.evaluate(LINES) for name in names.all()} == {1}
    # The same for what any row of a table is about: the day of a signed head was cut in its month.
    assert page.locator("tbody th").first.evaluate(WRAP) == "break-word"


@pytest.mark.parametrize(
    ("address", "table"), [("/fr/data/", ".table-responsive"), ("/en/clusters/compare/", ".figures-table")]
)
def test_a_wide_table_shows_on_a_phone_that_it_goes_on(page, address, table):
    factories.make_cluster()
    page.set_viewport_size(PHONE)
    page.goto(address)
    first = page.locator(table).first
    assert first.evaluate("element => element.scrollWidth > element.clientWidth")
    assert first.evaluate(SHADOWS) == 4


def test_a_dot_between_two_sources_touches_neither(page):
    for name in ("one", "two"):
        factories.make_cluster(public_grant=1_000, public_grant_source=f"https://{name}.example.org/")
    page.goto("/en/clusters/")
    dot = page.locator(".by-dots li + li").first
    gaps = (
        "element => ['marginLeft', 'marginRight'].map(side => parseFloat(getComputedStyle(element, '::before')[side]))"
    )
    assert min(dot.evaluate(gaps)) > 0
