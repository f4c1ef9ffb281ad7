"""Counts of real and of made-up records: a public page never adds the two."""

from dataclasses import dataclass

from pyroaring import BitMap

from core.sets import Sets

# The facet key on the card of a made-up chair.
MADE_UP = "made_up=1"


@dataclass(frozen=True)
class Number:
    """A count of records, with those of the demonstration apart."""

    real: int
    made_up: int

    @classmethod
    def of(cls, sets: Sets, records: BitMap) -> "Number":
        """Return the count of these records."""
        made_up = sets.any_of([MADE_UP]).intersection_cardinality(records)
        return cls(len(records) - made_up, made_up)
