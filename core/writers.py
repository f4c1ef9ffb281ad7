"""Who wrote the words of a record: everybody whose save changed them, by its field history."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth import get_user_model

from core.changes import behalf_of
from core.on_behalf import names_of

Writer = tuple[int, int | None]


def writers_of(record: Any, fields: Sequence[str]) -> list[Writer]:
    """Return who wrote these fields, in order: the key of the account, and of the colleague on whose behalf.

    Whoever began the record comes first. A verb saves the record too, but not with other words. The answer is kept on
    the record: each of its verbs asks.
    """
    kept: dict[tuple[str, ...], list[Writer]] = record.__dict__.setdefault("_writers", {})
    if tuple(fields) not in kept:
        kept[tuple(fields)] = _read(record, fields)
    return kept[tuple(fields)]


def _read(record: Any, fields: Sequence[str]) -> list[Writer]:
    began: list[Writer] = [(record.created_by_id, None)] if record.created_by_id else []
    found, before = [], None
    for line in record.history.order_by("history_date", "history_id"):
        words = [getattr(line, name) for name in fields]
        if words != before and line.history_user_id:
            found.append((line.history_user_id, behalf_of(line)))
        before = words
    if any(by == record.created_by_id for by, _colleague in found):
        began = []
    return list(dict.fromkeys([*began, *found]))


def hands_of_writers(record: Any, fields: Sequence[str]) -> set[int]:
    """Return the keys of the accounts that wrote these fields, and of those on whose behalf."""
    return {key for writer in writers_of(record, fields) for key in writer if key is not None}


def names_of_writers(record: Any, fields: Sequence[str]) -> str:
    """Return the names of who wrote these fields; a stand-in with the colleague on whose behalf."""
    writers = writers_of(record, fields)
    known = get_user_model().objects.in_bulk({key for writer in writers for key in writer if key is not None})
    return ", ".join(names_of(known[by], known.get(colleague)) for by, colleague in writers if by in known)
