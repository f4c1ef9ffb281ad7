"""The language in which the page, the mail or the document is being written."""

from typing import Any

from django.conf import settings
from django.utils.translation import get_language


def reader_language() -> str:
    """Return the code of the active language without its region: “fr” for “fr-be”; English where none is active."""
    return (get_language() or "en").split("-")[0]


def site_languages() -> list[tuple[str, Any]]:
    """Return the languages of the site with their names, for fields: as a function, so that another needs no migration."""
    return settings.LANGUAGES


def main_language() -> str:
    """Return the language of whoever has not chosen one."""
    return settings.PROGRAMME.main


# Those that records have columns for: the site may be read in more.
CONTENT_LANGUAGES: tuple[str, ...] = settings.MODELTRANSLATION_LANGUAGES


def content_language() -> str:
    """Return in which language a reader is shown what has a column for each: theirs, or English where theirs has none."""
    here = reader_language()
    return here if here in CONTENT_LANGUAGES else CONTENT_LANGUAGES[0]


def columns_of(*names: str) -> list[str]:
    """Return the columns in which translated fields are kept, for `only()`: columns_of("title") is title_en, title_fr."""
    return [f"{name}_{code}" for name in names for code in CONTENT_LANGUAGES]


def number_locale() -> str:
    """Return the locale of numbers for Babel: our English is British (€160k, €1.5m)."""
    return "fr" if is_french() else "en_GB"


def is_french() -> bool:
    return reader_language() == "fr"
