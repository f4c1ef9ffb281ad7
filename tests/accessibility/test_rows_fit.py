"""The rows of the panel's forms show all their columns on a screen of 1280 pixels: nobody scrolls to find a column."""

import pytest
from django.urls import reverse

from sponsorships.models import Agreement
from tests.accessibility.walking import HEIGHT, LANGUAGES, open_browser

pytestmark = [pytest.mark.browser, pytest.mark.exhaustive]
MANAGER = "manager.postgenai-paris@example.org"
BEYOND = """() => [...document.querySelectorAll(".inline-group:has(.tabular)")]
  .filter((group) => group.scrollWidth > group.clientWidth + 1)
  .map((group) => `${group.id}: ${group.scrollWidth} of ${group.clientWidth}`)"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_column_of_the_rows_is_seen_at_once(demonstration, live_server, browser, language):
    draft = Agreement.objects.filter(status="draft").first()
    page = open_browser(browser, live_server.url, MANAGER, language)
    page.set_viewport_size({"width": 1280, "height": HEIGHT})
    for address in (
        reverse("admin:partners_partner_add"),
        reverse("admin:sponsorships_agreement_change", args=[draft.pk]),
    ):
        assert page.goto(address).status == 200
        assert page.locator(".tabular").count(), address
        assert page.evaluate(BEYOND) == [], address
    page.context.close()
