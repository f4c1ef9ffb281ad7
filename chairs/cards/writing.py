"""Writes the cards of chairs, in the transaction that changes the chairs. Called by `chairs.search.index`."""

import datetime
from collections.abc import Collection, Iterable, Iterator, Sequence
from operator import attrgetter
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from chairs.cards.activity_entries import entries_html as activity_entries_html
from chairs.cards.numbers import MADE_UP
from chairs.cards.rendering import entries_html
from chairs.cards.sorting import end_order, start_order
from chairs.models import Activity, ActivityCard, Chair, ChairCard
from chairs.search.documents import LANGUAGES, title_key
from chairs.search.reading import listed, whole_chairs
from clusters.enums import Origin
from core.primary_keys import any_of, in_batches


def write(pks: Collection[int]) -> list[int]:
    """Bring the cards of these chairs and of their activities up to date. Return the chairs with a changed card."""
    return sorted(pk for batch in in_batches(pks) for pk in write_of(batch, whole_chairs(batch)))


def write_of(pks: Collection[int], chairs: Sequence[Chair]) -> set[int]:
    """Write the cards of these keys; `chairs` are their records. Return the chairs with a changed card.

    A card whose content is the same is not written.
    """
    written = set(_replace(ChairCard.objects.filter(pk__in=any_of(pks)), _cards(chairs)))
    activities = ActivityCard.objects.filter(activity__chair__in=any_of(pks))
    if changed := _replace(activities, _activity_cards(chairs)):
        written.update(Activity.objects.filter(pk__in=any_of(changed)).values_list("chair", flat=True))
    return written


def _replace(kept: "QuerySet[Any]", fresh: Iterable[Any]) -> list[int]:
    """Replace the kept cards by the fresh ones; return the keys of cards that were written or deleted."""
    key, *others = kept.model._meta.concrete_fields
    said = attrgetter(*(field.attname for field in others))
    there = {pk: tuple(row) for pk, *row in kept.values_list(key.attname, *(field.attname for field in others))}
    wanted = {card.pk: card for card in fresh}
    changed = [card for pk, card in wanted.items() if there.get(pk) != said(card)]
    names = [field.name for field in others]
    kept.model.objects.bulk_create(changed, update_conflicts=True, unique_fields=[key.name], update_fields=names)
    gone = there.keys() - wanted.keys()
    if gone:
        kept.model.objects.filter(pk__in=any_of(gone)).delete()
    return [*(card.pk for card in changed), *gone]


def forget(pk: int) -> None:
    """Remove the card of a deleted chair: deleting its appointments, just before, wrote it again."""
    ChairCard.objects.filter(pk=pk).delete()


def rewrite_expired(today: datetime.date | None = None) -> int:
    """Rewrite the cards whose `right_until` has passed; return their number. Until then, pages render these at each read."""
    expired = ChairCard.objects.filter(right_until__lt=today or timezone.localdate())
    return len(write(list(expired.values_list("pk", flat=True))))


def rewrite_different() -> list[int]:
    """Compare every card with its chair's records, and rewrite those that differ. Return the chairs of these."""
    pks = Chair.objects.order_by("pk").values_list("pk", flat=True)
    different: list[int] = []
    for batch in in_batches(pks):
        with transaction.atomic():
            different += write(batch)
    return different


def fresh_cards(pks: Iterable[int]) -> Iterator[ChairCard]:
    """Yield the cards that these chairs should have; none for a chair that is not published.

    Takes a constant number of queries for up to `core.primary_keys.BATCH_SIZE` chairs.
    """
    return _cards(whole_chairs(pks))


def fresh_activity_cards(pks: Iterable[int]) -> Iterator[ActivityCard]:
    """Yield the cards that the open activities of these chairs should have; none for a chair that is not published."""
    return _activity_cards(whole_chairs(pks))


def entries_now(pks: Iterable[int], language: str) -> dict[int, str]:
    """Return the entries of these chairs by key, in a language without a column on the card."""
    chairs = [chair for chair in whole_chairs(pks) if chair.is_published]
    html = entries_html(chairs, [language])[language]
    return {chair.pk: entry for chair, entry in zip(chairs, html, strict=True)}


def activity_entries_now(pks: Iterable[int], language: str) -> list[tuple[int, str]]:
    """Return the entries of these activities with their keys, in a language without a column on the card."""
    published = Chair.objects.published().order_by().values("pk")
    open_ones = Activity.objects.filter(pk__in=any_of(pks), closed_at=None, chair__in=published)
    activities = list(open_ones.select_related("chair__cluster"))
    html = activity_entries_html(activities, [language])[language]
    return [(activity.pk, entry) for activity, entry in zip(activities, html, strict=True)]


def _cards(chairs: Iterable[Chair]) -> Iterator[ChairCard]:
    published = [chair for chair in chairs if chair.is_published]
    entries = entries_html(published, LANGUAGES)
    for number, chair in enumerate(published):
        yield _card(chair, {language: entries[language][number] for language in LANGUAGES})


def _activity_cards(chairs: Iterable[Chair]) -> Iterator[ActivityCard]:
    posted = (one for chair in chairs if chair.is_published for one in listed(chair, "activities"))
    activities = [activity for activity in posted if activity.closed_at is None]
    entries = activity_entries_html(activities, LANGUAGES)
    for number, activity in enumerate(activities):
        html = {f"html_{language}": entries[language][number] for language in LANGUAGES}
        yield ActivityCard(activity=activity, **html)


def _card(chair: Chair, entries: dict[str, str]) -> ChairCard:
    return ChairCard(
        chair=chair,
        start_order=start_order(chair),
        end_order=end_order(chair),
        facet_keys=" ".join(_facet_keys(chair)),
        right_until=_right_until(chair, timezone.localdate()),
        **{f"title_key_{language}": title_key(chair, language) for language in LANGUAGES},
        **{f"html_{language}": html for language, html in entries.items()},
    )


def _facet_keys(chair: Chair) -> Iterator[str]:
    """Yield each value of `chairs.facets.CHAIR_FACETS` that the chair has, once, and the mark of a made-up chair."""
    posts = listed(chair, "appointments")
    yield f"phase={chair.phase_id}"
    yield "phase=all"
    yield f"cluster={chair.cluster_id}"
    if chair.is_fundable:
        yield "open=1"
    if chair.origin == Origin.DEMONSTRATION:
        yield MADE_UP
    if chair.kind_id:
        yield f"kind={chair.kind_id}"
    yield from (f"theme={pk}" for pk in sorted(theme.pk for theme in listed(chair, "themes")))
    yield from (f"institution={pk}" for pk in sorted({post.affiliation_id for post in posts if post.affiliation_id}))
    yield from (f"discipline={pk}" for pk in sorted({post.discipline_id for post in posts if post.discipline_id}))
    yield f"status={chair.status}"


def _right_until(chair: Chair, today: datetime.date) -> datetime.date | None:
    """Return the last day of the next appointment to end: on the day after, the entry no longer names its person."""
    ends = (post.ends_on for post in listed(chair, "appointments") if post.ends_on and post.ends_on >= today)
    return min(ends, default=None)
