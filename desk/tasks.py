"""What waits for staff, as tasks: each with its reason, the day since which it waits, its due day, and who holds it."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import admin
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from clusters.scopes import READERS, Scope, clusters_of
from core.admin.dashboard import Wait, first_of
from core.admin.readers_queries import count
from desk.models import Assignment, TaskNote
from desk.subjects import is_kept, kind_of, task_url, title_of

# Tasks of each sort; a link leads to the full list.
SHOWN = 40
NO_DAY = datetime.date.max


@dataclass(frozen=True)
class Task:
    """One record that waits for somebody."""

    wait: Wait
    record: object
    holder: User | None = None
    notes: int = 0

    @property
    def key(self) -> tuple[str, int]:
        return kind_of(self.record), self.record.pk

    @property
    def title(self) -> str:
        return title_of(self.record)

    @property
    def url(self) -> str:
        return self.wait.url_of(self.record)

    @property
    def desk_url(self) -> str:
        return task_url(self.record) if is_kept(self.record) else ""

    @property
    def detail(self) -> str:
        return str(self.wait.detail(self.record))

    @property
    def bearer(self):
        return self.wait.bearer(self.record) if self.wait.bearer else self.record

    @property
    def since(self) -> datetime.date | None:
        return _day(self.wait.since(self.record)) if self.wait.since else None

    @property
    def due(self) -> datetime.date | None:
        return _day(self.wait.due(self.record)) if self.wait.due else None

    @property
    def is_late(self) -> bool:
        return self.due is not None and self.due < timezone.localdate()


@dataclass(frozen=True)
class Found:
    """A user's tasks, most urgent first, and links to the lists that have more than SHOWN."""

    tasks: list[Task]
    lists: list[tuple[str, str]]


def tasks_of(user: User) -> Found:
    """Return the user's tasks: those with a due day by that day, then those that have waited longest."""
    site = admin.site
    waits = [wait for page in site._registry.values() for wait in page.waits(user)]
    reader = site.reads_as(user)
    numbers = count(reader, "what waits", [wait.records for wait in waits])
    found, lists = [], []
    for wait, number in zip(waits, numbers, strict=True):
        if not number:
            continue
        found += [Task(wait, record) for record in first_of(reader, wait, SHOWN)]
        if number > SHOWN:
            lists.append((wait.sentence(number), list_url(wait)))
    return Found(sorted(_with_holders(found), key=lambda task: (task.due or NO_DAY, task.since or NO_DAY)), lists)


def list_url(wait: Wait) -> str:
    return reverse(f"admin:{wait.page.opts.app_label}_{wait.page.opts.model_name}_changelist") + wait.query


def office_of(user: User) -> User:
    """Return an unsaved user with every role in this user's clusters, and no other: their tasks are those of the whole team."""
    everybody = User(pk=0, name=user.name, is_active=True)
    everybody._scope = Scope(dict.fromkeys(clusters_of(user).roles, READERS), frozenset())
    return everybody


def _with_holders(tasks: list[Task]) -> list[Task]:
    kept = [task for task in tasks if is_kept(task.record)]
    if not kept:
        return tasks
    about = _about(task.key for task in kept)
    held = {(one.kind, one.record): one.holder for one in Assignment.objects.filter(about).select_related("holder")}
    notes = TaskNote.objects.filter(about).order_by().values_list("kind", "record").annotate(number=Count("pk"))
    noted = {(kind, record): number for kind, record, number in notes}
    return [Task(task.wait, task.record, held.get(task.key), noted.get(task.key, 0)) for task in tasks]


def _about(keys: Iterable[tuple[str, int]]) -> Q:
    by_kind: dict[str, list[int]] = {}
    for kind, record in keys:
        by_kind.setdefault(kind, []).append(record)
    about = Q()
    for kind, records in by_kind.items():
        about |= Q(kind=kind, record__in=records)
    return about


def _day(moment) -> datetime.date | None:
    return timezone.localdate(moment) if isinstance(moment, datetime.datetime) else moment
