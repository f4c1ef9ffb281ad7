"""The countries of ISO 3166-1 by code: their names in the reader's language, and their places on the map.

Names are Babel's (Unicode's CLDR). A country's place is the middle of its largest part in Natural Earth's shapes; for
the fourteen without a shape, that of its place names.
"""

import csv
from functools import cache
from pathlib import Path

from babel import Locale
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from collaborations.projection import place_of
from core.languages import reader_language
from core.text import name_key

TABLE = Path(__file__).with_name("countries.csv")


@cache
def places() -> dict[str, tuple[float, float]]:
    """Return each country's place on the drawing of the world, from its left and upper edges."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {row["country"]: place_of(float(row["latitude"]), float(row["longitude"])) for row in rows}


def name_of(code: str) -> str:
    """Return the name of a country in the reader's language; an unknown code is returned unchanged."""
    return name_in(reader_language(), code)


def name_in(language: str, code: str) -> str:
    """Return the name of a country in a language; an unknown code is returned unchanged."""
    return _names(language).get(code, code)


def countries_by_name() -> list[tuple[str, str]]:
    """Return each country's code and name, in the reader's alphabetical order."""
    return sorted(_names(reader_language()).items(), key=lambda one: name_key(one[1]))


def validate_country(code: str) -> None:
    """Raise ValidationError if the code is not a country of ISO 3166-1."""
    if code not in places():
        raise ValidationError(_("“%(code)s” is not the code of a country.") % {"code": code}, code="no_country")


def validate_countries(codes: object) -> None:
    """Raise ValidationError if the value is not a list of country codes."""
    if not isinstance(codes, list) or not all(isinstance(code, str) for code in codes):
        raise ValidationError(_("A list of countries is expected here."), code="no_list")
    for code in codes:
        validate_country(code)


@cache
def _names(language: str) -> dict[str, str]:
    territories = Locale(language).territories
    return {code: territories[code] for code in places()}
