"""Lets a loop go on after an error, and raises all errors at the end."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

logger = logging.getLogger(__name__)


class Failures:
    """The errors of a loop that goes on: each is logged when it happens, and all are raised at the end."""

    def __init__(self, summary: str):
        self.summary = summary
        self.errors: list[Exception] = []
        # What each of them happened to.
        self.names: list[str] = []

    @contextmanager
    def kept(self, what: str) -> Iterator[None]:
        """Log and collect any exception raised inside. `what` names the item in the log."""
        try:
            yield
        except Exception as error:  # noqa: BLE001 - a record may fail in unforeseen ways
            logger.exception("%s %s", self.summary, what, extra={"step": what})
            self.errors.append(error)
            self.names.append(what)

    def raise_all(self) -> None:
        """Raise ExceptionGroup if anything failed, so that the task is marked as failed."""
        if self.errors:
            raise ExceptionGroup(self.summary, self.errors)
