"""The national programme that this site is for: its country, its languages, the names of its clusters and grants.

It is stated at the top of the clusters' file, data/clusters.json or PROGRAMME_FILE, so that one file makes a site
for another country (docs/another-programme.md).
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from babel.core import Locale, UnknownLocaleError, get_global
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import get_language

from config.environment import read

# The language of the code: shown where a catalogue has no translation, or a record no text in another language.
WRITTEN_IN = "en"
LANGUAGE, COUNTRY = re.compile(r"[a-z]{2}"), re.compile(r"[A-Z]{2}")


@dataclass(frozen=True)
class Programme:
    # The country's codes of two letters, and of three, which open-data catalogues use.
    country: str
    country_in_three: str
    # In display order. `main` is the default language of accounts and mails.
    languages: tuple[str, ...]
    main: str
    time_zone: str
    # By language, the name of all clusters in sentences: a plural without article, “France’s AI clusters”.
    clusters: Mapping[str, str]
    # The name under which the State awards the grants.
    funding: str

    def __str__(self) -> str:
        """Return the name of the clusters in the reader's language."""
        return self.named(get_language() or WRITTEN_IN)

    def named(self, language: str) -> str:
        return self.clusters.get(language) or self.clusters[WRITTEN_IN]

    def country_named(self) -> str:
        """Return the country's name in the reader's language."""
        return Locale.parse(get_language() or WRITTEN_IN, sep="-").territories.get(self.country, self.country)


def programme(default: Path) -> Programme:
    """Return the programme that the file states. Raise ImproperlyConfigured, with a sentence, for a missing or invalid value."""
    path = programme_file(default)
    try:
        stated = json.loads(path.read_text("utf-8"))["programme"]
        if not isinstance(stated, dict):
            raise TypeError
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ImproperlyConfigured(
            f"PROGRAMME_FILE, {path}, must be JSON with an object “programme” ({type(error).__name__})."
        ) from error
    languages = _languages(path, stated)
    main = _text(path, stated, "main_language")
    if main not in languages:
        raise _refused(path, "main_language", "one of its languages")
    names = stated.get("clusters_named")
    if (
        not isinstance(names, dict)
        or not names.get(WRITTEN_IN)
        or not all(isinstance(one, str) for one in names.values())
    ):
        raise _refused(path, "clusters_named", f"names by language, “{WRITTEN_IN}” among them")
    country = _text(path, stated, "country")
    return Programme(
        country=country,
        country_in_three=_in_three(path, stated, country),
        languages=languages,
        main=main,
        time_zone=_time_zone(path, stated),
        clusters=names,
        funding=_text(path, stated, "funding"),
    )


def programme_file(default: Path) -> Path:
    """Return the absolute path of the file of the programme and its clusters."""
    return Path(read("str", "PROGRAMME_FILE", default=str(default))).absolute()


def _languages(path: Path, stated: dict[str, Any]) -> tuple[str, ...]:
    languages = stated.get("languages")
    what = f"languages by their two letters, “{WRITTEN_IN}” among them, each once"
    if not isinstance(languages, list) or WRITTEN_IN not in languages or len({*map(str, languages)}) < len(languages):
        raise _refused(path, "languages", what)
    for one in languages:
        try:
            if not LANGUAGE.fullmatch(str(one)):
                raise ValueError
            Locale.parse(one)
        except (ValueError, UnknownLocaleError) as error:
            raise _refused(path, "languages", what) from error
    return tuple(languages)


def _in_three(path: Path, stated: dict[str, Any], country: str) -> str:
    """Return the three-letter code. Raise ImproperlyConfigured unless CLDR knows it for the same country."""
    three = _text(path, stated, "country_in_three")
    if not COUNTRY.fullmatch(country) or country not in (get_global("territory_aliases").get(three) or ()):
        raise _refused(
            path, "country", "two letters of ISO 3166-1, and “country_in_three” the three of the same country"
        )
    return three


def _time_zone(path: Path, stated: dict[str, Any]) -> str:
    name = _text(path, stated, "time_zone")
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise _refused(path, "time_zone", "such as Europe/Paris") from error
    return name


def _text(path: Path, stated: dict[str, Any], name: str) -> str:
    value = stated.get(name)
    if not isinstance(value, str) or not value.strip():
        raise _refused(path, name, "a text")
    return value


def _refused(path: Path, name: str, what: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"PROGRAMME_FILE, {path}: “{name}” of its programme must be {what}.")
