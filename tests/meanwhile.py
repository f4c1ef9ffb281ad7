"""What somebody else does while a test reads: in a connection of its own, between two of its questions."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager

from django.db import connection, connections


def elsewhere(act: Callable[[], object]) -> None:
    """Do it in another connection, to its end; an error of it is raised here."""

    def run() -> None:
        try:
            act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as somebody:
        somebody.submit(run).result()


def after_each_question(act: Callable[[], object]) -> AbstractContextManager[None]:
    """While it lasts, somebody else acts after each question. What is locked is left alone: the other would wait for ever."""

    def then_somebody_acts(execute, sql, params, many, context):
        found = execute(sql, params, many, context)
        if sql.lstrip().startswith("SELECT") and "FOR UPDATE" not in sql:
            elsewhere(act)
        return found

    return connection.execute_wrapper(then_somebody_acts)
