"""The filters (facets) of a list: the labels and order of their values, and how they are read from a URL.

Values of one filter are alternatives (or); several filters narrow the list (and). `core.sets` knows which records have
a value, under a name made of the filter and the key, such as “cluster=3”.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import cached_property

# A slug, or the slugs of a cluster and its theme. Other values are not looked up.
ADDRESS = re.compile(r"[-a-zA-Z0-9_]{1,100}(/[-a-zA-Z0-9_]{1,100})?")
# More than anybody ticks; further values are ignored.
MAX_VALUES = 50
YES = "1"
OTHER_WAYS_TO_SAY_YES = ("true", "yes", "on")


@dataclass(frozen=True)
class Choice:
    """One value of a facet: its text in the URL, its label, and its key."""

    value: str
    label: str
    key: object
    count: int = 0
    is_chosen: bool = False
    # Applied by default, without having been chosen.
    is_shown: bool = False


@dataclass(frozen=True)
class Choices:
    """All values of a facet in one language, in display order."""

    every: list[Choice]

    @cached_property
    def by_value(self) -> dict[str, Choice]:
        return {choice.value: choice for choice in self.every}

    @cached_property
    def by_key(self) -> dict[object, Choice]:
        return {choice.key: choice for choice in self.every}


class Facet:
    """A filter of a list. `name` is its parameter in the URL."""

    # The tables from which the choices are made.
    tables: tuple[str, ...] = ()

    def __init__(self, name: str, label: str):
        self.name = name
        self.label = label

    def choices(self) -> Choices:
        """Return all values, labelled in the reader's language."""
        return Choices(list(self._every()))

    def find(self, values: list[str], known: Choices) -> dict[str, Choice]:
        """Return the choice for each known value of a URL."""
        found = {value: known.by_value[value] for value in values if value in known.by_value}
        return found | self._found_otherwise([value for value in values if value not in found], known)

    def asked(self, keys: Iterable[object]) -> list[str]:
        """Return the names under which `core.sets` has the values with these keys."""
        return [f"{self.name}={key}" for key in keys]

    def _every(self) -> Iterator[Choice]:
        raise NotImplementedError

    def _found_otherwise(self, values: list[str], known: Choices) -> dict[str, Choice]:
        return {}


class ChoicesFacet(Facet):
    """A facet whose values come from an enumeration, in its order."""

    def __init__(self, name: str, label: str, values: Iterable[TextChoices]):
        super().__init__(name, label)
        self.values = list(values)

    def _every(self):
        return (Choice(str(value.value), str(value.label), str(value.value)) for value in self.values)


class YesFacet(Facet):
    """A facet of one checkbox."""

    def __init__(self, name: str, label: str, box: str):
        super().__init__(name, label)
        self.box = box

    def _every(self):
        yield Choice(YES, str(self.box), YES)

    def _found_otherwise(self, values, known):
        return {value: known.by_key[YES] for value in values if value in OTHER_WAYS_TO_SAY_YES}
