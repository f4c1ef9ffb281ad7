"""`make audit`'s scanner: wapiti against the demonstration, as nobody and as each persona; what it finds is explained or mended.

Usage: python -m scanning [anonymous partner …] [--seconds 20] [--pages 60]

wapiti comes into an environment of its own (requirements-audit.lock), since its parts are older than the site's. It presses every
button that it finds, so each scan has a copy of the demonstration. It talks to addresses of this machine alone.
"""

import argparse
import datetime
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from http.cookiejar import CookieJar
from pathlib import Path

from bench.processes import BASE_DIR
from bench.sections import AUDITS, replace, stamp
from scanning.findings import Finding, Scan, explanations, reported, unexplained, written
from scanning.site import Elsewhere, Site

KEPT = BASE_DIR / "var" / "scanning"
LOCK = BASE_DIR / "requirements-audit.lock"
# Three small parts come as text only; all others ready-made, and each with its hash.
AS_TEXT = ("pyperclip", "urwid-mitmproxy", "yaswfp")
PEOPLE = {
    "anonymous": None,
    "partner": "partner@example.org",
    "rival": "rival@example.org",
    "investigator": "pi@example.org",
    "reader": "reader.dataia@example.org",
    "editor": "editor.dataia@example.org",
    "finance": "finance.dataia@example.org",
    "manager": "manager.dataia@example.org",
    "auditor": "auditor@example.org",
    "coordinator": "coordinator@example.org",
}
# All but those that ask other machines than the site (htp, log4shell, nikto, ssl, takeover, wapp).
MODULES = (
    "backup brute_login_form buster cms cookieflags crlf csp csrf exec file htaccess http_headers https_redirect ldap methods "
    "network_device permanentxss redirect shellshock spring4shell sql ssrf timesql upload wp_enum xss xxe"
)
# It would end its own session there, or go on in French; and in French stands what stands in English.
LEFT_OUT = ("/en/accounts/logout/*", "/admin/logout/*", "/en/accounts/sessions/*", "/fr/*", "/i18n/*")
# Each module at most; what it found by then counts.
SECONDS, PAGES = 20, 60
TRIES = 4
# Whoever is signed in reads it, and nobody else.
PRIVATE = "/en/accounts/profile/"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m scanning", description=__doc__)
    parser.add_argument("people", nargs="*", choices=[[], *PEOPLE], help="all of them by default")
    parser.add_argument("--seconds", type=int, default=SECONDS, help="for each module, each time")
    parser.add_argument("--pages", type=int, default=PAGES, help="of each folder that it follows")
    asked = parser.parse_args()
    os.nice(10)
    program = _installed()
    with tempfile.TemporaryDirectory(prefix="scanning-") as folder:
        site, elsewhere = Site(Path(folder)), Elsewhere()
        try:
            site.prepare()
            scans = []
            for who in asked.people or PEOPLE:
                scans.append(_scan(who, site, elsewhere, program, asked))
                _write(scans[-1], asked.seconds)
        finally:
            site.stop()
            elsewhere.shutdown()
            elsewhere.server_close()
    left = sum(len(scan.unexplained) for scan in scans)
    print(
        f"{len(scans)} scans, {sum(scan.statuses.total() for scan in scans)} requests; not explained: {left or 'nothing'}"
    )
    sys.exit(bool(left) or not all(scan.is_whole for scan in scans))


def _write(scan: Scan, seconds: int) -> None:
    """Write what one scan found to the day's report: all of them take hours."""
    day = datetime.date.today()
    how = f"Each module for {seconds} seconds at most, {stamp()}."
    head = f"# A scanner against the site, {day}\n\nwapiti by `make audit`, its modules {MODULES.replace(' ', ', ')}."
    replace(AUDITS / f"{day}-wapiti.md", head, {scan.who: written(scan, how)}, PEOPLE)


def _installed() -> Path:
    """Return the scanner's program, installed as the lock says."""
    program, stamp = KEPT / "environment" / "bin" / "wapiti", KEPT / "installed.lock"
    if not (program.exists() and stamp.exists() and stamp.read_bytes() == LOCK.read_bytes()):
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(KEPT / "environment")], check=True)
        python = KEPT / "environment" / "bin" / "python"
        command = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
        command += ["--only-binary", ":all:", *(f"--no-binary={name}" for name in AS_TEXT), "--requirement", str(LOCK)]
        subprocess.run(command, check=True)
        stamp.write_bytes(LOCK.read_bytes())
    return program


