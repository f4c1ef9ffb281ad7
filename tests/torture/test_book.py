"""`make torture`: its book says what is lost and what is doubled, and its report fails where anything is."""

import datetime
import os
import queue
import shutil
import subprocess
import sys
from collections import Counter

import pytest

from torture.book import DRAFT, IMPORT, PAYMENT, REVIEW, Book, Ended, Fault, written
from torture.clients import IS_ENTERED, Answer, Clerk, Partner, Reviewer, Secretary
from torture.site import Clock

KNOWN = {"paid": "/admin/sponsorships/instalment/7/change/"}


@pytest.fixture
def book():
    """Three were sent, two of them acknowledged."""
    book = Book()
    for token in ("one", "two", "three"):
        book.send(PAYMENT, token)
    for token in ("one", "two"):
        book.acknowledge(PAYMENT, token)
    return book


def ended(tally, **said) -> Ended:
    details = {
        "ledger": "",
        "mails": 3,
        "mails_left": 3,
        "mails_held": 1,
        "mails_stuck": 0,
        "mails_lost": 0,
        "mails_again": 1,
        "left_out": {"disk full": "No disk."},
    }
    faults = [Fault("web killed", 1.25, 4, ["web"])]
    answers = Counter({(PAYMENT, 302): 2, (PAYMENT, None): 1})
    return Ended("sqlite", [tally], **{"faults": faults, "answers": answers, **details, **said})


@pytest.mark.parametrize("found", [["one", "two"], ["one", "two", "three"]])
def test_what_nobody_acknowledged_may_be_there_or_not(book, found):
    tally = book.tally(PAYMENT, found)
    assert (tally.sent, tally.acknowledged, tally.found) == (3, 2, len(found))
    assert tally.is_good and not tally.lost and not tally.doubled
    assert ended(tally).is_good


@pytest.mark.parametrize(
    ("found", "name", "expected"),
    [
        (["one", "three"], "lost", ("two",)),
        (["one", "two", "two"], "doubled", ("two",)),
        (["one", "two", "nobody's"], "strange", ("nobody's",)),
    ],
)
def test_what_is_lost_doubled_or_nobodys_is_named_and_fails(book, found, name, expected):
    tally = book.tally(PAYMENT, found)
    assert getattr(tally, name) == expected
    assert not tally.is_good and not ended(tally).is_good


def test_a_run_in_which_nothing_was_acknowledged_proves_nothing():
    book = Book()
    book.send(DRAFT, "one")
    tally = book.tally(DRAFT, ["one"])
    assert (tally.sent, tally.found) == (1, 1)
    assert not tally.is_good


def test_a_line_says_what_was_lost(book):
    assert ended(book.tally(PAYMENT, ["one"])).summary == "sqlite: 1 faults, 3 writes sent, 1 lost, 0 doubled"


@pytest.mark.parametrize(
    "said",
    [
        {"ledger": "The chain is broken."},
        {"mails_lost": 1},
        {"mails_stuck": 1},
        {"faults": []},
        {"faults": [Fault("web killed", None, 0, ["web"])]},
        {"answers": Counter({(PAYMENT, 302): 5, (PAYMENT, 500): 1})},
    ],
)
def test_a_broken_ledger_a_lost_mail_a_mistake_and_a_site_that_stays_ill_fail(book, said):
    tally = book.tally(PAYMENT, ["one", "two"])
    assert ended(tally).is_good and not ended(tally, **said).is_good


def test_the_report_says_what_was_tried_and_what_was_not(book):
    text = written(ended(book.tally(PAYMENT, ["one"])), "2 minutes, seed 1.")
    assert text.startswith("2 minutes, seed 1.\n\n| | Sent |")
    assert "| payments | 3 | 2 | 1 | 1 | 0 |" in text
    assert "| web killed | 1.2 | 4 | web |" in text
    assert "Not tried: disk full. No disk." in text
    assert "Answers, payments: 302 × 2, none × 1" in text


def test_only_the_sites_own_next_page_acknowledges(book):
    tray = queue.SimpleQueue()
    clerk, partner, reviewer = Clerk(1, KNOWN, book), Partner(1, KNOWN, book, tray), Reviewer(1, KNOWN, book, tray)
    assert clerk.leads_on(PAYMENT, "one", KNOWN["paid"])
    assert partner.leads_on(DRAFT, "one", "http://127.0.0.1/en/my/sponsorships/one/")
    assert not clerk.leads_on(PAYMENT, "one", "/en/accounts/login/?next=/admin/")
    assert not partner.leads_on(DRAFT, "one", "/en/my/sponsorships/one/submit/")
    reviewer.page = "/admin/sponsorships/sponsorship/3/change/"
    assert reviewer.leads_on(REVIEW, "one", "http://127.0.0.1/admin/sponsorships/sponsorship/3/change/")
    assert not reviewer.leads_on(REVIEW, "one", "/admin/login/?next=/admin/sponsorships/sponsorship/3/change/")


def test_a_table_is_acknowledged_once_its_page_says_that_it_is_entered(book, monkeypatch):
    class Quick(Secretary):
        def ask(self, kind, path, body=None, session="", form=""):
            asked.append(path)
            if path == "/add/":
                return Answer(302, "/admin/imports/import/5/change/")
            return Answer(200, text=f'<strong class="status status-{states.pop(0)}">' if body is None else "")

    asked, states = [], ["checking", "entered"]
    monkeypatch.setattr("torture.clients.AGAIN_AFTER", 0)
    secretary = Quick(1, {"import": "/add/", "cluster": 1, "manager": "x"}, book)
    secretary.act()
    assert len(book.acknowledged[IMPORT]) == 1 and book.acknowledged[IMPORT] == book.sent[IMPORT]
    assert asked[1:3] == ["/admin/imports/import/5/act/enter/", "/admin/imports/import/5/change/"]
    assert not IS_ENTERED.search('class="status status-entering"')


def test_only_the_time_of_day_jumps():
    clock = Clock()
    try:
        assert clock.can_jump == bool(clock.environment) == (shutil.which("cc") is not None)
        clock.put(-7200 if clock.can_jump else 0)
        said = "import time; began = time.monotonic(); print(time.time()); time.sleep(0.01); assert time.monotonic() - began < 60"
        run = [sys.executable, "-S", "-c", said]
        then = float(subprocess.check_output(run, env={**os.environ, **clock.environment}))
        there = -7200 if clock.can_jump else 0
        assert abs(then - datetime.datetime.now().timestamp() - there) < 100
    finally:
        clock.remove()
    assert not clock.folder.exists()
