"""The clusters side by side on paper: a sheet does not scroll, so the table is no wider than it."""

import pytest
from django.urls import reverse

from tests.factories import make_cluster

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("search_index")]
# A4 with the margins that browsers leave.
SHEET = {"width": 718, "height": 1000}


def test_the_table_is_no_wider_than_the_sheet(page):
    make_cluster(name="A cluster with a long name", public_grant=75_000_000)
    page.set_viewport_size(SHEET)
    page.goto(reverse("chairs:compare_clusters"))
    wide = "document.documentElement.scrollWidth"
    page.emulate_media(media="print")
    assert page.locator(".compared tbody tr").count() == 1 and page.evaluate(wide) <= SHEET["width"]
