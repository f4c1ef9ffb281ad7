"""Addresses of records' pages. A page of a list has a hundred of them, and finding the pattern of each takes Django longest."""

from functools import cache

from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils.translation import get_language

# A slug that no record has: where it stands in an address, theirs will.
PLACE = "--{}--"


def address_of(page: str, *slugs: str) -> str:
    """Return the address of a page, in the active language, whose arguments are all slugs, or keys in the panel. As `reverse`, but sooner."""
    parts = _parts(page, len(slugs), get_language(), get_urlconf(), get_script_prefix())
    return "".join(word for pair in zip(parts, (*slugs, ""), strict=True) for word in pair)


@cache
def _parts(page: str, number: int, language: str, urlconf: str, prefix: str) -> list[str]:
    """Return what stands before, between and after the slugs."""
    places = [PLACE.format(one) for one in range(number)]
    rest, parts = reverse(page, args=places), []
    for place in places:
        before, rest = rest.split(place)
        parts.append(before)
    return [*parts, rest]
