"""Without scripts, somebody subscribes to a search in French, is told what it newly finds, and ends it."""

import datetime
import re

import pytest
from django.conf import settings
from django.core import mail as outgoing
from django.utils import timezone
from playwright.sync_api import expect

from lists.alerts import send_due
from lists.models import SearchAlert
from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.exhaustive]
READER = "lectrice@example.org"
PHONE = {"width": 360, "height": 780}


def test_a_search_is_subscribed_to_and_ended_with_javascript_off(browser, live_server, search_index):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    page.goto("/fr/chairs/?q=glaciers")
    page.get_by_text("Emporter cette liste").click()
    page.get_by_role("link", name="Alertes par e-mail").click()
    page.get_by_label("Votre adresse e-mail").fill(READER)
    page.get_by_role("button", name="Envoyez-moi le lien").click()
    expect(page.locator(".lede")).to_contain_text("est en route")
    page.goto(first_link())
    page.get_by_role("button", name="Oui, envoyez-moi les alertes").click()
    expect(page.locator(".lede")).to_contain_text("Vous serez averti")

    factories.make_chair("active", title_fr="Glaciers des Alpes", title_en="Glaciers of the Alps")
    assert send_due(timezone.localdate() + datetime.timedelta(days=1)) == 1
    page.goto(first_link())
    expect(page.locator("h1")).to_have_text("Glaciers des Alpes")
    page.goto(outgoing.outbox[-1].extra_headers["List-Unsubscribe"].strip("<>").removeprefix(settings.SITE_URL))
    page.get_by_role("button", name="Mettre fin à cette alerte").click()
    expect(page.locator(".lede")).to_contain_text("Cette alerte a pris fin")
    assert not SearchAlert.objects.exists()
    context.close()


def first_link() -> str:
    """Return where the first address in the last mail leads."""
    assert outgoing.outbox[-1].to == [READER]
    return re.search(rf"^{re.escape(settings.SITE_URL)}(/\S+)$", outgoing.outbox[-1].body, re.MULTILINE)[1]
