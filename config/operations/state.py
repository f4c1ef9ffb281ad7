"""The state of the site for its operators, read anew each time."""

import shutil
import tomllib
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Count, Min
from django.utils import timezone
from django.utils.functional import Promise
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from core import storage_health
from core.models.heartbeat import Heartbeat
from core.models.mail import MAX_ATTEMPTS, OutgoingMail
from core.replica.health import bytes_behind
from transparency.heads import last_head
from transparency.models import TreeHead

VERSION: str = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text("utf-8"))["project"]["version"]
# A day between backups, and half a day for a late one.
BACKUP_MISSED_AFTER = timedelta(hours=36)
# With a smaller share of the disk free, uploads may soon fail.
LITTLE_DISK = 0.1


@dataclass(frozen=True)
class State:
    at: datetime
    migrations_applied: int
    migrations_waiting: list[str]
    tasks_waiting: int
    mails_waiting: int
    mails_given_up: int
    oldest_mail_at: datetime | None
    # When each background process was last seen or done, by the keys of Heartbeat.
    beats: dict[int, datetime]
    # When the nightly work failed, and at which steps; None if it was done since.
    failed_night: Heartbeat | None
    head: TreeHead | None
    disk_free: int
    disk_total: int
    # How many bytes the read replica is behind; None if it does not answer, or there is none.
    replica_behind: int | None = None
    # A sentence that says why files cannot be stored; empty if they can.
    files_trouble: str | Promise = ""

    def seconds_since(self, key: int) -> float | None:
        """Return the seconds since the last sign of life; None if there never was one."""
        return (self.at - self.beats[key]).total_seconds() if key in self.beats else None

    @property
    def has_little_disk(self) -> bool:
        return self.disk_free < LITTLE_DISK * self.disk_total


def state_now() -> State:
    """Return the state, read from the database and the disk. Raise DatabaseError if the database does not answer."""
    at = timezone.now()
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    mails = OutgoingMail.objects.deliverable(at).aggregate(count=Count("pk"), oldest=Min("created_at"))
    disk = shutil.disk_usage(settings.VAR_DIR)
    beats = Heartbeat.objects.in_bulk()
    return State(
        at=at,
        migrations_applied=len(executor.loader.applied_migrations),
        migrations_waiting=[f"{migration.app_label}.{migration.name}" for migration, _backwards in plan],
        tasks_waiting=DBTaskResult.objects.filter(status=TaskResultStatus.READY).count(),
        mails_waiting=mails["count"],
        mails_given_up=OutgoingMail.objects.filter(sent_at=None, attempts__gte=MAX_ATTEMPTS).count(),
        oldest_mail_at=mails["oldest"],
        beats={key: beat.seen_at for key, beat in beats.items()},
        failed_night=beats.get(Heartbeat.FAILED_NIGHT),
        head=last_head(),
        disk_free=disk.free,
        disk_total=disk.total,
        files_trouble=storage_health.last_known_trouble(),
        replica_behind=bytes_behind() if settings.DATABASE_REPLICA else None,
    )
