"""The names of languages, from Unicode's CLDR: Django knows about a hundred, and raises KeyError for others."""

from functools import lru_cache

from babel.core import Locale


@lru_cache(maxsize=100)
def called_by_itself(code: str) -> str:
    """Return a language's name in that language, capitalised: “Français”."""
    return str(Locale.parse(code, sep="-").get_display_name()).capitalize()


def named_in(language: str, code: str) -> str:
    """Return the name of the language `code` in `language`, as within a sentence: “French”, “français”."""
    return str(Locale.parse(language, sep="-").languages.get(code, code))
