"""Whether a contract is being entered that was signed before this site was used.

Nobody has to sign it any more, and its promises are restated once, when all of it is entered.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

# The sponsorships to restate when the contract is entered, by key; None outside of that.
_waiting: ContextVar[dict[int, Any] | None] = ContextVar("waiting", default=None)


@contextmanager
def restated_afterwards(waiting: dict[int, Any]) -> Iterator[None]:
    """Run verbs whose sponsorships are collected in `waiting` instead of being restated."""
    token = _waiting.set(waiting)
    try:
        yield
    finally:
        _waiting.reset(token)


def to_restate() -> dict[int, Any] | None:
    return _waiting.get()


def enters_signed_contract() -> bool:
    return _waiting.get() is not None
