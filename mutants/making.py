"""Make mutants of modules with Cosmic Ray's operators, and print them as JSON. Cosmic Ray must be importable."""

import ast
import json
import random
import sys
from collections import defaultdict
from pathlib import Path

# These prove nothing: decorators only register, and made-up names only raise.
LEFT_OUT = ("RemoveDecorator", "VariableInserter", "VariableReplacer", "ExceptionReplacer")
# Of the replacements of binary operators, keep plausible mistakes: most others only raise, which any test notices.
BINARY, KEPT_BINARY = (
    "ReplaceBinaryOperator",
    ("Add_Sub", "Sub_Add", "Mul_Div", "Div_Mul", "BitOr_BitAnd", "BitAnd_BitOr"),
)


def places(path: Path) -> list[dict]:
    """Return all places in a module where an operator can change something: its line, and the number of the occurrence."""
    from cosmic_ray.ast import ast_nodes, get_ast
    from cosmic_ray.plugins import get_operator, operator_names

    text = path.read_text("utf-8")
    nodes, spared, found = list(ast_nodes(get_ast(text))), [*annotations(text), *signatures(text)], []
    for name in sorted(operator_names()):
        if any(part in name for part in LEFT_OUT) or (BINARY in name and not name.endswith(KEPT_BINARY)):
            continue
        operator = get_operator(name)()
        starts = [start for node in nodes for start, _end in operator.mutation_positions(node)]
        found += [
            {"path": str(path), "operator": name, "occurrence": number, "line": start[0]}
            for number, start in enumerate(starts)
            if not any(begin <= start < end for begin, end in spared)
        ]
    return found


def annotations(text: str) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Return the ranges of type annotations and class decorators: a change there gives no wrong result."""
    found = []
    for node in ast.walk(ast.parse(text)):
        decorators = node.decorator_list if isinstance(node, ast.ClassDef) else []
        for part in (getattr(node, "annotation", None), getattr(node, "returns", None), *decorators):
            if part is not None:
                found.append(((part.lineno, part.col_offset), (part.end_lineno, part.end_col_offset)))
    return found


def signatures(text: str) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Return the ranges of the heads of functions, except default values: a bare `*` or `/` there is no operator."""
    found = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            defaults = [one for one in (*node.args.defaults, *node.args.kw_defaults) if one is not None]
            begin = (node.lineno, node.col_offset)
            for start, end in sorted(map(_range_of, [*defaults, node.body[0]])):
                found.append((begin, start))
                begin = end
    return found


def _range_of(node: ast.expr | ast.stmt) -> tuple[tuple[int, int], tuple[int, int]]:
    return (node.lineno, node.col_offset), (node.end_lineno or node.lineno, node.end_col_offset or node.col_offset)


def in_order(found: list[dict], seed: int) -> list[dict]:
    """Return the places in a random order: one of each line, then a second of each, and so on."""
    chance, by_line = random.Random(seed), defaultdict(list)
    for one in found:
        by_line[one["path"], one["line"]].append(one)
    turns = defaultdict(list)
    for group in by_line.values():
        chance.shuffle(group)
        for turn, one in enumerate(group):
            turns[turn].append(one)
    for turn in turns.values():
        chance.shuffle(turn)
    return [one for turn in sorted(turns) for one in turns[turn]]


def made(found: list[dict], sample: int) -> list[dict]:
    """Return up to `sample` different mutants that are valid Python."""
    from cosmic_ray.mutating import mutate_code
    from cosmic_ray.plugins import get_operator

    chosen, seen = [], set()
    for one in found:
        if len(chosen) == sample:
            break
        text = Path(one["path"]).read_text("utf-8")
        mutated = mutate_code(text, get_operator(one["operator"])(), one["occurrence"])
        if mutated is not None and (one["path"], mutated) not in seen and _means_something_else(text, mutated):
            seen.add((one["path"], mutated))
            chosen.append({**one, "text": mutated})
    return chosen


def _means_something_else(text: str, mutated: str) -> bool:
    try:
        return ast.dump(ast.parse(text)) != ast.dump(ast.parse(mutated))
    except (SyntaxError, ValueError):
        return False


if __name__ == "__main__":
    sample, seed, *paths = sys.argv[1:]
    every = [one for path in paths for one in places(Path(path))]
    json.dump({"all": len(every), "chosen": made(in_order(every, int(seed)), int(sample))}, sys.stdout)
