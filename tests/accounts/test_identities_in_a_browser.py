"""The way to a provider and back as Chromium walks it, under the content policy."""

import copy
from urllib.parse import urlsplit

import pytest

from tests import factories
from tests.accounts.provider import origin

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser, pytest.mark.exhaustive]


@pytest.fixture
def page(browser, live_server, provider, settings):
    settings.SITE_URL = live_server.url
    provider["campus"].person |= {"email": "ada@campus.example", "email_verified": True}
    factories.make_user("ada@campus.example", name="Ada Martin")
    context = browser.new_context(base_url=live_server.url, locale="fr-FR")
    yield context.new_page()
    context.close()


def press_the_button(page):
    page.goto("/fr/accounts/login/?next=/fr/accounts/profile/")
    page.get_by_role("button", name="Continuer avec Université d’exemple").click()


def test_the_button_leads_to_the_provider_and_back_to_where_one_was_going(page, provider, settings):
    policy = copy.deepcopy(settings.CONTENT_SECURITY_POLICY)
    policy["DIRECTIVES"]["form-action"] = ["'self'", origin(provider["campus"])]
    settings.CONTENT_SECURITY_POLICY = policy
    press_the_button(page)
    page.wait_for_url(lambda url: urlsplit(url).path == "/fr/accounts/profile/")
    assert page.locator("[name=name]").input_value() == "Ada Martin"


def test_a_policy_that_does_not_name_it_stops_the_browser(page):
    said = []
    page.on("console", lambda message: said.append(message.text))
    press_the_button(page)
    page.wait_for_timeout(500)
    assert "/accounts/login/" in page.url and any("form-action" in line for line in said)
