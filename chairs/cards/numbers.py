"""How many records are real and how many are made up: on a public page, the two never make one number."""

from dataclasses import dataclass

from pyroaring import BitMap

from core.sets import Sets

# What the card of a made-up chair says beside the values of the filters.
MADE_UP = "made_up=1"


@dataclass(frozen=True)
class Number:
    """A number of records, the made-up ones of a demonstration apart."""

    real: int
    made_up: int

    @classmethod
    def of(cls, sets: Sets, records: BitMap) -> "Number":
        """Return how many of these records there are."""
        made_up = sets.any_of([MADE_UP]).intersection_cardinality(records)
        return cls(len(records) - made_up, made_up)
