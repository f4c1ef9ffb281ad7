"""`make torture`: puts the site under load and faults, on each database. Prints what was lost; writes a report to docs/audit.

Usage: python -m torture [--minutes 2] [--database sqlite postgresql] [--seed 1]
"""

import argparse
import datetime
import json
import os
import random
import subprocess
import sys
import time

from bench.processes import BASE_DIR
from bench.sections import AUDITS, replace, stamp
from torture.book import KINDS, Book, Ended, Fault, written
from torture.clients import people
from torture.faults import FAULTS, left_out, seconds_until_well
from torture.site import Site

CHAIRS, SEED = 40, 1
CALM = 3  # seconds between recovery and the next fault
LOG = BASE_DIR / "var" / "torture"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m torture", description=__doc__)
    parser.add_argument(
        "--minutes", type=float, default=2, help="minutes per database; every fault is tried at least once"
    )
    parser.add_argument("--database", nargs="+", choices=["sqlite", "postgresql"], default=["sqlite", "postgresql"])
    parser.add_argument("--seed", type=int, default=SEED)
    asked = parser.parse_args()
    os.nice(10)
    LOG.mkdir(parents=True, exist_ok=True)
    ended = [torture(name, asked.minutes, asked.seed) for name in asked.database]
    day = f"{datetime.date.today():%Y-%m-%d}"
    file = AUDITS / f"{day}-torture.md"
    how = f"{asked.minutes:g} minutes, seed {asked.seed}, {stamp()}."
    sections = {one.engine: written(one, how) for one in ended}
    print(replace(file, f"# Load and faults, {day}\n\nBy `make torture`.", sections, ["sqlite", "postgresql"]))
    print(f"Written into {file.relative_to(BASE_DIR)}.")
    print("; ".join(one.summary for one in ended))
    sys.exit(not all(one.is_good for one in ended))


def torture(engine: str, minutes: float, seed: int) -> Ended:
    log = LOG / f"{engine}.log"
    log.unlink(missing_ok=True)
    site, book = Site(engine, log), Book()
    try:
        site.python("-m", "bench.fill", str(CHAIRS), str(SEED))
        known = json.loads(site.python("-m", "torture.records", "known"))
        site.start()
        crowd = people(site.port, known, book)
        for one in crowd:
            one.start()
        start_seconds = seconds_until_well(site, book)
        faults = [] if start_seconds is None else _one_after_another(site, book, minutes, random.Random(seed))
        for one in crowd:
            one.is_done.set()
        for one in crowd:
            one.join()
        return _look(engine, site, book, faults)
    finally:
        site.stop()


def _one_after_another(site: Site, book: Book, minutes: float, chance: random.Random) -> list[Fault]:
    """Try every fault once in random order, then more until the time is up. Return their results."""
    names = sorted(FAULTS.keys() - left_out(site).keys())
    waiting, tried = chance.sample(names, len(names)), []
    until = time.monotonic() + minutes * 60
    while waiting or time.monotonic() < until:
        name = waiting.pop() if waiting else chance.choice(names)
        time.sleep(CALM + chance.random())
        before, already = dict(site.restarts), book.total()
        with FAULTS[name](site):
            meanwhile = book.total() - already
            seconds = seconds_until_well(site, book)
        restarted = [what for what, times in site.restarts.items() if times > before[what]]
        tried.append(Fault(name, seconds, meanwhile, restarted))
        print(f"{name}: {'not well again' if seconds is None else f'{seconds:.1f} s'}", flush=True)
    return tried


def _look(engine: str, site: Site, book: Book, faults: list[Fault]) -> Ended:
    """Read what the site has stored, once the clients have stopped."""
    site.start()
    site.kill(site.worker)
    site.kill(site.web)
    site.python("manage.py", "deliver_mail")
    held = int(site.python("-m", "torture.records", "later"))
    if held:
        site.python("manage.py", "deliver_mail")
    found = json.loads(site.python("-m", "torture.records", "found"))
    command = [sys.executable, "manage.py", "check_ledger"]
    checked = subprocess.run(command, cwd=BASE_DIR, env=site.environment, capture_output=True, text=True, check=False)
    return Ended(
        engine=engine,
        tallies=[book.tally(kind, found[kind]) for kind in KINDS],
        faults=faults,
        left_out=left_out(site),
        answers=book.answers,
        ledger="" if not checked.returncode else (checked.stdout + checked.stderr)[-2000:],
        mails=found["mails"],
        mails_left=len(found["mails left"]),
        mails_held=held,
        mails_stuck=found["mails waiting"],
        mails_lost=len(set(found["mails left"]) - set(site.mailbox.received)),
        mails_again=len(site.mailbox.received) - len(set(site.mailbox.received)),
    )


if __name__ == "__main__":
    main()
