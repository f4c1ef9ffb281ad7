"""How the matrix is written: a row is an address with what each persona gets there."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.personas import (
    ANONYMOUS,
    AUDITOR,
    COORDINATOR,
    EDITOR,
    FINANCE,
    MANAGER,
    OTHER_MANAGER,
    PARTNER,
    PERSONAS,
    PI,
    READER,
    RIVAL,
    SECOND_MANAGER,
    SUPERUSER,
)

# A redirect to the sign-in page; any other redirect is a plain 302.
SIGN_IN = "sign in"

EVERYBODY = frozenset(PERSONAS)
SIGNED_IN = EVERYBODY - {ANONYMOUS}
OUTSIDERS = frozenset({PARTNER, RIVAL, PI})
STAFF = SIGNED_IN - OUTSIDERS
NATION = frozenset({AUDITOR, COORDINATOR, SUPERUSER})
# Who keeps what is national: kinds, rules, phases, roles, accounts.
KEEPERS = frozenset({COORDINATOR, SUPERUSER})
MANAGERS_HERE = frozenset({MANAGER, SECOND_MANAGER})
EDITORS_HERE = MANAGERS_HERE | {EDITOR}
STAFF_HERE = EDITORS_HERE | {READER, FINANCE}
EDITORS_ANYWHERE = EDITORS_HERE | {OTHER_MANAGER}


@dataclass(frozen=True)
class Row:
    """One address. `get` and `post` say by persona what it answers; without `post` only GET is walked."""

    name: str
    get: dict
    post: dict | None = None
    args: Callable = lambda world: []
    about: str = ""
    query: str = ""
    data: Callable = lambda world: {}
    # A part of a page, fetched into it: it has no heading and no language of its own.
    is_fragment: bool = False

    def __str__(self):
        return f"{self.name} ({self.about})" if self.about else self.name


def answers(otherwise: int, *groups: tuple[object, frozenset | set], anonymous=SIGN_IN) -> dict:
    """What everybody gets: the status `otherwise`, except who is in a group of their own; anonymous visitors sign in."""
    expected = dict.fromkeys(PERSONAS, otherwise)
    expected[ANONYMOUS] = anonymous
    for status, personas in groups:
        expected.update(dict.fromkeys(personas, status))
    return expected


def public(status: int = 200) -> dict:
    return answers(status, anonymous=status)


def signed_in(status: int = 200) -> dict:
    return answers(status)
