"""Verbs by name, for tests that go through many: `perform(record, "receive", by=…, details={"amount": …})`."""

from core.verbs import NOW, verb_of


def perform(record, name, *, by, note="", details=None, at=NOW):
    """Perform the verb of this name, with what it takes beyond the note. Return the record as saved."""
    return verb_of(record, name)(record, by=by, note=note, at=at, **(details or {}))
