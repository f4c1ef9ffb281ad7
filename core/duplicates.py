"""Finds pairs of records that are probably the same: with the same identifier, or a very similar name.

A pair is a question to a person. If they answer that it is two, it is not asked again (`NotTheSame`).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from hashlib import sha256
from itertools import combinations
from typing import Any

from django.db.models import Model, QuerySet

from core.models import NotTheSame
from core.primary_keys import any_of
from core.similar_names import BEGINNING, are_sketches_alike, sketch_of

# A word at the beginning of more names than this, such as “national” or “Martin”, is no sign that two names are alike.
MAX_OF_A_WORD = 150
# Nobody would work through a longer list; the other pairs appear once the first ones are decided.
MAX_PAIRS = 200


@dataclass(frozen=True)
class Pair:
    """Two records, the lower key first, and the identifiers that they share, or “name”."""

    first: Any
    second: Any
    shared: tuple[str, ...]


def probable_pairs(
    records: QuerySet[Any], identifiers: Iterable[str], *, of_people: bool, about: int | None = None
) -> list[Pair]:
    """Return the pairs among the records that nobody has decided on, those with the same identifier first.

    `identifiers` are the fields with identifiers; records that have identifiers but none in common are not paired. With
    `about`, only pairs with the record of that key are returned.
    """
    found: dict[tuple[int, int], tuple[str, ...]] = {}
    fields = list(identifiers)
    for key, shared in _open_pairs(lines_of(records, fields), fields, told_apart(records.model), of_people=of_people):
        if about is None or about in key:
            found.setdefault(key, shared)
        if len(found) >= MAX_PAIRS:
            break
    named = {record.pk: record for record in records.filter(pk__in=any_of({key for pair in found for key in pair}))}
    return [Pair(named[first], named[second], shared) for (first, second), shared in found.items()]


def has_probable_pair(
    lines: list[dict[str, Any]], identifiers: Iterable[str], apart: Set[tuple[int, int]], *, of_people: bool
) -> bool:
    """Return whether there is any undecided pair among these lines. It stops at the first one."""
    return any(True for _pair in _open_pairs(lines, list(identifiers), apart, of_people=of_people))


def lines_of(records: QuerySet[Any], identifiers: Iterable[str]) -> list[dict[str, Any]]:
    """Return the compared values of the records: key, name and identifiers."""
    return list(records.order_by("pk").values("pk", "name", *identifiers))


def fingerprint(lines: list[dict[str, Any]], apart: Set[tuple[int, int]]) -> bytes:
    """Return a fingerprint of these lines and decided pairs. While it is the same, the same pairs are found."""
    return sha256(repr((lines, sorted(apart))).encode()).digest()


def told_apart(model: type[Model]) -> frozenset[tuple[int, int]]:
    """Return the pairs that somebody found to be different, as (lower key, higher key)."""
    return frozenset(NotTheSame.objects.filter(kind=model._meta.label_lower).values_list("first", "second"))


def _open_pairs(
    rows: list[dict[str, Any]], fields: list[str], apart: Set[tuple[int, int]], *, of_people: bool
) -> Iterator[tuple[tuple[int, int], tuple[str, ...]]]:
    """Yield the keys of two records, the lower one first, and what they share."""
    for one, other, shared in _candidates(rows, fields, of_people=of_people):
        key = (min(one, other), max(one, other))
        if key not in apart:
            yield key, shared


def _candidates(
    rows: list[dict[str, Any]], fields: list[str], *, of_people: bool
) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    yield from _of_one_identifier(rows, fields)
    blocks = defaultdict(list)
    # Splitting a name costs more than comparing two, and each name is compared with its whole block.
    sketches = {row["pk"]: sketch_of(row["name"]) for row in rows}
    for row in rows:
        for word in {word[:BEGINNING] for word in sketches[row["pk"]].significant}:
            blocks[word].append(row)
    for block in blocks.values():
        if len(block) > MAX_OF_A_WORD:
            continue
        for one, other in combinations(block, 2):
            both = sketches[one["pk"]], sketches[other["pk"]]
            if are_sketches_alike(*both, of_people=of_people) and not _differ(one, other, fields):
                yield one["pk"], other["pk"], ("name",)


def _of_one_identifier(rows: list[dict[str, Any]], fields: list[str]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    stating = defaultdict(list)
    for row in rows:
        for value in {row[field] for field in fields} - {None, ""}:
            stating[value].append(row["pk"])
    for value, keys in stating.items():
        for one, other in combinations(sorted(keys), 2):
            yield one, other, (str(value),)


def _differ(one: dict[str, Any], other: dict[str, Any], fields: list[str]) -> bool:
    """Return whether two records have identifiers but none in common: then a similar name does not make them one."""
    stated = [{row[field] for field in fields} - {None, ""} for row in (one, other)]
    return all(stated) and not (stated[0] & stated[1])
