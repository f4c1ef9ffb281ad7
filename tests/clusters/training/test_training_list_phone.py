"""On a phone, whoever searches sees at once how many programmes there are."""

import pytest
from django.urls import reverse
from django.utils import translation

from tests.factories import make_cluster, make_training

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("search_index")]
PHONE = {"width": 360, "height": 740}


def test_the_count_is_in_sight(page):
    programme = make_training(make_cluster(), level="master")
    page.set_viewport_size(PHONE)
    with translation.override("fr"):  # the longer texts
        address = reverse("clusters:training_list")
    page.goto(address)
    assert page.locator(".lede").is_visible()
    page.goto(f"{address}?q=master")
    count = page.locator("#found h2").first
    assert page.get_by_role("link", name=programme.name_fr).count() == 1
    assert count.bounding_box()["y"] + count.bounding_box()["height"] < PHONE["height"]