def _scan(who: str, site: Site, elsewhere: Elsewhere, program: Path, asked: argparse.Namespace) -> Scan:
    site.start()
    elsewhere.asked.clear()
    address = PEOPLE[who]
    cookies = site.cookies_of(address)
    if address is not None and site.answer(PRIVATE, cookies) != 200:
        raise RuntimeError(f"{address} could not sign in.")
    report = site.folder / f"{who}.json"
    _attack(_command(program, site, elsewhere, cookies, report, asked), report, KEPT / f"{who}.log")
    is_whole = report.exists() and (address is None or site.answer(PRIVATE, cookies) == 200)
    findings = reported(report) if report.exists() else []
    findings += [Finding("The site asked another server", path) for path in elsewhere.asked]
    statuses, failed, pages = _answers(site.log)
    findings += [Finding("Internal Server Error", one, "in the log of the server") for one in failed]
    if failed:
        (KEPT / f"{who}.errors.log").write_bytes((site.folder / "errors.log").read_bytes())
    scan = Scan(who, findings, statuses, pages, is_whole, unexplained(findings, explanations()))
    lasted = "" if is_whole else ", NOT WHOLE"
    left = f"{len(scan.unexplained)} of {len(findings)} not explained"
    print(f"{who}: {statuses.total()} requests, {left}{lasted}", flush=True)
    for one in scan.unexplained[:40]:
        print(f"  {one}", flush=True)
    return scan


def _attack(command: list[str], report: Path, log: Path) -> None:
    """Run the scanner until it has written its report."""
    with log.open("w") as file:
        for again in range(TRIES):
            # It keeps what it did in a database, on which it trips where the machine is busy: it goes on where it was.
            resumed = ["--skip-crawl"] if again else ["--flush-session"]
            subprocess.run([*command, *resumed], stdout=file, stderr=file, check=False, cwd=report.parent)
            if report.exists():
                return


def _command(program, site, elsewhere, cookies, report, asked) -> list[str]:
    command = [str(program), "--url", f"{site.url}/", "--scope", "folder", "--module", ",".join(MODULES.split())]
    command += ["--cookie", str(_as_json(cookies, site.folder))]
    # With another word in the place of a form's proof nothing is read of it but that.
    command += ["--skip", "csrfmiddlewaretoken"]
    command += ["--endpoint", elsewhere.url, "--dns-endpoint", "localhost"]
    command += ["--start", f"{site.url}/en/my/", "--start", f"{site.url}/admin/"]
    for path in LEFT_OUT:
        command += ["--exclude", site.url + path]
    command += ["--max-files-per-dir", str(asked.pages), "--max-links-per-page", "100", "--depth", "6"]
    command += ["--max-scan-time", str(asked.seconds * 6), "--max-attack-time", str(asked.seconds)]
    command += ["--timeout", "20", "--tasks", "4", "--level", "1", "--verbose", "1", "--no-bugreport"]
    command += ["--format", "json", "--output", str(report)]
    return [*command, "--store-session", str(site.folder / "session"), "--store-config", str(site.folder / "config")]


def _as_json(cookies: CookieJar, folder: Path) -> Path:
    """Write cookies as wapiti reads them."""
    kept = {
        one.name: {"value": one.value, "expires": one.expires, "secure": False, "port": None, "version": 0}
        for one in cookies
    }
    file = folder / "cookies.json"
    file.write_text(json.dumps({"127.0.0.1": {"/": kept}}))
    return file


def _answers(log: Path) -> tuple[Counter, list[str], int]:
    """Return how many answers of each hundred there were, which failed, and how many addresses were found."""
    lines = [line.split(" ", 1) for line in log.read_text("utf-8", "replace").splitlines()]
    statuses = Counter(int(status[0]) for status, _what in lines)
    # An operator's word that the site has no room is not a mistake.
    failed = sorted({what for status, what in lines if status.startswith("5")})
    return statuses, failed, len({what for status, what in lines if status.startswith("2")})


if __name__ == "__main__":
    main()
