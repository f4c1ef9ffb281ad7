"""What is known about the request that this thread handles. Every log line written meanwhile contains it."""

from contextvars import ContextVar

Facts = dict[str, object]
_current: ContextVar[Facts | None] = ContextVar("facts", default=None)


def begin(request_id: str) -> Facts:
    """Start with the request's identifier only. Return the dictionary to fill in."""
    facts: Facts = {"request": request_id}
    _current.set(facts)
    return facts


def end() -> None:
    _current.set(None)


def known() -> Facts:
    """Return the known facts; an empty dictionary outside a request, as in a command."""
    return _current.get() or {}


def note_actor(key: object) -> None:
    """Note the account of the session by its key, never by a name or an address."""
    if (facts := _current.get()) is not None:
        facts["actor"] = key


def note_verb(name: str) -> None:
    """Note a performed verb, such as `Chair.approve`, once even if it was performed on several records."""
    if (facts := _current.get()) is not None:
        verbs = facts.setdefault("verb", [])
        if isinstance(verbs, list) and name not in verbs:
            verbs.append(name)
