"""Lives lived quickly: verbs performed one after the other, then dated as if they had taken months."""

from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from clusters.lifecycle import perform, verbs_of


@dataclass(frozen=True)
class Step:
    verb: str
    by: User
    at: datetime
    note: str = ""
    details: dict | None = None


def live(record, steps: list[Step]):
    """Perform the steps for real, each dated back once it is done. Answer the record as it then stands."""
    for step in steps:
        record = perform(record, step.verb, by=step.by, note=step.note, details=step.details)
        date_back(record, step)
    return type(record).objects.get(pk=record.pk)


def date_back(record, step: Step) -> None:
    """Give the last verb of a record the date that its timeline should show."""
    moment = verbs_of(type(record))[step.verb].custom["moment"]
    rows_of(record).update(**{moment: step.at}, updated_at=step.at)
    newest = record.transitions.order_by("-pk").first()
    record.transitions.filter(pk=newest.pk).update(at=step.at)
    kept = record.history.order_by("-history_id").first()
    record.history.filter(history_id=kept.history_id).update(history_date=step.at)


def rows_of(record):
    return type(record)._base_manager.filter(pk=record.pk)
