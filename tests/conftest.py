"""What every test may ask for. The cast is in tests/personas.py; the database is tests/harness.py's affair."""

import os
import shutil
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from django.db import connection
from django.test import TransactionTestCase
from django.utils import translation
from hypothesis import settings

from tests import shares, template_database
from tests.counting import no_process_counted

# A loaded machine is slow, not wrong: no example has a deadline. CI tries more of them, `make audit` many more.
settings.register_profile("quick", deadline=None, max_examples=8)
settings.register_profile("share", deadline=None, max_examples=12)
settings.register_profile("suite", deadline=None, max_examples=50)
settings.register_profile("everything", deadline=None, max_examples=500)
# More would take hours: fifty of each take a minute of a processor on SQLite.
settings.register_profile("audit", deadline=None, max_examples=2_000)

pytest_plugins = ["tests.personas", "tests.demonstration", "tests.records"]

# Of a test with more cases than this that asks the database, `make test` tries so many, and CI repeats so many on PostgreSQL.
MAX_CASES = 1

# How a test says that a run on PostgreSQL has it: a file that does not is not looked at for that run.
QUICK_ON_BOTH = "database(quick=True)"
TAKES_LONG = "database(long=True)"
ONLY_HERE = 'only_on("postgresql")'

# Whether coverage counts what a test takes.
COUNTED = pytest.StashKey[bool]()

# The distributions name the same browser differently.
BROWSER_PROGRAMS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
NO_BROWSER = "BROWSER TESTS DID NOT RUN"
# Each switches off something that a test must not depend on: the sandbox (absent in containers), the graphics card,
# and what the browser fetches on its own account.
BROWSER_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(autouse=True)
def english():
    """Every test begins in English: a visit to a French page leaves its thread in French, in tests as on a server."""
    translation.activate("en")


def pytest_configure(config):
    if not config.getoption("--hypothesis-profile"):
        part = config.getoption("part") if config.getoption("part") in {"quick", "share"} else "suite"
        settings.load_profile("everything" if config.getoption("everything") else part)
    config.addinivalue_line("markers", "only_on(database): a test of one database; the run on the other leaves it out")
    config.addinivalue_line(
        "markers",
        "database: what a database can change (constraints, locks, search, sums, dates, JSON, triggers, odd input), and"
        " so what `bin/test --everything` repeats on PostgreSQL; `make test` and CI repeat the first of a test's cases where it is `quick=True`:"
        " what is written in SQL of ours, locks, constraints, and one look at every page. CI repeats what is `long=True` as well",
    )
    config.addinivalue_line(
        "markers",
        f"each_case(of=1): `make test` tries all cases, or one of so many (another on PostgreSQL than on SQLite), where of a"
        f" test that asks the database it would try {MAX_CASES}",
    )
    config.addinivalue_line(
        "markers",
        "browser: drives a real browser; CI runs it, and `make test` too where it is `quick=True`",
    )
    config.addinivalue_line(
        "markers",
        "exhaustive(counted=False, always=False): walks every combination, or many examples, of what other tests try by a few; CI runs it in"
        " turn (tests/shares.py), and `make test`, which is to answer within minutes, does not. `counted=True`: it takes code"
        " that `make test` does not, and CI always runs it, as what is `always=True`",
    )


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item):
    """Where coverage is measured, leave out the processes that take only what those of `make test` take too: to count one is dear."""
    if item.stash[COUNTED]:
        return (yield)
    with no_process_counted():
        return (yield)


def pytest_ignore_collect(collection_path, config):
    """Leave out of PostgreSQL's short runs the files that do not speak of them: to import all takes fifteen seconds."""
    if is_second_half(config) and collection_path.name.startswith("test_"):
        asked = {"quick": [QUICK_ON_BOTH], "own": [TAKES_LONG, ONLY_HERE]}.get(config.getoption("part"), [""])
        return not any(mark in _text(collection_path) for mark in asked) or None
    return None


@cache
def _text(path: Path) -> str:
    return path.read_text("utf-8")


def pytest_collection_modifyitems(config, items):
    """Leave out what another run of the suite has: nothing is ever skipped."""
    cases = Counter(item.location[:2] for item in items)
    kept, others, seen = [], [], Counter()
    for item in items:
        test = item.location[:2]
        is_quick = _is_quick(item, config, seen[test], cases[test])
        is_whole = not is_second_half(config) or _is_repeated(item, seen[test], cases[test])
        seen[test] += 1
        is_own = not is_quick and (
            item.get_closest_marker("only_on") is not None or _is_marked(item, "database", "long")
        )
        is_counted = is_quick or _is_marked(item, "exhaustive", "counted")
        item.stash[COUNTED] = is_counted or config.getoption("part") != "share"
        is_in_turn = is_counted or _is_marked(item, "exhaustive", "always") or shares.is_in_turn(item.nodeid)
        asked = {"whole": is_whole, "quick": is_quick, "share": is_in_turn, "own": is_own}
        is_asked = asked[config.getoption("part")]
        (kept if is_asked and not _is_of_the_other_half(item, config) else others).append(item)
    if others:
        config.hook.pytest_deselected(items=others)
        items[:] = kept


