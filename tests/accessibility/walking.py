"""Looks at pages: each once for a person and a language, at one width after the other."""

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page

from accounts.models import User
from tests.accessibility.faults import bring_axe
from tests.accessibility.page_types import PageType

LANGUAGES = ("en", "fr")
WIDTHS = (1280, 360)
HEIGHT = 900


@dataclass(frozen=True)
class Look:
    """One page on the screen, in a language, at a width."""

    page: Page
    type: PageType
    language: str
    width: int

    def __str__(self):
        return f"{self.type.name} ({self.language}, {self.width} px, {self.type.address(self.language)})"


def looks(
    browser: Browser, base_url: str, types: Iterable[PageType], languages=LANGUAGES, widths=WIDTHS
) -> Iterator[Look]:
    """Go through the pages, person by person. A page that does not answer as it should stops the walk."""
    by_person = groupby(sorted(types, key=lambda one: one.who), key=lambda one: one.who)
    for who, theirs in [(who, list(pages)) for who, pages in by_person]:
        for language in languages:
            page = open_browser(browser, base_url, who, language)
            for one in theirs:
                yield from looks_at(page, one, language, widths)
            page.context.close()


def open_browser(browser: Browser, base_url: str, who: str, language: str) -> Page:
    """Open a browser in which somebody is signed in and has chosen a language, and nothing moves."""
    context = browser.new_context(base_url=base_url, reduced_motion="reduce")
    cookies = {settings.LANGUAGE_COOKIE_NAME: language}
    if who:
        client = Client()
        client.force_login(User.objects.get(email=who))
        cookies[settings.SESSION_COOKIE_NAME] = client.cookies[settings.SESSION_COOKIE_NAME].value
    bring_axe(context)
    context.add_cookies([{"name": name, "value": value, "url": base_url} for name, value in cookies.items()])
    return context.new_page()


def session_of(who: str) -> str:
    """Sign somebody in, just now: the pages that ask for the password again do not."""
    client = Client()
    client.force_login(User.objects.get(email=who))
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "password", "at": time.time(), "email": who}]
    session.save()
    return session.session_key


def looks_at(page: Page, one: PageType, language: str, widths) -> Iterator[Look]:
    page.set_viewport_size({"width": widths[0], "height": HEIGHT})
    response = page.goto(one.address(language))
    assert response.status == one.status, f"{one.name} at {one.address(language)} answers {response.status}"
    for width in widths:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        yield Look(page, one, language, width)
