"""French writes « de Zoé » and « d’Anna », « que Renault » and « qu’Airbus »: which one, only the name that is filled in tells."""

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import trans_real

from core.typography import elides

# A word that loses its vowel, the tags after it (« de <strong> »), and the placeholder of what follows.
ELIDED = re.compile(r"\b((?:lors|puis|jus)?qu|[dlns])(?:e|(?<=l)a)[ \u00a0]((?:<[^<>]*>)*)%\((\w+)\)s", re.IGNORECASE)


class ElidingText(str):
    """A translation in which a word loses its vowel before a placeholder whose value begins with one."""

    __slots__ = ()

    def __mod__(self, values: Any) -> str:
        if not isinstance(values, Mapping):
            return super().__mod__(values)
        return ELIDED.sub(lambda found: _elided(found, values), self) % values


def _elided(found: re.Match, values: Mapping) -> str:
    word, tags, name = found.groups()
    return f"{word}’{tags}%({name})s" if elides(str(values[name])) else found[0]


class Translation(trans_real.DjangoTranslation):
    """Django's catalogue of a language, whose French sentences elide."""

    def __init__(self, language: str, *args: Any, **options: Any) -> None:
        super().__init__(language, *args, **options)
        if language.split("-")[0] == "fr":
            for catalogue in self._catalog._catalogs:
                catalogue.update(_eliding(catalogue))


def _eliding(catalogue: Mapping[Any, str]) -> dict[Any, ElidingText]:
    return {key: ElidingText(text) for key, text in catalogue.items() if ELIDED.search(text)}


def teach_elision() -> None:
    """Make every French sentence elide, wherever it is filled in: in code, templates, mails and documents.

    It patches Django's own module, which creates the catalogue of a language when it is first needed.
    """
    trans_real.DjangoTranslation = Translation  # type: ignore[misc]
