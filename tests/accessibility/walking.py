"""Looks at pages: each once for a person and a language, at one width after the other."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Page

from demo.cast import PASSWORD
from tests.accessibility.faults import bring_axe
from tests.accessibility.page_types import PageType

LANGUAGES = ("en", "fr")
LOCALES = {"en": "en-GB", "fr": "fr-FR"}
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
    """Go through the pages, person by person. A page that does not answer as it should, or whose script fails, stops the walk."""
    by_person = groupby(sorted(types, key=lambda one: one.who), key=lambda one: one.who)
    for who, theirs in [(who, list(pages)) for who, pages in by_person]:
        for language in languages:
            page, errors = open_browser(browser, base_url, who, language), []
            page.on("pageerror", lambda error, errors=errors: errors.append(error))
            for one in theirs:
                yield from looks_at(page, one, language, widths)
                assert not errors, f"a script fails on {one.name} at {page.url}: {errors}"
            page.context.close()


def open_browser(browser: Browser, base_url: str, who: str, language: str, password: str = PASSWORD) -> Page:
    """Open a browser in which somebody is signed in and has chosen a language, and nothing moves."""
    context = browser.new_context(base_url=base_url, locale=LOCALES[language], reduced_motion="reduce")
    cookies = {settings.LANGUAGE_COOKIE_NAME: language}
    if who:
        cookies[settings.SESSION_COOKIE_NAME] = session_of(who, password)
    bring_axe(context)
    context.add_cookies([{"name": name, "value": value, "url": base_url} for name, value in cookies.items()])
    return context.new_page()


def session_of(who: str, password: str = PASSWORD) -> str:
    """Sign somebody in as a person does (a page lists the sign-ins) who has just given the password again (some ask)."""
    client = Client(headers={"user-agent": "A browser"})
    client.post(reverse("account_login"), {"login": who, "password": password})
    assert client.session.get(SESSION_KEY), f"{who} is not signed in"
    client.post(reverse("account_reauthenticate"), {"password": password})
    return client.session.session_key


def looks_at(page: Page, one: PageType, language: str, widths) -> Iterator[Look]:
    page.set_viewport_size({"width": widths[0], "height": HEIGHT})
    address = one.address(language)
    response = page.goto(address)
    assert response.status == one.status, f"{one.name} at {address} answers {response.status}"
    assert page.url.endswith(address), f"{one.name} at {address} leads to {page.url}"
    for width in widths:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        yield Look(page, one, language, width)
