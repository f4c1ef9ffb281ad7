"""Addresses of records' pages. A page of a list has a hundred of them, and finding the pattern of each takes Django longest."""

from collections.abc import Callable
from functools import cache

from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils.translation import get_language

# A slug that no record has: where it stands in an address, theirs will.
PLACE = "--{}--"


def address_of(page: str, *slugs: str) -> str:
    """Return the address of a page, in the active language, whose arguments are all slugs, or keys in the panel.

    As `reverse`, but sooner.
    """
    return addresses_of(page, len(slugs))(*slugs)


def addresses_of(page: str, number: int) -> Callable[..., str]:
    """Return a function that gives the addresses of a page, in the active language, from so many slugs: for a whole list."""
    return _writer(page, number, get_language(), get_urlconf(), get_script_prefix())


@cache
def _writer(page: str, number: int, language: str, urlconf: str, prefix: str) -> Callable[..., str]:
    places = [PLACE.format(one) for one in range(number)]
    address = reverse(page, args=places).replace("{", "{{").replace("}", "}}")
    for place in places:
        address = address.replace(place, "{}")
    return address.format
