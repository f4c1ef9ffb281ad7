"""Finds since when a chair breaks its rule, on each edit and every night.

A chair met its rule when it was approved. Later a person leaves, a date passes or an institution is taken over. The
chair stays public, on the staff's list, until it meets the rule again: then the date is cleared. docs/composition.md
explains how the date is found.
"""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from operator import attrgetter

from django.db import transaction
from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from chairs.composition import POSTED_AT, Composition, broken_rules, composition_of
from chairs.models import Appointment, Chair, ChairKind, TeachingElement
from clusters.models import Institution
from clusters.scopes import MANAGERS
from clusters.staff import staff
from core.fetched import give
from core.mail.queue import queue_mails
from core.primary_keys import any_of, in_batches
from core.streams import CHUNK, Stream

ONE_DAY = datetime.timedelta(days=1)


def broken_since(chair: Chair, today: datetime.date | None = None) -> datetime.date | None:
    """Return the day since which the chair breaks its rule, or None if it meets it.

    A chair that has not begun is checked on its first day, one past its end on its last.
    """
    today = today or timezone.localdate()
    if not chair.must_conform:
        return None
    composition, day = composition_of(chair), _day_of_judgement(chair, today)
    if not broken_rules(composition, day):
        return None
    if day > today:
        return day
    floor = _first_day(chair, day)
    for change in _changes(composition, floor, day):
        if not broken_rules(composition, change - ONE_DAY):
            return change
    return _undated(chair, composition, floor, day)


def review(chair_id: int, today: datetime.date | None = None) -> bool:
    """Update the date since which the chair breaks its rule. Return whether it changed.

    The managers are told once, when the rule is first broken.
    """
    with transaction.atomic():
        chair = Chair.objects.select_for_update().filter(pk=chair_id).first()
        if chair is None:
            return False
        before, since = chair.non_conforming_since, broken_since(chair, today)
        if since == before:
            return False
        chair.non_conforming_since = since
        chair.save(update_fields=["non_conforming_since"])
        if before is None:
            queue_mails(
                staff(chair.cluster, MANAGERS),
                "chairs/non_conforming",
                {"chair": chair, "sentences": partial(_sentences, chair), "since": since},
                link=("admin:chairs_chair_change", chair.pk),
            )
    return True


def review_together(chair_ids: Iterable[int], today: datetime.date | None = None) -> list[int]:
    """Review many chairs, fetched in a few queries; lock and write only those whose date has changed. Return their keys."""
    return [
        chair.pk
        for batch in in_batches(chair_ids)
        for chair in _with_composition(batch)
        if broken_since(chair, today) != chair.non_conforming_since and review(chair.pk, today)
    ]


def review_all(today: datetime.date | None = None) -> list[Chair]:
    """Review every chair held to its rule, or on record as breaking it. Return those whose date has changed."""
    moved = [chair.pk for chair in _watched() if broken_since(chair, today) != chair.non_conforming_since]
    changed = [pk for pk in moved if review(pk, today)]
    return list(
        Chair.objects.filter(pk__in=any_of(changed)).select_related("cluster").order_by("cluster", "title", "pk")
    )


def _watched() -> Iterator[Chair]:
    """Yield the chairs to review with all that the rules read, in a constant number of queries."""
    chairs = Chair.objects.held_to_their_rule() | Chair.objects.non_conforming()
    kinds = {kind.pk: kind for kind in ChairKind.objects.prefetch_related("rules")}
    rules = {rule.pk: rule for kind in kinds.values() for rule in kind.rules.all()}
    institutions = {institution.pk: institution for institution in Institution.objects.all()}
    for institution in institutions.values():
        institution.successor = institutions.get(institution.successor_id)
    appointments = Stream(
        Appointment.objects.select_related("person", "discipline").order_by("chair_id", "pk").iterator(CHUNK),
        attrgetter("chair_id"),
    )
    teaching = Stream(TeachingElement.objects.order_by("chair_id", "pk").iterator(CHUNK), attrgetter("chair_id"))
    for chair in chairs.order_by("pk").iterator(CHUNK):
        chair.kind, chair.rule = kinds.get(chair.kind_id), rules.get(chair.rule_id)
        posts = appointments.of(chair.pk)
        for post in posts:
            post.affiliation = institutions.get(post.affiliation_id)
            post.other_affiliation = institutions.get(post.other_affiliation_id)
        give(chair, "appointments", posts)
        give(chair, "teaching", teaching.of(chair.pk))
        yield chair


def review_later(chair_ids) -> None:
    """Review these chairs after the commit, when the edit is complete."""
    # Robust: an error here must not fail the edit, and the nightly task reviews what is left.
    pks = list(chair_ids)
    transaction.on_commit(lambda: review_together(pks), robust=True)


def _with_composition(pks: Iterable[int]) -> QuerySet[Chair]:
    """Return these chairs with all that the rules read, in a constant number of queries.

    The exception is rare: an institution taken over three times in a row costs a query per further time.
    """
    posts = Appointment.objects.select_related("person", *POSTED_AT)
    posts = posts.prefetch_related("affiliation__successor__successor", "other_affiliation__successor__successor")
    chairs = Chair.objects.filter(pk__in=any_of(pks)).select_related("cluster", "kind", "rule__kind")
    return chairs.prefetch_related("teaching", "kind__rules", Prefetch("appointments", posts)).order_by("pk")


def _sentences(chair: Chair) -> list[str]:
    """Return the broken rules as sentences, in the language of the mail's reader."""
    return broken_rules(composition_of(chair), _day_of_judgement(chair, timezone.localdate()))


def _day_of_judgement(chair: Chair, today: datetime.date) -> datetime.date:
    day = max(chair.starts_on, today) if chair.starts_on else today
    return min(chair.ends_on, day) if chair.ends_on else day


def _first_day(chair: Chair, day: datetime.date) -> datetime.date:
    """Return the day of the first check: the chair's first day or that of its approval, whichever is later."""
    days = [chair.starts_on, timezone.localdate(chair.approved_at) if chair.approved_at else None]
    return min(max([known for known in days if known], default=day), day)


def _changes(composition: Composition, floor: datetime.date, day: datetime.date) -> list[datetime.date]:
    """Return the days after `floor` on which an appointment began or had ended, latest first."""
    came = {post.starts_on for post in composition.posts if post.starts_on}
    gone = {post.ends_on + ONE_DAY for post in composition.posts if post.ends_on}
    return sorted((change for change in came | gone if floor < change <= day), reverse=True)


def _undated(chair: Chair, composition: Composition, floor: datetime.date, day: datetime.date) -> datetime.date:
    """Return the first day of a breach that goes back to the day of the first check.

    If ended appointments explain the breach, it is that day. Otherwise the cause has no date (an employer, a successor,
    a deleted row): it is the day on which the breach was first seen, on record or today.
    """
    lasting = replace(composition, posts=[replace(post, ends_on=None) for post in composition.posts])
    if not broken_rules(lasting, floor):
        return floor
    return min(chair.non_conforming_since or day, day)
