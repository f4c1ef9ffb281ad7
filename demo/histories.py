"""Run verbs one after the other, each with the moment that the timeline should show."""

from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from core.verbs import verb_of


@dataclass(frozen=True)
class PastVerb:
    verb: str
    by: User | None
    at: datetime
    note: str = ""
    given: dict | None = None


def live(record, steps: list[PastVerb]):
    """Run the verbs, and return the record as it then is."""
    for step in steps:
        record = verb_of(record, step.verb)(record, by=step.by, note=step.note, at=step.at, **(step.given or {}))
        touched(record, step.at)
    return type(record)._base_manager.get(pk=record.pk)


def touched(record, at: datetime) -> None:
    """Set `updated_at` to a moment: saving has set it to now."""
    if hasattr(record, "updated_at"):
        rows_of(record).update(updated_at=at)


def drafted(record, at: datetime, by: User) -> None:
    """Set the creation of a record, and its history, to a moment."""
    if hasattr(record, "created_at"):
        rows_of(record).update(created_at=at)
    touched(record, at)
    record.history.update(history_date=at, history_user=by)


def rows_of(record):
    return type(record)._base_manager.filter(pk=record.pk)
