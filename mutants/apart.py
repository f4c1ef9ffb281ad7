"""Typeset documents in a process of their own, until this one is forked.

typst starts threads for its first document. A fork of this process has none of them, and its first document would wait for them
for ever.
"""

import os
import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sponsorships.agreements import typesetting


class _Compiler:
    """The typst module, except that it compiles in a fork."""

    def __init__(self, module: Any) -> None:
        self.module = module

    def __getattr__(self, name: str) -> Any:
        return getattr(self.module, name)

    def compile(self, *given: Any, **said: Any) -> Any:
        reads, writes = os.pipe()
        child = os.fork()
        if not child:
            self._answer(writes, given, said)
        os.close(writes)
        with os.fdopen(reads, "rb") as file:
            content = file.read()
        os.waitpid(child, 0)
        error, made = pickle.loads(content)
        if error is not None:
            raise error
        return made

    def _answer(self, writes: int, given: tuple[Any, ...], said: dict[str, Any]) -> None:
        """Write what typst makes or raises, and end this process."""
        try:
            try:
                answer = None, self.module.compile(*given, **said)
            except Exception as error:
                answer = error, None
            with os.fdopen(writes, "wb") as file:
                pickle.dump(answer, file)
        finally:
            os._exit(0)


@contextmanager
def typeset_apart() -> Iterator[None]:
    usual = typesetting.compiler
    typesetting.fonts()
    compiler = _Compiler(usual())
    typesetting.compiler = lambda: compiler
    try:
        yield
    finally:
        typesetting.compiler = usual
