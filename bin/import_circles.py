"""Lists our modules that import each other in a circle, late imports included, and fails if there are any."""

import sys
import tomllib
from pathlib import Path

import grimp

BASE_DIR = Path(__file__).resolve().parent.parent


def circles(imports: dict[str, set[str]]) -> list[list[str]]:
    """Return the import circles: groups of modules that all lead to each other (Tarjan's algorithm, without recursion)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    path: list[str] = []
    found: list[list[str]] = []
    for start in sorted(imports):
        if start in index:
            continue
        index[start] = low[start] = len(index)
        path.append(start)
        work = [(start, iter(sorted(imports[start])))]
        while work:
            module, rest = work[-1]
            following = next(rest, None)
            if following is None:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[module])
                if low[module] == index[module]:
                    cut = path.index(module)
                    group, path[cut:] = path[cut:], []
                    found += [sorted(group)] if len(group) > 1 else []
            elif following not in index:
                index[following] = low[following] = len(index)
                path.append(following)
                work.append((following, iter(sorted(imports[following]))))
            elif following in path:
                low[module] = min(low[module], index[following])
    return found


def main() -> int:
    sys.path.insert(0, str(BASE_DIR))
    settings = tomllib.loads((BASE_DIR / "pyproject.toml").read_text("utf-8"))
    graph = grimp.build_graph(*settings["tool"]["importlinter"]["root_packages"], cache_dir=None)
    found = circles({module: graph.find_modules_directly_imported_by(module) for module in graph.modules})
    for group in found:
        print("These import each other in a circle:", ", ".join(group))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
