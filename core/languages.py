"""The language in which the page, the mail or the document is being written."""

from django.conf import settings
from django.utils.translation import get_language


def reader_language() -> str:
    """Return the code of the active language without its region: “fr” for “fr-be”; English where none is active."""
    return (get_language() or "en").split("-")[0]


def columns_of(*names: str) -> list[str]:
    """Return the columns in which translated fields are kept, for `only()`: columns_of("title") is title_en, title_fr."""
    return [f"{name}_{code}" for name in names for code, _language in settings.LANGUAGES]


def number_locale() -> str:
    """Return the locale of numbers for Babel: our English is British (€160k, €1.5m)."""
    return "fr" if is_french() else "en_GB"


def is_french() -> bool:
    return reader_language() == "fr"
