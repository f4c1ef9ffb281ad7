"""`make bench`: measures every page and two minimal ones (*hello*, *floor*). Prints the table; writes bench/report.md and
docs/audit/<day>-bench.md.

Usage: python -m bench [--chairs 400 10000] [--database sqlite postgresql] [--rounds 5] [--without-nights]
"""

import argparse
import datetime
import json
import os
import subprocess
from pathlib import Path

from bench import databases, report
from bench.databases import KEPT, Database, run
from bench.nights import COMMANDS
from bench.pages import AGAIN, PAGES
from bench.processes import BASE_DIR, Server
from bench.rounds import Asked, measure

RESULTS = Path(__file__).parent / "results"
CORES = 2
# What the bench itself writes, one size after the other.
WRITTEN = ("bench/results", "bench/report.md", "docs/audit")


def main() -> None:
    asked = _arguments()
    # Workers, database and client share two cores, as on a small machine.
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:CORES])
    RESULTS.mkdir(exist_ok=True)
    for name in asked.database:
        database = databases.start(name)
        try:
            run(database.environment("floor"), "manage.py", "collectstatic", "--noinput", "-v0")
            for chairs in asked.chairs:
                result = measure_size(database, chairs, asked)
                file = RESULTS / f"{name}-{chairs}.json"
                file.write_text(json.dumps(result, indent=1) + "\n")
                print(report.table([result]), flush=True)
        finally:
            database.stop()
    report.write(RESULTS)
    print(f"Written into {report.keep(datetime.date.today()).relative_to(BASE_DIR)}.")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--chairs", type=int, nargs="+", default=[400, 10_000])
    parser.add_argument("--database", nargs="+", choices=["sqlite", "postgresql"], default=["sqlite", "postgresql"])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--without-nights", action="store_true")
    return parser.parse_args()


def measure_size(database: Database, chairs: int, asked: argparse.Namespace) -> dict:
    name = database.ready(chairs)
    environment = database.environment(name)
    known = _told(environment, "bench.records")
    floor = database.environment(database.floor(), is_floor=True)
    log = KEPT / "servers.log"
    servers = []
    try:
        for application, its_environment in (
            ("bench.floor.wsgi", floor | {"BARE": "1"}),
            ("bench.floor.wsgi", floor),
            ("config.wsgi", environment),
        ):
            servers.append(Server(application, its_environment, log))
        measured = _measure_pages(database, servers, known, asked.rounds)
        memory = servers[-1].memory()
    finally:
        for server in servers:
            server.stop()
    return {
        "database": database.name,
        "chairs": chairs,
        "on": datetime.date.today().isoformat(),
        "commit": _commit(),
        "weighed": {
            page: {key: of[key] for key in ("queries", "bytes", "compressed")} for page, of in known["pages"].items()
        },
        "seconds": measured,
        "memory": memory,
        "nights": {} if asked.without_nights else _measure_nights(database, environment),
    }


def _measure_pages(database: Database, servers: list[Server], known: dict, rounds: int) -> dict[str, float]:
    hello, floor, site = servers
    pages = [
        Asked("hello", hello, "/hello/"),
        Asked("floor", floor, "/floor/?group=7"),
        *(_asked(page.name, site, known["pages"][page.name]) for page in PAGES),
    ]
    for page in AGAIN:
        path = page.path.format(**known["records"])
        pages.append(Asked(page.name, site, path))
        tag = site.get(path, {}).getheader("ETag")
        if tag:
            name = page.name.replace("again, unchanged data", "not modified")
            pages.append(Asked(name, site, path, {"If-None-Match": tag}, status=304))
    measure(pages, database.process, rounds)
    return {page.name: page.cost for page in pages}


def _asked(name: str, site: Server, known: dict) -> Asked:
    headers = {"Cookie": f"sessionid={known['session']}"} if known["session"] else {}
    return Asked(name, site, known["path"], headers, is_fresh=not known["session"])


def _measure_nights(database: Database, environment: dict[str, str]) -> dict:
    nights = {}
    for command in COMMANDS:
        before = database.process.spent() if database.process else 0
        nights[command] = _told(environment, "bench.nights", command)
        if database.process:
            nights[command]["seconds"] += database.process.spent() - before
    return nights | {"sizes": _told(environment, "bench.nights", "sizes")}


def _told(environment: dict[str, str], *command: str) -> dict:
    """Return what a module of this package prints as JSON: the last line, since slow queries may be logged before it."""
    return json.loads(run(environment, "-m", *command).splitlines()[-1])


def _commit() -> str:
    """Return the commit that is measured, marked as dirty if anything but what the bench itself writes differs from it."""
    is_dirty = _git("status", "--porcelain", "--untracked-files=no", "--", ".", *(f":!{path}" for path in WRITTEN))
    return _git("rev-parse", "--short", "HEAD") + ("-dirty" if is_dirty else "")


def _git(*arguments: str) -> str:
    command = ["git", *arguments]
    return subprocess.run(command, cwd=BASE_DIR, capture_output=True, text=True, check=False).stdout.strip()


if __name__ == "__main__":
    main()
