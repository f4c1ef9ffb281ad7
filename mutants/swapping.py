"""Replace functions by their mutants, in a process that has already imported everything."""

import gc
from collections.abc import Iterator
from inspect import CO_OPTIMIZED
from types import CodeType, FunctionType


def live_functions(texts: dict[str, str]) -> dict[CodeType, list[FunctionType]]:
    """Return all functions of these modules that exist in this process, by their code object."""
    paths = tuple(texts)
    gc.unfreeze()
    found: dict[CodeType, list[FunctionType]] = {}
    for thing in gc.get_objects():
        if type(thing) is FunctionType and thing.__code__.co_filename.endswith(paths):
            found.setdefault(thing.__code__, []).append(thing)
    gc.freeze()
    return found


def replacements(right: str, mutated: str) -> list[tuple[CodeType, CodeType]] | None:
    """Return pairs of original and mutated code, for each function that differs.

    None if code differs that runs on import: in this process the import is over.
    """
    pairs = list(_differing(compile(right, "m", "exec"), compile(mutated, "m", "exec")))
    return None if None in pairs else [pair for pair in pairs if pair is not None]


def _differing(right: CodeType, mutated: CodeType) -> Iterator[tuple[CodeType, CodeType] | None]:
    if right == mutated:
        return
    if right.co_flags & CO_OPTIMIZED:
        # A function. Nested functions are among its constants, and may also exist by themselves.
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
    """Replace the code of the functions. Return whether any function was found."""
    number = 0
    for right, mutated in pairs:
        for function in live.get(right, []):
            function.__code__ = mutated.replace(co_filename=function.__code__.co_filename)
            number += 1
    return number > 0
