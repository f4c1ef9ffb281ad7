"""Logs slow queries, without their values."""

import logging
import re
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings

logger = logging.getLogger(__name__)

# Values are parameters, which are not logged. Literals in the SQL text are replaced.
LITERAL = re.compile(r"'(?:[^']|'')*'")


def watch(connection: Any, **signal: Any) -> None:
    """Time every query of a connection. The signal is sent each time that it opens, so the wrapper is added only once."""
    if tell_slow not in connection.execute_wrappers:
        connection.execute_wrappers.append(tell_slow)


def tell_slow(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
    """Execute a query, and log it if it took longer than SLOW_QUERY_MS."""
    started = time.perf_counter()
    try:
        return execute(sql, params, many, context)
    finally:
        milliseconds = (time.perf_counter() - started) * 1_000
        if milliseconds >= settings.SLOW_QUERY_MS:
            told = {"sql": LITERAL.sub("'…'", str(sql)), "ms": round(milliseconds, 1)}
            logger.warning("A query took %d ms.", milliseconds, extra=told)
