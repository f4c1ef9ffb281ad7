"""Invented chairs in bulk, with their people, teaching and activities. Each follows its rule."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from chairs.enums import RULED_STATUSES, ChairStatus, Seniority, TeachingKind
from chairs.models import (
    Activity,
    Appointment,
    Chair,
    ChairTransition,
    ClusterShare,
    CompositionRule,
    TeachingElement,
)
from clusters.enums import Origin
from clusters.models import Cluster
from core.slugs import address_of
from demo.generation.surroundings import Surroundings, moment
from demo.generation.words import filled

S = ChairStatus
# In percent.
STATUSES = {
    S.DRAFT: 3,
    S.SUBMITTED: 3,
    S.CHANGES_REQUESTED: 1,
    S.APPROVED: 4,
    S.ACTIVE: 74,
    S.SUSPENDED: 3,
    S.CLOSED: 12,
}
YEARS, DAYS_A_YEAR = 4, 365
# By status, how many days ago a chair began; negative for a chair that has not begun.
BEGAN_AGO = {S.APPROVED: (-200, -20), S.ACTIVE: (30, 850), S.SUSPENDED: (200, 850), S.CLOSED: (600, 850)}
FORMING_BEGINS = (-300, -60)
# Days before the chair's first day.
REGISTERED_BEFORE, SUBMITTED_BEFORE, APPROVED_BEFORE, CHANGES_BEFORE = 130, 110, 70, 90
CLOSED_AGO = (5, 100)
UNANNOUNCED_SHARE, TAUGHT_SHARE, SHARED_SHARE = 5, 40, 3
# The first day of the phase of most rules, and of every chair here.
FIRST_DAY = datetime.date(2024, 6, 1)
ACTIVITIES = (0, 1, 1, 2)
TARGETS = range(20_000, 200_000, 5_000)
NO_DEADLINE_SHARE = 40
DEADLINES = (-120, 400)
SHARES = (Decimal(60), Decimal(40))


@dataclass
class Batch:
    """Chairs that are saved together, with their related records."""

    chairs: list[Chair] = field(default_factory=list)
    themes: list[Any] = field(default_factory=list)
    appointments: list[Appointment] = field(default_factory=list)
    teaching: list[TeachingElement] = field(default_factory=list)
    activities: list[Activity] = field(default_factory=list)
    shares: list[ClusterShare] = field(default_factory=list)
    transitions: list[ChairTransition] = field(default_factory=list)

    def save(self) -> None:
        Chair.objects.bulk_create(self.chairs)
        Chair.themes.through.objects.bulk_create(self.themes)
        for model, records in (
            (Appointment, self.appointments),
            (TeachingElement, self.teaching),
            (Activity, self.activities),
            (ClusterShare, self.shares),
            (ChairTransition, self.transitions),
        ):
            model.objects.bulk_create(records)


def make_chairs(places: Iterable[int], planted: dict[int, tuple], around: Surroundings) -> Batch:
    """Save and return the chairs of these places; `planted` has the words that some of them must contain."""
    batch = Batch()
    for place in places:
        cluster = around.chance.choice(around.clusters)
        rule = around.chance.choice(around.rules[cluster.pk])
        chair = _chair(place, cluster, rule, planted.get(place, ()), around)
        batch.chairs.append(chair)
        batch.themes += [Chair.themes.through(chair=chair, theme=theme) for theme in around.themes_of(cluster.pk)]
        batch.appointments += _appointments(chair, rule, around)
        batch.teaching += _teaching(chair, rule, around)
        batch.activities += _activities(chair, around)
        batch.shares += _shares(chair, around)
        batch.transitions += _life(chair, around)
    batch.save()
    return batch


def _chair(place: int, cluster: Cluster, rule: CompositionRule, planted: tuple, around: Surroundings) -> Chair:
    chance, words = around.chance, around.words
    status = chance.choices(list(STATUSES), weights=list(STATUSES.values()))[0]
    starts_on, ends_on = _period(status, around)
    title = words.title(chance.randint(3, 5))
    return Chair(
        cluster=cluster,
        slug=f"{address_of(title.en, 80)}-{place}",
        kind=rule.kind,
        rule=rule if status in RULED_STATUSES else None,
        phase=around.phase,
        starts_on=starts_on,
        ends_on=ends_on,
        status=status,
        origin=Origin.DEMONSTRATION,
        registered_by=around.cast.editor(cluster),
        **filled(title=title, summary=words.sentences(3, planted), description=words.sentences(4)),
        **_moments(status, starts_on, ends_on, around),
    )


def _period(status: str, around: Surroundings) -> tuple[datetime.date, datetime.date]:
    """Return the first and the last day of a chair; a closed one has ended already."""
    least, most = BEGAN_AGO.get(status, FORMING_BEGINS)
    starts_on = max(around.day(-around.chance.randint(least, most)), FIRST_DAY)
    if status == S.CLOSED:
        return starts_on, around.day(-around.chance.randint(*CLOSED_AGO))
    return starts_on, starts_on + datetime.timedelta(days=YEARS * DAYS_A_YEAR)


def _moments(status: str, starts_on: datetime.date, ends_on: datetime.date, around: Surroundings) -> dict[str, Any]:
    """Return the moments of the steps that led to the status, all in the past."""
    reached = {
        "registered_at": REGISTERED_BEFORE,
        "submitted_at": SUBMITTED_BEFORE,
        "changes_requested_at": CHANGES_BEFORE,
        "approved_at": APPROVED_BEFORE,
        "activated_at": 0,
    }
    first = around.day(0) if starts_on > around.today else starts_on
    moments = {name: moment(first - datetime.timedelta(days=days)) for name, days in reached.items()}
    lasting = {
        S.DRAFT: ("registered_at",),
        S.SUBMITTED: ("registered_at", "submitted_at"),
        S.CHANGES_REQUESTED: ("registered_at", "submitted_at", "changes_requested_at"),
        S.APPROVED: ("registered_at", "submitted_at", "approved_at"),
    }.get(status, ("registered_at", "submitted_at", "approved_at", "activated_at"))
    ended = {S.SUSPENDED: {"suspended_at": moment(around.day(-1))}, S.CLOSED: {"closed_at": moment(ends_on)}}
    return {name: moments[name] for name in lasting} | ended.get(status, {})


def _appointments(chair: Chair, rule: CompositionRule, around: Surroundings) -> list[Appointment]:
    chance = around.chance
    number = chance.randint(rule.min_pis, min(rule.max_pis or rule.min_pis + 1, rule.min_pis + 1))
    people = chance.sample(around.people, number)
    employers = around.some_employers(number)
    disciplines = chance.sample(around.disciplines, number)
    agreed_on = min(chair.starts_on, around.today) - datetime.timedelta(days=APPROVED_BEFORE)
    levels = (Seniority.SENIOR, Seniority.JUNIOR)
    return [
        Appointment(
            chair=chair,
            person=person,
            affiliation=employers[place],
            discipline=disciplines[place],
            seniority=levels[place % 2],
            starts_on=chair.starts_on,
            consent_given_on=None if around.chance.falls(UNANNOUNCED_SHARE) else agreed_on,
        )
        for place, person in enumerate(people)
    ]


def _teaching(chair: Chair, rule: CompositionRule, around: Surroundings) -> list[TeachingElement]:
    if not (rule.needs_teaching or around.chance.falls(TAUGHT_SHARE)):
        return []
    kind = around.chance.choice(TeachingKind.values)
    return [TeachingElement(chair=chair, kind=kind, hours_etd=Decimal(24), **filled(title=around.words.title(3)))]


def _activities(chair: Chair, around: Surroundings) -> list[Activity]:
    return [_activity(chair, around) for _place in range(around.chance.choice(ACTIVITIES))]


def _activity(chair: Chair, around: Surroundings) -> Activity:
    return Activity(
        chair=chair,
        target=Decimal(around.chance.choice(TARGETS)),
        deadline=None if around.chance.falls(NO_DEADLINE_SHARE) else around.day(around.chance.randint(*DEADLINES)),
        posted_by=chair.registered_by,
        posted_at=chair.registered_at,
        **filled(title=around.words.title(3), description=around.words.sentences(1)),
    )


def _shares(chair: Chair, around: Surroundings) -> list[ClusterShare]:
    """Return the shares of a jointly funded chair; an empty list for most, which one cluster funds."""
    if not around.chance.falls(SHARED_SHARE):
        return []
    other = around.chance.choice([cluster for cluster in around.clusters if cluster != chair.cluster])
    return [
        ClusterShare(
            chair=chair, cluster=cluster, percent=percent, agreed_by=around.cast.manager(cluster), agreed_at=at
        )
        for cluster, percent, at in zip((chair.cluster, other), SHARES, (chair.registered_at,) * 2, strict=True)
    ]


def _life(chair: Chair, around: Surroundings) -> list[ChairTransition]:
    """Return the chair's transitions, up to its status."""
    manager, last = around.cast.manager(chair.cluster), S.DRAFT
    lines = []
    for verb, status, moment_name in (
        ("submit", S.SUBMITTED, "submitted_at"),
        ("request_changes", S.CHANGES_REQUESTED, "changes_requested_at"),
        ("approve", S.APPROVED, "approved_at"),
        ("activate", S.ACTIVE, "activated_at"),
        ("suspend", S.SUSPENDED, "suspended_at"),
        ("close", S.CLOSED, "closed_at"),
    ):
        if at := getattr(chair, moment_name):
            by = chair.registered_by if verb == "submit" else manager
            lines.append(ChairTransition(record=chair, verb=verb, source=last, target=status, by=by, at=at))
            last = status
    return lines
