"""The language of the page, mail or document that is being written."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings
from django.utils.translation import get_language, override

Said = TypeVar("Said")


def reader_language() -> str:
    """Return the active language without its region: “fr” for “fr-be”; English if none is active."""
    return (get_language() or "en").split("-")[0]


def site_languages() -> list[tuple[str, Any]]:
    """Return the site's languages with their names. As a function, it keeps them out of the migrations."""
    return settings.LANGUAGES


def in_each_language(say: Callable[[], Said]) -> dict[str, Said]:
    """Return what `say` returns in each language of the site, to be kept for readers of all of them."""
    found = {}
    for code, _name in site_languages():
        with override(code):
            found[code] = say()
    return found


def main_language() -> str:
    """Return the default language, for people who have not chosen one."""
    return settings.PROGRAMME.main


# The languages that records have columns for. The site's pages may be in more.
CONTENT_LANGUAGES: tuple[str, ...] = settings.MODELTRANSLATION_LANGUAGES


def content_language() -> str:
    """Return the language of the content to show: the reader's, or the first content language if it has no columns."""
    here = reader_language()
    return here if here in CONTENT_LANGUAGES else CONTENT_LANGUAGES[0]


def columns_of(*names: str) -> list[str]:
    """Return the columns of translated fields, for `only()`: columns_of("title") is title_en, title_fr."""
    return [f"{name}_{code}" for name in names for code in CONTENT_LANGUAGES]


def number_locale() -> str:
    """Return Babel's locale for numbers. English is British (€160k, €1.5m)."""
    return "fr" if is_french() else "en_GB"


def is_french() -> bool:
    return reader_language() == "fr"
