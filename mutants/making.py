"""Makes the mutants of modules, by Cosmic Ray's operators: prints them as JSON. Run where Cosmic Ray can be imported."""

import ast
import json
import random
import sys
from collections import defaultdict
from pathlib import Path

# They change no result of ours: decorators register, and what is raised or called by a made-up name proves nothing.
LEFT_OUT = ("RemoveDecorator", "VariableInserter", "VariableReplacer", "ExceptionReplacer")
# Of one operator for another, those between which somebody could hesitate: most of the others only raise, which any test sees.
BINARY, KEPT_BINARY = (
    "ReplaceBinaryOperator",
    ("Add_Sub", "Sub_Add", "Mul_Div", "Div_Mul", "BitOr_BitAnd", "BitAnd_BitOr"),
)


def places(path: Path) -> list[dict]:
    """Return where which operator can change something of a module: its line, and which of its occurrences."""
    from cosmic_ray.ast import ast_nodes, get_ast
    from cosmic_ray.plugins import get_operator, operator_names

    text = path.read_text("utf-8")
    nodes, types, found = list(ast_nodes(get_ast(text))), annotations(text), []
    for name in sorted(operator_names()):
        if any(part in name for part in LEFT_OUT) or (BINARY in name and not name.endswith(KEPT_BINARY)):
            continue
        operator = get_operator(name)()
        starts = [start for node in nodes for start, _end in operator.mutation_positions(node)]
        found += [
            {"path": str(path), "operator": name, "occurrence": number, "line": start[0]}
            for number, start in enumerate(starts)
            if not any(begin <= start < end for begin, end in types)
        ]
    return found


def annotations(text: str) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Return from where to where types and the decorators of classes are written: a wrong one is no wrong result."""
    found = []
    for node in ast.walk(ast.parse(text)):
        decorators = node.decorator_list if isinstance(node, ast.ClassDef) else []
        for part in (getattr(node, "annotation", None), getattr(node, "returns", None), *decorators):
            if part is not None:
                found.append(((part.lineno, part.col_offset), (part.end_lineno, part.end_col_offset)))
    return found


def in_order(found: list[dict], seed: int) -> list[dict]:
    """Return them in an order of the seed's: one of each line, then a second of each, and so on."""
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
    """Return so many mutants that are Python, and each another."""
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
