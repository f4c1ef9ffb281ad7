"""What languages are called, by Unicode's CLDR: Django knows a hundred of them, and raises for the others."""

from functools import lru_cache

from babel.core import Locale


@lru_cache(maxsize=100)
def called_by_itself(code: str) -> str:
    """Return what a language calls itself, with a capital: “Français”."""
    return str(Locale.parse(code, sep="-").get_display_name()).capitalize()


def named_in(language: str, code: str) -> str:
    """Return what a language calls another, in the middle of a sentence: “French”, “français”."""
    return str(Locale.parse(language, sep="-").languages.get(code, code))
