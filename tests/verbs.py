"""Verbs by name, for tests that go through many: `perform(record, "receive", by=…, details={"amount": …})`."""

import inspect

from core.verbs import NOW, verb_of


def perform(record, name, *, by, note="", details=None, at=NOW):
    """Perform the verb of this name, with those of the details that it takes. Return the record as saved."""
    verb = verb_of(record, name)
    takes = inspect.signature(verb.body).parameters
    given = {key: value for key, value in (details or {}).items() if key in takes}
    return verb(record, by=by, note=note, at=at, **given)