def _is_quick(item, config, case: int, cases: int) -> bool:
    """Return whether `make test` runs it, the test's case of this number."""
    browser, each = item.get_closest_marker("browser"), item.get_closest_marker("each_case")
    if item.get_closest_marker("exhaustive") or (browser and not browser.kwargs.get("quick")):
        return False
    if is_second_half(config):
        return _is_quickly_repeated(item, case)
    if config.getoption("once") and _is_quickly_repeated(item, case) and not item.get_closest_marker("only_on"):
        return False
    if each:
        return case % each.kwargs.get("of", 1) == 0
    return _is_one_of_few(case, cases) or not _asks_the_database(item)


def _is_marked(item, name: str, how: str) -> bool:
    """Return whether its mark of this name says so."""
    mark = item.get_closest_marker(name)
    return mark is not None and bool(mark.kwargs.get(how))


def _is_quickly_repeated(item, case: int) -> bool:
    """Return whether `make test` runs it on PostgreSQL."""
    each = item.get_closest_marker("each_case")
    if not _is_marked(item, "database", "quick"):
        return False
    if QUICK_ON_BOTH not in _text(item.path):
        raise pytest.UsageError(
            f"{item.path} says {QUICK_ON_BOTH} in other words: PostgreSQL's quick run looks for these"
        )
    of = each.kwargs.get("of", 1) if each else 0
    return case % of == (1 if of > 1 else 0) if each else case == 0


def _is_repeated(item, case: int, cases: int) -> bool:
    """Return whether CI's second run has it."""
    return item.get_closest_marker("each_case") is not None or _is_one_of_few(case, cases)


def _is_one_of_few(case: int, cases: int) -> bool:
    """Return whether it is one of MAX_CASES evenly spread, the first among them: neighbours often try the same thing."""
    return cases <= MAX_CASES or case * MAX_CASES % cases < MAX_CASES


def _asks_the_database(item) -> bool:
    return item.get_closest_marker("django_db") is not None or "db" in item.fixturenames


def _is_of_the_other_half(item, config) -> bool:
    chosen, only = config.getoption("database"), item.get_closest_marker("only_on")
    if only is not None:
        return chosen not in only.args
    return is_second_half(config) and item.get_closest_marker("database") is None


def is_second_half(config) -> bool:
    """Return whether this run repeats, on another database, only what a database can change."""
    return config.getoption("repeating") and not config.getoption("everything")


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_modify_db_settings, django_db_blocker, everything_kept):
    """Give this process a copy of the migrated database, where pytest-django would migrate one."""
    with django_db_blocker.unblock(), everything_kept():
        template_database.use_a_copy(connection.creation._get_test_db_name())
        template_database.keep_as_it_is()
    yield
    with django_db_blocker.unblock():
        connection.close()


@pytest.fixture(scope="session", autouse=True)
def fresh_after_a_commit():
    """A test that commits is followed by a new copy of the database, where Django would empty every table."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: template_database.start_afresh())
        yield


@pytest.fixture(scope="session")
def everything(pytestconfig) -> bool:
    """Return whether the run may take its time, as in CI: `make test` is to answer within minutes."""
    return pytestconfig.getoption("everything")


def pytest_terminal_summary(terminalreporter):
    """Say aloud, just above the verdict, that there was no browser: a list of skipped tests is easily read over."""
    skipped = [report for report in terminalreporter.stats.get("skipped", []) if NO_BROWSER in str(report.longrepr)]
    if skipped:
        terminalreporter.section(f"{NO_BROWSER}: {len(skipped)} of them", sep="!", red=True, bold=True)


@pytest.fixture(scope="session")
def browser(search_index, field_history):
    """A Chromium for the whole run: the machine's own, else the one that Playwright keeps. It visits a whole site."""
    from playwright.sync_api import Error, sync_playwright

    program = next(filter(None, map(shutil.which, BROWSER_PROGRAMS)), None)
    with sync_playwright() as playwright:
        try:
            chromium = playwright.chromium.launch(executable_path=program, args=BROWSER_FLAGS)
        except Error as error:
            # On a machine that gives a verdict, a test that did not run is a test that failed.
            refuse = pytest.fail if os.environ.get("CI") else pytest.skip
            refuse(f"{NO_BROWSER}: no Chromium starts here ({str(error).splitlines()[0]})")
        yield chromium
        chromium.close()


@pytest.fixture
def context(browser, live_server):
    """A visitor's own browser: no cookies, addresses relative to the live site. Make others with `browser`."""
    context = browser.new_context(base_url=live_server.url, locale="en-GB")
    yield context
    context.close()


@pytest.fixture
def page(context):
    """A page that fails the test on any error in the console: a blocked style is one."""
    page = context.new_page()
    errors = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    assert not errors, f"the browser's console: {errors}"
