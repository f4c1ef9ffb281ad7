"""Puts a mutant in the place of the right code, in a process that has imported everything."""

import gc
from collections.abc import Iterator
from inspect import CO_OPTIMIZED
from types import CodeType, FunctionType


def live_functions(texts: dict[str, str]) -> dict[CodeType, list[FunctionType]]:
    """Return all functions of these modules that this process holds, wherever they stand, by their code."""
    paths = tuple(texts)
    gc.unfreeze()
    found: dict[CodeType, list[FunctionType]] = {}
    for thing in gc.get_objects():
        if type(thing) is FunctionType and thing.__code__.co_filename.endswith(paths):
            found.setdefault(thing.__code__, []).append(thing)
    gc.freeze()
    return found


def replacements(right: str, mutated: str) -> list[tuple[CodeType, CodeType]] | None:
    """Return the code of each function that differs, as it is and as it becomes.

    None where what differs runs when the module is imported: that is over in this process.
    """
    pairs = list(_differing(compile(right, "m", "exec"), compile(mutated, "m", "exec")))
    return None if None in pairs else [pair for pair in pairs if pair is not None]


def _differing(right: CodeType, mutated: CodeType) -> Iterator[tuple[CodeType, CodeType] | None]:
    if right == mutated:
        return
    if right.co_flags & CO_OPTIMIZED:
        # A function; those inside it come with its constants, and may live on their own.
        yield right, mutated
    elif _without_code(right) != _without_code(mutated):
        yield None
    inner = zip(_code(right), _code(mutated), strict=False)
    for one, other in inner:
        yield from _differing(one, other)


def _code(code: CodeType) -> list[CodeType]:
    return [constant for constant in code.co_consts if isinstance(constant, CodeType)]


def _without_code(code: CodeType) -> CodeType:
    return code.replace(co_consts=tuple(None if isinstance(one, CodeType) else one for one in code.co_consts))


def swap(pairs: list[tuple[CodeType, CodeType]], live: dict[CodeType, list[FunctionType]]) -> bool:
    """Give the functions their other code; return whether there was one."""
    number = 0
    for right, mutated in pairs:
        for function in live.get(right, []):
            function.__code__ = mutated.replace(co_filename=function.__code__.co_filename)
            number += 1
    return number > 0
