"""Puts a misspelt word right, from the directory's own words."""

from os.path import commonprefix

from django.db.models.functions import Length

from chairs.models import SearchWord

# A short word is a mistake away from too many others.
MIN_CORRECTED_LENGTH = 4
MIN_LENGTH_FOR_TWO_MISTAKES = 7
OFFERED = 3


def corrections(word: str) -> list[tuple[int, str]]:
    """Return the nearest words of the vocabulary, the best first, each with its number of mistakes."""
    if len(word) < MIN_CORRECTED_LENGTH:
        return []
    allowed = 2 if len(word) >= MIN_LENGTH_FOR_TWO_MISTAKES else 1
    near = SearchWord.objects.annotate(length=Length("word")).filter(
        length__gte=len(word) - allowed, length__lte=len(word) + allowed
    )
    found = []
    for candidate, written in near.values_list("word", "written"):
        if _may_be_near(word, candidate, allowed):
            mistakes = distance(word, candidate, allowed)
            if 0 < mistakes <= allowed:
                # The beginning of a misspelt word is mostly right.
                found.append((mistakes, -len(commonprefix([word, candidate])), candidate, written))
    return [(mistakes, written) for mistakes, _beginning, _word, written in sorted(found)[:OFFERED]]


def _may_be_near(one: str, other: str, allowed: int) -> bool:
    """Return whether the letters allow it: each mistake changes at most one letter for another.

    Spares most comparisons.
    """
    return len(set(one) ^ set(other)) <= 2 * allowed


def distance(one: str, other: str, limit: int) -> int:
    """Return how many letters are missing, too many, wrong or swapped with their neighbour; limit + 1 if more than it."""
    before_last: list[int] = []
    last = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, other_letter in enumerate(other, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != other_letter))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == other_letter:
                cost = min(cost, before_last[j - 2] + 1)
            row.append(cost)
        if min(row) > limit and min(last) > limit:
            return limit + 1
        before_last, last = last, row
    return last[-1]
