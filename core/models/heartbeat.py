from datetime import datetime

from django.db import models
from django.utils import timezone


class Heartbeat(models.Model):
    """The last sign of life of a background process: one row for all task workers, one for the nightly work, one for backups.

    A fourth row is there while the nightly work fails.
    """

    WORKERS, NIGHTLY, BACKUPS, FAILED_NIGHT = 1, 2, 3, 4

    seen_at = models.DateTimeField()
    # The names of the steps that failed, in their order.
    what = models.TextField(default="", db_default="")

    def __str__(self):
        return f"{self.seen_at:%Y-%m-%d %H:%M}"

    @classmethod
    def leave(cls, key: int, what: str = "") -> None:
        cls.objects.update_or_create(pk=key, defaults={"seen_at": timezone.now(), "what": what})

    @classmethod
    def last(cls, key: int) -> datetime | None:
        """Return when the last sign was left, or None before the first one."""
        return cls.objects.filter(pk=key).values_list("seen_at", flat=True).first()
