"""The parts of a model with a lifecycle: a status that only verbs change, and the timeline that they write."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.query_utils import DeferredAttribute
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.exceptions import StatusMoved
from core.on_behalf import colleague_of, names_of
from core.verbs import NOTE_MAX_LENGTH, lock_row, verbs_of

# The verb of a timeline's first line, for a record that somebody began on a colleague's behalf.
BEGUN = "begin"


def moment_constraints(name: str, moments: dict[str, str]) -> list[models.CheckConstraint]:
    """Return a constraint per status: a record with that status has its moment set. `name` is a format string with the status."""
    return [
        models.CheckConstraint(
            condition=~models.Q(status=str(status)) | models.Q(**{f"{moment}__isnull": False}),
            name=name.format(status),
        )
        for status, moment in moments.items()
    ]


class TransitionLog(models.Model):
    """One line of a record's timeline: who did what, when, and with which note."""

    verb = models.CharField(_("verb"), max_length=30)
    source = models.CharField(_("from"), max_length=30)
    target = models.CharField(_("to"), max_length=30)
    by = models.ForeignKey(
        # For traceability and accountability.
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("by"),
    )
    on_behalf_of = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("on behalf of"),
    )
    at = models.DateTimeField(_("at"), default=timezone.now)
    note = models.TextField(_("note"), blank=True, max_length=NOTE_MAX_LENGTH)

    class Meta:
        abstract = True
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.verb}, {self.source} → {self.target}"

    @property
    def who(self) -> str:
        """The name of the user who acted, and of the colleague on whose behalf; empty for the calendar.

        Subclasses add other cases of acting on somebody's behalf.
        """
        return names_of(self.by, self.on_behalf_of)

    @property
    def done(self) -> Any:
        """The verb in the past tense, for a timeline. For a verb that does not exist (any more): the label of the target status."""
        model: Any = self._meta.get_field("record").related_model
        if declared := verbs_of(model).get(self.verb):
            return declared.done
        if self.verb == BEGUN:
            return _("begun")
        return dict(model._meta.get_field("status").choices).get(self.target, self.verb)


class StatusAttribute(DeferredAttribute):
    """Allows a status to be set only when the record is created or read. Afterwards only verbs change it."""

    def __set__(self, record: Any, status: str) -> None:
        if record.__dict__.get(self.field.attname, status) != status:  # `full_clean` sets the same value again
            raise AttributeError("Only a verb changes a status: see core/verbs.py.")
        record.__dict__[self.field.attname] = status


class StatusField(models.CharField):  # type: ignore[type-arg]  # not generic where it runs
    """A status that only verbs change."""

    descriptor_class = StatusAttribute

    def deconstruct(self) -> Any:
        """Return a CharField, so that migrations see a plain text column."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs


class LivingRecord(models.Model):
    """A model with `transitions` and a `status` (a `StatusField`) that only its verbs change (core/verbs.py)."""

    status: str
    transitions: Any
    # The status as this instance last read it from the database.
    _status_read: str | None = None

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save. Raise StatusMoved, and write nothing, if somebody changed the status after this instance was read."""
        super().save(*args, **kwargs)
        self._note_status()

    @classmethod
    def from_db(cls, *args: Any, **kwargs: Any) -> Any:
        record = super().from_db(*args, **kwargs)
        record._note_status()
        return record

    def refresh_from_db(self, using: Any = None, fields: Any = None, from_queryset: Any = None) -> None:
        if fields is None or "status" in fields:
            self.__dict__.pop("status", None)  # so that Django reads it again
        super().refresh_from_db(using, fields, from_queryset)
        self._note_status()

    def _note_status(self) -> None:
        self._status_read = self.__dict__.get("status", self._status_read)

    def _do_update(self, base_qs: Any, *args: Any, **kwargs: Any) -> Any:
        # Django's own hook: the UPDATE matches no row if the status is not the one that was read.
        rows = base_qs if self._status_read is None else base_qs.filter(status=self._status_read)
        found = super()._do_update(rows, *args, **kwargs)
        if not found and base_qs.filter(pk=self.pk).exists():
            raise StatusMoved
        return found

    def move_to(self, status: str) -> None:
        """Change the status without saving. Only `core.verbs` may call this."""
        self.__dict__["status"] = status

    def locked(self) -> Any:
        """Return the record, read again and locked until the transaction ends. Raise Refused if it was deleted."""
        return lock_row(self)

    def log(self, act: str, *, by: Any, note: str = "", at: datetime | None = None) -> None:
        """Write a line in the timeline for an act that leaves the status as it is."""
        line = {"verb": act, "source": self.status, "target": self.status, "at": at or timezone.now()}
        self.transitions.create(**line, by=by, on_behalf_of=colleague_of(by), note=note.strip())

    def log_beginning(self, *, by: Any) -> None:
        """Write the first line of the timeline if somebody begins the record on a colleague's behalf: it counts as begun by both."""
        if colleague_of(by) is not None:
            self.log(BEGUN, by=by)

    def begun_by_names(self, account: Any) -> str:
        """Return the account that began the record by its name, and the colleague on whose behalf, if any."""
        begun = next((line for line in self.transitions.all() if line.verb == BEGUN), None)
        return names_of(account, begun and begun.on_behalf_of)
