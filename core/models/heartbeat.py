from datetime import datetime

from django.db import models
from django.utils import timezone


class Heartbeat(models.Model):
    """The last sign of life of a background process: one row for all task workers, one for the nightly work, one for backups.

    A fourth is there from a night that failed until one is done: when it failed, and at which steps.
    """

    WORKERS, NIGHTLY, BACKUPS, FAILED_NIGHT = 1, 2, 3, 4

    seen_at = models.DateTimeField()
    # Their names in their order, of the fourth row alone.
    failed_steps = models.TextField(default="", db_default="")

    def __str__(self):
        return f"{self.seen_at:%Y-%m-%d %H:%M}"

    @classmethod
    def leave(cls, key: int) -> None:
        cls.objects.update_or_create(pk=key, defaults={"seen_at": timezone.now()})

    @classmethod
    def tell_failed_night(cls, steps: list[str]) -> None:
        """Note that the nightly work failed at these steps; none of them if it was done."""
        if steps:
            said = {"seen_at": timezone.now(), "failed_steps": ", ".join(steps)}
            cls.objects.update_or_create(pk=cls.FAILED_NIGHT, defaults=said)
        else:
            cls.objects.filter(pk=cls.FAILED_NIGHT).delete()

    @classmethod
    def failed_night(cls) -> str:
        """Return the steps at which the last night failed, as a text; empty if it was done."""
        return cls.objects.filter(pk=cls.FAILED_NIGHT).values_list("failed_steps", flat=True).first() or ""

    @classmethod
    def last(cls, key: int) -> datetime | None:
        """Return when the last sign was left, or None before the first one."""
        return cls.objects.filter(pk=key).values_list("seen_at", flat=True).first()
