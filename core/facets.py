"""The filters of a list: what their values are called, in which order they stand, and what an address means by them.

Within a filter, values add up (one or the other); between filters, they narrow (one and the other). Which records have a
value, the read side knows (`core.sets`): it names it by the filter and the key, as in “cluster=3”.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import cached_property

# A slug, or a cluster's and its theme's. Other values are not looked up.
ADDRESS = re.compile(r"[-a-zA-Z0-9_]{1,100}(/[-a-zA-Z0-9_]{1,100})?")
# More than anybody ticks; what is beyond is not read.
MAX_VALUES = 50
YES = "1"
OTHER_WAYS_TO_SAY_YES = ("true", "yes", "on")


@dataclass(frozen=True)
class Choice:
    """One value of a facet: what stands in the address, what the reader sees, and what it is known by."""

    value: str
    label: str
    key: object
    count: int = 0
    is_chosen: bool = False
    # Applied by default, without having been chosen.
    is_shown: bool = False


@dataclass(frozen=True)
class Choices:
    """All values of a facet in a language, in the order in which a reader looks for them."""

    every: list[Choice]

    @cached_property
    def by_value(self) -> dict[str, Choice]:
        return {choice.value: choice for choice in self.every}

    @cached_property
    def by_key(self) -> dict[object, Choice]:
        return {choice.key: choice for choice in self.every}


class Facet:
    """Something that a list can be narrowed by. `name` is the parameter in the address."""

    # The tables from which the choices are made.
    tables: tuple[str, ...] = ()

    def __init__(self, name: str, label: str):
        self.name = name
        self.label = label

    def choices(self) -> Choices:
        """Return all values, in the reader's language."""
        return Choices(list(self._every()))

    def find(self, values: list[str], known: Choices) -> dict[str, Choice]:
        """Return the choice that each known value of an address stands for."""
        found = {value: known.by_value[value] for value in values if value in known.by_value}
        return found | self._found_otherwise([value for value in values if value not in found], known)

    def asked(self, keys: Iterable[object]) -> list[str]:
        """Return what the read side calls the values with these keys."""
        return [f"{self.name}={key}" for key in keys]

    def _every(self) -> Iterator[Choice]:
        raise NotImplementedError

    def _found_otherwise(self, values: list[str], known: Choices) -> dict[str, Choice]:
        return {}


class ChoicesFacet(Facet):
    """A facet whose values are those of an enumeration, in its order."""

    def __init__(self, name: str, label: str, values: Iterable[TextChoices]):
        super().__init__(name, label)
        self.values = list(values)

    def _every(self):
        return (Choice(str(value.value), str(value.label), str(value.value)) for value in self.values)


class YesFacet(Facet):
    """A single box to tick."""

    def __init__(self, name: str, label: str, box: str):
        super().__init__(name, label)
        self.box = box

    def _every(self):
        yield Choice(YES, str(self.box), YES)

    def _found_otherwise(self, values, known):
        return {value: known.by_key[YES] for value in values if value in OTHER_WAYS_TO_SAY_YES}
