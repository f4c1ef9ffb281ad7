"""Write the tables: the cost of each page in floors, beside its goal."""

import datetime
import json
from pathlib import Path

from bench.pages import AGAIN, GOAL_MEMORY, GOAL_NOT_MODIFIED, PAGES

REPORT = Path(__file__).parent / "report.md"
AUDITS = Path(__file__).parent.parent / "docs" / "audit"
HEAD = """# What a page costs

Written by `make bench`; [docs/performance.md](../docs/performance.md) explains it. A cost in bold is above its goal.
"""


def write(results: Path) -> None:
    """Write the stored results, with one table per database."""
    kept = [json.loads(file.read_text()) for file in sorted(results.glob("*.json"))]
    parts = [HEAD]
    for database in ("sqlite", "postgresql"):
        found = sorted((one for one in kept if one["database"] == database), key=lambda one: one["chairs"])
        if found:
            parts.append(f"## {NAMES[database]}\n\n{_made(found)}\n\n{table(found)}\n\n{nights(found)}")
    REPORT.write_text("\n".join(parts))


def keep(day: datetime.date, folder: Path = AUDITS) -> Path:
    """Keep the report under the day of a run, and return where."""
    file = folder / f"{day:%Y-%m-%d}-bench.md"
    file.parent.mkdir(parents=True, exist_ok=True)
    # One folder nearer to the document that it names.
    file.write_text(REPORT.read_text("utf-8").replace("](../docs/", "](../"), "utf-8")
    return file


NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


def _made(results: list[dict]) -> str:
    lines = [
        f"{one['chairs']:,} chairs: on {one['on']}, at {one['commit']}; hello {_ms(one, 'hello')}, floor {_ms(one, 'floor')}."
        for one in results
    ]
    return "\n".join(f"- {line}" for line in lines)


def _ms(result: dict, name: str) -> str:
    return f"{result['seconds'][name] * 1000:.2f} ms"


def table(results: list[dict]) -> str:
    """Return the table of these results, which are of one database: one column per size."""
    head = " | ".join(f"{one['chairs']:,}" for one in results)
    largest = results[-1]
    lines = [
        f"| Page, uncached; cost in floors | to reach | {head} | queries | kB | compressed |",
        "|---" * (len(results) + 5) + "|",
    ]
    for page in PAGES:
        costs = [_cost(one, page.name, "floor", page.goal(one["chairs"])) for one in results]
        goals = [page.goal(one["chairs"]) for one in results]
        lines.append(_line(page.name, goals, costs, *_weighed(largest, page.name)))
    lines += ["", f"| In hellos | to reach | {head} |", "|---" * (len(results) + 2) + "|"]
    for page in AGAIN:
        lines += _again(page.name, page.goals[0], results)
    return "\n".join([*lines, *_memory(results)])


def _again(name: str, goal: float, results: list[dict]) -> list[str]:
    not_modified = name.replace("again, unchanged data", "not modified")
    return [
        _line(name, [goal], [_cost(one, name, "hello", goal) for one in results]),
        _line(
            f"{not_modified} (304)",
            [GOAL_NOT_MODIFIED],
            [_cost(one, not_modified, "hello", GOAL_NOT_MODIFIED) for one in results],
        ),
    ]


def _memory(results: list[dict]) -> list[str]:
    held = [_bold(f"{one['memory']['now']:.0f}", one["memory"]["now"] > GOAL_MEMORY) for one in results]
    peaks = [f"{one['memory']['peak']:.0f}" for one in results]
    parts = [f"{one['memory']['part']:.0f}" for one in results]
    return [
        _line("memory per worker after the rounds (MB)", [GOAL_MEMORY], held),
        _line("its peak (MB)", [], peaks),
        _line("its part, where what is shared is divided (MB)", [], parts),
    ]


def nights(results: list[dict]) -> str:
    """Return the table of nightly commands, for the sizes at which they were measured."""
    found = [one for one in results if one["nights"]]
    if not found:
        return ""
    lines = [
        "| Nights | " + " | ".join(f"{one['chairs']:,}" for one in found) + " |",
        "|---" * (len(found) + 1) + "|",
    ]
    for command in (name for name in found[0]["nights"] if name != "sizes"):
        said = [one["nights"][command] for one in found]
        lines.append(
            _line(f"`{command}`", None, [f"{one['seconds']:.1f} s, {one['queries']:,} statements" for one in said])
        )
    sizes = [one["nights"]["sizes"] for one in found]
    said = [
        f"{one['index'] / 1e6:.1f} MB of {one['text'] / 1e6:.1f} MB of text: {one['index'] / one['text']:.1f} ×"
        for one in sizes
    ]
    return "\n".join([*lines, _line("search index", None, said), ""])


def _cost(result: dict, name: str, unit: str, goal: float) -> str:
    if name not in result["seconds"]:
        return "—"
    cost = result["seconds"][name] / result["seconds"][unit]
    return _bold(f"{cost:.1f}", cost > goal)


def _weighed(result: dict, name: str) -> list[str]:
    """Return the queries and kilobytes of a page as text; dashes if it was not measured."""
    if name not in result["weighed"]:
        return ["—"] * 3
    of = result["weighed"][name]
    return [str(of["queries"]), _kb(of["bytes"]), _kb(of["compressed"])]


def _bold(text: str, is_above: bool) -> str:
    return f"**{text}**" if is_above else text


def _kb(size: int) -> str:
    return f"{size / 1000:.1f}"


def _line(name: str, goals: list[float] | None, *rest) -> str:
    cells = [name]
    if goals is not None:
        cells.append(f"≤ {' / '.join(f'{goal:g}' for goal in dict.fromkeys(goals))}" if goals else "")
    for one in rest:
        cells += one if isinstance(one, list) else [str(one)]
    return "| " + " | ".join(cells) + " |"
