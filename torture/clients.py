"""A fixed number of clients at 127.0.0.1: they read, record payments and write proposals, and repeat until answered."""

import datetime
import http.client
import queue
import re
import threading
import time
import urllib.parse
import uuid
from dataclasses import dataclass

from torture.book import DRAFT, IMPORT, PAYMENT, REVIEW, SENDING, Book

CSRF = "a" * 32
# Seconds: timeout of a request, pause between two acts, and pause before repeating a post.
PATIENCE, PAUSE, AGAIN_AFTER = 30, 0.3, 0.5
FOUND, CONFLICT, OK = 302, 409, 200
READING, LOOKING = "pages", "staff's pages"
READERS, CLERKS, PARTNERS, REVIEWERS, SECRETARIES = 2, 2, 2, 1, 1
# Seconds for which a secretary waits for one import, also after the other clients have stopped: mails come before it in
# the queue, and if its worker was killed, it waits until somebody starts it again.
LOOKS_FOR = 90
FORM = "application/x-www-form-urlencoded"
BOUNDARY = "torture"
MULTIPART = f"multipart/form-data; boundary={BOUNDARY}"
IS_ENTERED = re.compile(r'class="status status-entered"')


@dataclass(frozen=True)
class Answer:
    """A response; the status is None if the connection broke."""

    status: int | None = None
    location: str = ""
    text: str = ""

    @property
    def path(self) -> str:
        return urllib.parse.urlsplit(self.location).path


class Person(threading.Thread):
    """A client that repeats one act until it is told to stop."""

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
        """Post a form repeatedly, always with the same token, until it is acknowledged. Return whether it was."""
        self.book.send(kind, token)
        while True:
            answer = self.ask(kind, path, urllib.parse.urlencode({**data, "csrfmiddlewaretoken": CSRF}), session)
            # A conflict means that an earlier post was saved, but its response was lost.
            is_there = answer.status == FOUND and self.leads_on(kind, token, answer.location)
            if is_there or (kind == DRAFT and answer.status == CONFLICT):
                self.book.acknowledge(kind, token)
                return True
            if answer.status == OK or self.is_done.wait(AGAIN_AFTER):
                return False

    def leads_on(self, kind: str, token: str, location: str) -> bool:
        """Return whether a redirect means success: not one to the sign-in page or back to the form."""
        path = urllib.parse.urlsplit(location).path
        return path == self.known["paid"] if kind == PAYMENT else path == f"/en/my/sponsorships/{token}/"

    def ask(self, kind: str, path: str, body: str | None = None, session: str = "", form: str = FORM) -> Answer:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        found = Answer()
        try:
            headers = {"Cookie": f"sessionid={session}; csrftoken={CSRF}"} if session else {}
            if body is None:
                line.request("GET", path, headers=headers)
            else:
                line.request("POST", path, body.encode(), {**headers, "Content-Type": form})
            answer = line.getresponse()
            text = answer.read().decode("utf-8", "replace")
            found = Answer(answer.status, answer.getheader("Location") or "", text)
        except (OSError, http.client.HTTPException):
            found = Answer()
        finally:
            line.close()
        self.book.answer(kind, found.status)
        return found


class Reader(Person):
    def act(self) -> None:
        for path in self.known["pages"]:
            if self.is_done.wait(PAUSE):
                return
            # The parameter bypasses the page cache, which would answer without the database.
            self.ask(READING, f"{path}?fresh={time.monotonic_ns()}")


class Clerk(Person):
    def act(self) -> None:
        act = str(uuid.uuid4())
        data = {"act": act, "on": self.known["today"], "note": "", "amount": "1.00", "reference": f"T {act[:8]}"}
        self.insist(PAYMENT, act, self.known["pay"], data, self.known["manager"])


class Partner(Person):
    """Writes and sends proposals, and puts them in the tray for reviewers."""

    def __init__(self, port: int, known: dict, book: Book, tray: queue.SimpleQueue):
        super().__init__(port, known, book)
        self.tray = tray

    def act(self) -> None:
        reference = str(uuid.uuid4())
        if self.insist(DRAFT, reference, self.known["fund"], self.proposal(reference), self.known["partner"]):
            path = f"/en/my/sponsorships/{reference}/submit/"
            if self.insist(SENDING, reference, path, {"revision": "1", "note": ""}, self.known["partner"]):
                self.tray.put(reference)

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


class Reviewer(Person):
    """Starts the review of sent proposals, with a verb of the panel."""

    def __init__(self, port: int, known: dict, book: Book, tray: queue.SimpleQueue):
        super().__init__(port, known, book)
        self.tray = tray

    def act(self) -> None:
        try:
            reference = self.tray.get(timeout=PAUSE)
        except queue.Empty:
            return
        while not self.is_done.is_set():
            listed = self.ask(LOOKING, f"{self.known['sponsorships']}?q={reference}", session=self.known["manager"])
            if found := re.search(rf"{self.known['sponsorships']}(\d+)/change/", listed.text):
                self.page = found[0]
                self.insist(REVIEW, reference, self.verb(found[1]), {"note": ""}, self.known["manager"])
                return
            self.is_done.wait(AGAIN_AFTER)

    def verb(self, pk: str) -> str:
        return f"{self.known['sponsorships']}{pk}/verb/review/"

    def leads_on(self, kind: str, token: str, location: str) -> bool:
        return urllib.parse.urlsplit(location).path == self.page


class Secretary(Person):
    """Uploads a table with one person, waits until the worker has checked it, and enters it."""

    def act(self) -> None:
        token = uuid.uuid4().hex
        self.book.send(IMPORT, token)
        until = time.monotonic() + LOOKS_FOR
        page = ""
        while not page:
            answer = self.ask(IMPORT, self.known["import"], self.table(token), self.known["manager"], MULTIPART)
            page = answer.path if answer.status == FOUND and answer.path.endswith("/change/") else ""
            time.sleep(AGAIN_AFTER)
            if self.is_done.is_set() or time.monotonic() > until:
                return
        while time.monotonic() < until:
            time.sleep(AGAIN_AFTER)
            # Refused until the worker has checked it, and again once it is entered.
            self.ask(
                IMPORT, page.replace("/change/", "/act/enter/"), f"csrfmiddlewaretoken={CSRF}", self.known["manager"]
            )
            if IS_ENTERED.search(self.ask(LOOKING, page, session=self.known["manager"]).text):
                self.book.acknowledge(IMPORT, token)
                return

    def table(self, token: str) -> str:
        file = f'name="uploads"; filename="people.csv"\r\nContent-Type: text/csv\r\n\r\nName\r\nTorture {token}\r\n'
        parts = [
            f'name="csrfmiddlewaretoken"\r\n\r\n{CSRF}',
            f'name="cluster"\r\n\r\n{self.known["cluster"]}',
            file,
        ]
        said = "".join(f"--{BOUNDARY}\r\nContent-Disposition: form-data; {part}\r\n" for part in parts)
        return f"{said}--{BOUNDARY}--\r\n"


def people(port: int, known: dict, book: Book) -> list[Person]:
    tray: queue.SimpleQueue = queue.SimpleQueue()
    alone = [Reader] * READERS + [Clerk] * CLERKS + [Secretary] * SECRETARIES
    together = [Partner] * PARTNERS + [Reviewer] * REVIEWERS
    return [kind(port, known, book) for kind in alone] + [kind(port, known, book, tray) for kind in together]
