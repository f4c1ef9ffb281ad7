"""How a persona visits an address, and what is kept of the visit."""

import re
from dataclasses import dataclass
from functools import cached_property

from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import translation

from tests.matrix.expect import SIGN_IN, Row
from tests.personas import ANONYMOUS

WRITE = re.compile(r'^\s*(?:INSERT INTO|UPDATE|DELETE FROM) "?(\w+)')
# The visitor's own session: what a form began, when it was last seen.
SESSION_TABLES = {"django_session", "usersessions_usersession"}
# What follows from the records, and is noted when a program reads them (api/publication.py).
NOTED_TABLES = {"api_publicrecord", "api_publiclist"}


@dataclass(frozen=True)
class Visit:
    """What an address answered, and the tables that were written while it did."""

    response: object
    written: frozenset

    @cached_property
    def text(self) -> str:
        return self.response.getvalue().decode(errors="replace")

    @property
    def is_html(self) -> bool:
        return self.response.headers.get("Content-Type", "").startswith("text/html")

    @property
    def outcome(self) -> object:
        return outcome(self.response)


class Writes:
    """Notes each table that a statement writes, and lets the statement through."""

    def __init__(self):
        self.tables = set()

    def __call__(self, execute, sql, params, many, context):
        if write := WRITE.match(sql):
            self.tables.add(write[1])
        return execute(sql, params, many, context)


def look(world, persona, there) -> Visit:
    """Return what the persona gets there, in a fresh browser in which they are signed in already."""
    writes = Writes()
    with connection.execute_wrapper(writes):
        response = client_of(world, persona).get(there)
    return Visit(response, frozenset(writes.tables - SESSION_TABLES - NOTED_TABLES))


def client_of(world, persona) -> Client:
    client = Client()
    client.cookies.load(world.cookies[persona])
    return client


def cookies_of(world, persona) -> dict:
    client = Client()
    if persona != ANONYMOUS:
        client.force_login(world.cast[persona])
    return {name: morsel.value for name, morsel in client.cookies.items()}


def address(row: Row, world, language="en") -> str:
    """Return the row's address. Unnamed addresses are routes whose parameters are filled in."""
    args = row.args(world)
    if "/" in row.name:
        values = iter(args)
        return "/" + re.sub(r"<[^>]*>|\(\?P.*\)\$$", lambda _part: str(next(values)), row.name) + row.query
    with translation.override(language):
        return reverse(row.name, args=args) + row.query


def outcome(response) -> object:
    """Return the status, or SIGN_IN for a redirect to the sign-in page."""
    leads = response.headers.get("Location", "").split("?")[0]
    sign_in = re.fullmatch(r"(/(en|fr)/accounts/login/|/admin/login/)", leads)
    return SIGN_IN if response.status_code == 302 and sign_in else response.status_code
