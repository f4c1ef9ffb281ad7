"""Saves records only if something differs, after the model has validated every value."""

from django.utils.translation import gettext as _

from chairs.imports.report import Outcome, Rejected
from clusters.enums import Origin
from core.transitions import StatusField
from core.typography import set_french


def settle(record, values: dict) -> Outcome:
    """Set these values on a record, and save it if that changes anything. Raise ValidationError for a bad value."""
    is_new = record._state.adding
    values = {name: set_french(value) if _is_french(name, value) else value for name, value in values.items()}
    changed = {name: value for name, value in values.items() if is_new or not _same(getattr(record, name), value)}
    if not changed:
        return Outcome.UNCHANGED
    for name, value in changed.items():
        setattr(record, name, value)
    # Only verbs change a status, so it is not validated.
    record.full_clean(exclude=[field.name for field in record._meta.concrete_fields if isinstance(field, StatusField)])
    record.save()
    return Outcome.CREATED if is_new else Outcome.UPDATED


def settle_lines(existing: list, wanted: list[dict], key: str, make) -> bool:
    """Make a record's rows those of the file, updated in place where `key` agrees. Return whether anything changed."""
    waiting = list(existing)
    outcomes = []
    for values in wanted:
        line = next((line for line in waiting if getattr(line, key) == values[key]), None)
        if line is not None:
            waiting.remove(line)
        outcomes.append(settle(line or make(), values))
    for line in waiting:
        line.delete()
    return bool(waiting) or any(outcome is not Outcome.UNCHANGED for outcome in outcomes)


def settle_set(related, wanted: list) -> bool:
    """Set a many-to-many relation to the records of the file. Return whether anything changed."""
    if {one.pk for one in related.all()} == {one.pk for one in wanted}:
        return False
    related.set(wanted)
    return True


def refuse_others(record, field: str = "slug") -> None:
    """Raise Rejected if staff or the demonstration own the record: a source never overwrites it."""
    if not record._state.adding and record.origin != Origin.SOURCED:
        raise Rejected.because(
            _("“%(record)s” already has this address, and its origin is: %(origin)s. A source does not overwrite it.")
            % {"record": record, "origin": record.get_origin_display()},
            field,
        )


def _is_french(name: str, value) -> bool:
    return name.endswith("_fr") and isinstance(value, str)


def _same(old, new) -> bool:
    return old == new or (old in (None, "") and new in (None, ""))
