"""Who takes part in a journey: each at a browser of their own, on one live site."""

import pytest
from django.core.cache import cache
from playwright.sync_api import expect

from tests.accessibility.walking import LOCALES
from tests.journeys.panel import Staff
from tests.journeys.people import Person

# Two busy cores are slow, not wrong.
expect.set_options(timeout=15_000)


@pytest.fixture(autouse=True)
def nobody_has_tried_yet():
    """Signing in is slowed down for those who try too often, and the count outlives a test."""
    cache.clear()


@pytest.fixture
def come(browser, live_server):
    """Bring somebody: `come("fr")`, `come("en", as_user=user)`, `come("en", Staff, as_user=user)`.

    `come("fr", scripts=False)` is somebody whose browser runs none.
    """
    people = []

    def bring(language: str, sort: type[Person] = Person, as_user=None, *, scripts: bool = True):
        context = browser.new_context(
            base_url=live_server.url,
            locale=LOCALES[language],
            reduced_motion="reduce",
            java_script_enabled=scripts,
        )
        somebody = sort(context, language)
        people.append(somebody)
        if as_user is not None:
            somebody.is_signed_in_as(as_user, live_server.url)
        return somebody

    yield bring
    errors = [error for somebody in people for error in somebody.errors]
    for somebody in people:
        somebody.context.close()
    assert not errors, f"the browser's console: {errors}"


@pytest.fixture
def come_staff(come):
    """Bring somebody to the admin panel."""
    return lambda language, as_user=None: come(language, Staff, as_user)
