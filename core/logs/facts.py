"""What is known of the request that this thread answers: every line that is written meanwhile says it."""

from contextvars import ContextVar

Facts = dict[str, object]
_current: ContextVar[Facts | None] = ContextVar("facts", default=None)


def begin(request_id: str) -> Facts:
    """Start with nothing but the request's identifier. Return what will be filled in."""
    facts: Facts = {"request": request_id}
    _current.set(facts)
    return facts


def end() -> None:
    _current.set(None)


def known() -> Facts:
    """Return what is known; nothing outside a request, as in a command."""
    return _current.get() or {}


def note_actor(key: object) -> None:
    """Note whose session it is, by the key of the account: never by a name or an address."""
    if (facts := _current.get()) is not None:
        facts["actor"] = key


def note_verb(name: str) -> None:
    """Note what was done, as `Chair.approve`: once, where it was done to several records."""
    if (facts := _current.get()) is not None:
        verbs = facts.setdefault("verb", [])
        if isinstance(verbs, list) and name not in verbs:
            verbs.append(name)
