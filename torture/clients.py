"""A bounded number of people at 127.0.0.1: some read, some record payments, some write proposals, each again until answered."""

import datetime
import http.client
import threading
import time
import urllib.parse
import uuid

from torture.book import DRAFT, PAYMENT, SENDING, Book

CSRF = "a" * 32
# Seconds that one waits for an answer, between two acts, and before one presses again.
PATIENCE, PAUSE, AGAIN_AFTER = 30, 0.3, 0.5
FOUND, CONFLICT, OK = 302, 409, 200
READING = "pages"
READERS, CLERKS, PARTNERS = 2, 2, 2


class Person(threading.Thread):
    """Does one thing after another until told to stop."""

    def __init__(self, port: int, known: dict, book: Book):
        super().__init__(daemon=True)
        self.port, self.known, self.book = port, known, book
        self.is_done = threading.Event()

    def run(self) -> None:
        while not self.is_done.wait(PAUSE):
            self.act()

    def act(self) -> None:
        raise NotImplementedError

    def insist(self, kind: str, token: str, path: str, data: dict, session: str) -> bool:
        """Post a form again and again, always with its one token, until it is acknowledged; return whether it was."""
        self.book.send(kind, token)
        while True:
            status, location = self.ask(kind, path, data, session)
            # A draft that is known already, by a press whose answer never came, is a conflict.
            is_there = status == FOUND and self.leads_on(kind, token, location)
            if is_there or (kind == DRAFT and status == CONFLICT):
                self.book.acknowledge(kind, token)
                return True
            if status == OK or self.is_done.wait(AGAIN_AFTER):
                return False

    def leads_on(self, kind: str, token: str, location: str) -> bool:
        """Return whether a redirection says that it is done: one to the sign-in page, or to the form, does not."""
        path = urllib.parse.urlsplit(location).path
        return path == self.known["paid"] if kind == PAYMENT else path == f"/en/my/sponsorships/{token}/"

    def ask(self, kind: str, path: str, data: dict | None = None, session: str = "") -> tuple[int | None, str]:
        """Return status and Location; no status where the line broke."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        status, location = None, ""
        try:
            headers = {"Cookie": f"sessionid={session}; csrftoken={CSRF}"} if session else {}
            if data is None:
                line.request("GET", path, headers=headers)
            else:
                headers["Content-Type"] = "application/x-www-form-urlencoded"
                body = urllib.parse.urlencode({**data, "csrfmiddlewaretoken": CSRF})
                line.request("POST", path, body, headers)
            answer = line.getresponse()
            answer.read()
            status, location = answer.status, answer.getheader("Location") or ""
        except (OSError, http.client.HTTPException):
            status = None
        finally:
            line.close()
        self.book.answer(kind, status)
        return status, location


class Reader(Person):
    def act(self) -> None:
        for path in self.known["pages"]:
            if self.is_done.wait(PAUSE):
                return
            # What is kept of a page would answer without the database.
            self.ask(READING, f"{path}?fresh={time.monotonic_ns()}")


class Clerk(Person):
    def act(self) -> None:
        act = str(uuid.uuid4())
        data = {"act": act, "on": self.known["today"], "note": "", "amount": "1.00", "reference": f"T {act[:8]}"}
        self.insist(PAYMENT, act, self.known["pay"], data, self.known["manager"])


class Partner(Person):
    def act(self) -> None:
        reference = str(uuid.uuid4())
        if self.insist(DRAFT, reference, self.known["fund"], self.proposal(reference), self.known["partner"]):
            path = f"/en/my/sponsorships/{reference}/submit/"
            self.insist(SENDING, reference, path, {"revision": "1", "note": ""}, self.known["partner"])

    def proposal(self, reference: str) -> dict:
        year = datetime.date.fromisoformat(self.known["today"]).year
        return {
            "reference": reference,
            "revision": "0",
            "proposal": "A thesis on touch.",
            "purpose": f"Token {reference}",
            "regime": "partnership",
            "cash_amount": "1000",
            "in_kind_amount": "",
            "skills_amount": "",
            "in_kind_description": "",
            "starts_on": f"{year + 1}-01-01",
            "ends_on": f"{year + 3}-12-31",
            "confidentiality": "public",
            "signatory": self.known["signatory"],
            "act": "save",
        }


def people(port: int, known: dict, book: Book) -> list[Person]:
    crowd = [Reader] * READERS + [Clerk] * CLERKS + [Partner] * PARTNERS
    return [kind(port, known, book) for kind in crowd]
