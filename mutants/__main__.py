"""`make mutants`: changes one line of a rule, runs the tests that cover it, and lists the changes that no test noticed.

Usage: python -m mutants [composition money …] [--sample 60] [--seed 1] [--at-least 90] [--go-on]

Cosmic Ray makes the mutants; it is installed in var/mutants, apart from the site's packages. Its own runner starts the whole suite
for each mutant, so `mutants.trying` runs them instead. A mutant is killed if a test fails or takes far longer. The command fails if too
few are killed, or if a survivor is not in mutants/equivalent.toml with the reason why it changes nothing.
"""

import argparse
import datetime
import json
import os
import subprocess
import sys
from pathlib import Path

from bench.sections import AUDITS, replace, stamp
from mutants.areas import AREAS, NOTICES, Area
from mutants.equivalent import mutated_line, why_not_seen

BASE_DIR = Path(__file__).resolve().parent.parent
KEPT = BASE_DIR / "var" / "mutants"
LIBRARY = KEPT / "cosmic-ray"
COSMIC_RAY = "cosmic-ray==8.7.0"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m mutants", description=__doc__)
    parser.add_argument("areas", nargs="*", choices=[[], *AREAS], help="default: all areas")
    parser.add_argument("--sample", type=int, default=60, help="mutants to try in each area, spread over its lines")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--at-least", type=int, default=90, help="percentage that must be killed")
    parser.add_argument("--go-on", action="store_true", help="keep what the last run killed, and try the others")
    asked = parser.parse_args()
    if not (LIBRARY / "cosmic_ray").is_dir():
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(LIBRARY), COSMIC_RAY]
        subprocess.run(command, check=True)
    os.nice(10)
    good, short = True, []
    for name in asked.areas or AREAS:
        made, answers = _tried(name, AREAS[name], asked.sample, asked.seed, asked.go_on)
        is_good, said = _judged(name, made, answers, asked.at_least)
        print("\n".join(said))
        good = good and is_good
        short.append(f"{name}: {said[2]}")
        # Write after each area: an area takes half an hour, and areas are often run one by one.
        _write(name, [f"Seed {asked.seed}, {stamp()}.", *said[1:]])
    print(" ".join(short))
    sys.exit(not good)


def _tried(name: str, area: Area, sample: int, seed: int, goes_on: bool) -> tuple[dict, list[dict]]:
    """Return the mutants of an area: how many there are and which were chosen; and the verdicts on those."""
    file = KEPT / f"{name}.json"
    answers = file.with_suffix(".answers")
    if not goes_on:
        answers.unlink(missing_ok=True)
    run = [sys.executable, "-m", "mutants.making", str(sample), str(seed), *area.modules]
    environment = {**os.environ, "PYTHONPATH": str(LIBRARY)}
    file.write_bytes(subprocess.run(run, env=environment, stdout=subprocess.PIPE, check=True, cwd=BASE_DIR).stdout)
    run = [sys.executable, "-m", "pytest", "-p", "mutants.trying", "--mutants", str(file), "-s", "-q"]
    run += ["-p", "no:cacheprovider", "--hypothesis-profile=mutants", "-m", NOTICES, *area.tests]
    with file.with_suffix(".log").open("wb") as log:
        subprocess.run(run, stdout=log, check=False, cwd=BASE_DIR)
    found = json.loads(answers.read_text("utf-8")) if answers.exists() else []
    return json.loads(file.read_text("utf-8")), found


def _judged(name: str, made: dict, answers: list[dict], at_least: int) -> tuple[bool, list[str]]:
    if not answers:
        return False, [f"## {name}", "", "The tests fail without any mutant."]
    if len(answers) < len(made["chosen"]):
        said = f"It ended after {len(answers)} of {len(made['chosen'])} mutants: see var/mutants/{name}.log."
        return False, [f"## {name}", "", said]
    count = {verdict: sum(one["verdict"] == verdict for one in answers) for verdict in ("killed", "survived")}
    tried = sum(count.values())
    said = [
        f"## {name}",
        "",
        f"{count['killed']} of {tried} killed ({100 * count['killed'] // tried}%), of {made['all']}.",
        "",
    ]
    is_good = count["killed"] * 100 >= at_least * tried
    for one in answers:
        if one["verdict"] == "survived":
            line, reason = mutated_line(one), why_not_seen(one)
            is_good = is_good and reason is not None
            said.append(f"- `{one['path']}:{one['line']}` `{line}`: {reason or 'NOT EXPLAINED'}")
    return is_good, [*said, ""]


def _write(name: str, said: list[str]) -> None:
    """Write an area's result to the day's report, replacing its earlier result."""
    day = datetime.date.today()
    head = f"# Tests that are tested, {day}\n\nBy `make mutants`: a sample of each area."
    replace(AUDITS / f"{day}-mutants.md", head, {name: "\n".join(said)}, AREAS)


if __name__ == "__main__":
    main()
