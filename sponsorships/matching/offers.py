"""What there is to support: chairs that take a sponsor today, and their activities that take proposals."""

import datetime
from dataclasses import dataclass

from django.db.models.expressions import RawSQL
from django.utils import timezone

from chairs.models import Activity, Chair
from chairs.search.matching import having_all
from chairs.search.tokenizer import finders
from core.primary_keys import any_of


@dataclass(frozen=True)
class Offer:
    """A chair to which a project can be proposed, or an activity that it has posted."""

    chair: Chair
    activity: Activity | None = None


def supportable(on: datetime.date | None = None):
    """Return the chairs that take a sponsor, obey their rule and are not over."""
    on = on or timezone.localdate()
    return Chair.objects.fundable().filter(non_conforming_since=None).exclude(ends_on__lt=on)


def found_under(words: dict[str, tuple[str, ...]]) -> dict[str, RawSQL]:
    """Return, for each written word, the subquery of the chairs that the directory's search finds under it.

    Aliases and the text in the other language are searched too, so the word may not appear on the page.
    """
    terms = iter(finders([part for parts in words.values() for part in parts]))
    return {written: having_all([next(terms) for _part in parts]) for written, parts in words.items()}


def chairs_with(words: dict[str, tuple[str, ...]], pks: set[int]) -> dict[str, set[int]]:
    """Return, for each written word, which of these chairs are found under it: one question a word."""
    chairs = Chair.objects.filter(pk__in=any_of(pks)).order_by()
    return {
        written: set(chairs.filter(pk__in=under).values_list("pk", flat=True))
        for written, under in found_under(words).items()
    }
