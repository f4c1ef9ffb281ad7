"""docs/permissions.md, written from the tables that the tests walk: what it says has been tried."""

import re
from collections import defaultdict
from pathlib import Path

from django.conf import settings

from tests.lifecycle.acts import ACTS
from tests.lifecycle.expectations import LIVES, Life
from tests.matrix import rows_desk, rows_figures, rows_imports, rows_rights, rows_yearly
from tests.matrix.expect import OUTSIDERS, SIGN_IN, Row
from tests.matrix.rows_admin import ADMIN, MODELS, VERBS
from tests.matrix.rows_my import MY
from tests.matrix.rows_public import DIRECTORY, PROGRAMS, SIGN_IN_PAGES, SITE
from tests.matrix.walk import route_of
from tests.personas import (
    ANONYMOUS,
    AUDITOR,
    COORDINATOR,
    EDITOR,
    FINANCE,
    MANAGER,
    OTHER_MANAGER,
    PARTNER,
    PI,
    READER,
    RIVAL,
    SECOND_MANAGER,
    SUPERUSER,
)

PATH = Path(settings.BASE_DIR) / "docs" / "permissions.md"
PEOPLE = {
    ANONYMOUS: ("An", "somebody who is not signed in"),
    PARTNER: ("Pa", "the contact of the partner whose proposals these are"),
    RIVAL: ("Ri", "the contact of another partner"),
    PI: ("PI", "a principal investigator of the chair"),
    READER: ("Re", "a reader of the chair’s cluster"),
    FINANCE: ("Fi", "a finance officer of the cluster"),
    EDITOR: ("Ed", "an editor of the cluster"),
    MANAGER: ("Ma", "the manager of the cluster who registered the chair"),
    SECOND_MANAGER: ("M2", "another manager of the same cluster"),
    OTHER_MANAGER: ("OM", "a manager of another cluster"),
    AUDITOR: ("Au", "the national auditor"),
    COORDINATOR: ("Co", "the national coordinator"),
    SUPERUSER: ("Su", "the technical superuser"),
}
OPENS, LEADS_ON, ASKS, SENT = "●", "→", "○", "✎"
# The panel's records have a table of their own, a line for each model.
ELSEWHERE = {str(row) for row in (*VERBS, *(row for model in MODELS for row in model.rows()))}
SECTIONS = {
    "For programs": PROGRAMS,
    "The site": SITE,
    "The directory": [*DIRECTORY, *rows_figures.PUBLIC, *rows_desk.PUBLIC, *rows_desk.FEEDS],
    "Signing in, and one’s own account": SIGN_IN_PAGES,
    "My pages": [*MY, *rows_figures.MY, *rows_yearly.MY, *rows_rights.MY],
    "The panel": [
        row
        for row in (
            *ADMIN,
            *rows_figures.DESK,
            *rows_imports.DESK,
            *rows_yearly.DESK,
            *rows_rights.DESK,
            *rows_desk.PANEL,
        )
        if str(row) not in ELSEWHERE
    ],
    "The panel’s verbs": [*VERBS, *rows_imports.VERBS, *rows_yearly.VERBS],
}
INTRODUCTION = f"""# Who may do what

Written by `make fix` from the tables in `tests/matrix/` and `tests/lifecycle/`; a test fails where it is out of date. Each
line has been tried: every address is visited by each of these people, and every verb is tried by each of them in every
status. What is not yours answers 404, as if it did not exist; what is yours to see but not to do answers 403. The rules
themselves are named functions in `clusters/perms.py`, `chairs/perms.py` and `sponsorships/perms.py`.

## The people

All look at the same cluster, chair and partner.

{{people}}

## Every address

- {OPENS} opens, or is done; {LEADS_ON} leads on to another page; {ASKS} leads to the sign-in page
- 403 is told no; 404 is not told that it exists; 405 is opened by no link, only by a form
- {SENT} before an address: its form, sent; after it: opened and sent alike

Addresses that answer alike share a line. Words in parentheses say of which record. Addresses of pages have their language
before them: `/en/chairs/`, `/fr/chairs/`.
"""
RECORDS = """
### The panel’s records

For each model, who is shown its list, who opens a record of the cluster and its history, and who adds, changes and deletes.
Whoever has the panel but may not see a record gets 404, and whoever sees it but may not act gets 403; the others ({outside})
get 403 everywhere, and somebody who is not signed in is asked to.

"""
VERBS_INTRODUCTION = """
## Every verb, in every status

Who can; what is not listed leads nowhere. A verb may still be refused for other reasons, which the page names: a rule of
composition that is broken, a proposal that is incomplete.
"""
ACTS_INTRODUCTION = """
### What changes no status

"""


def render() -> str:
    parts = [INTRODUCTION.format(people=_people())]
    parts += [f"\n### {title}\n\n{_addresses(rows)}\n" for title, rows in SECTIONS.items()]
    parts += [RECORDS.format(outside=_letters(OUTSIDERS)), _records(), "\n"]
    parts += [VERBS_INTRODUCTION, *(f"\n### The life of {_a(life.name)}\n\n{_verbs(life)}\n" for life in LIVES)]
    parts += [ACTS_INTRODUCTION, _acts(), "\n"]
    return "".join(parts)


def _people() -> str:
    return _table(["", "Who"], [[f"**{short}**", long] for short, long in PEOPLE.values()])


def _letters(personas) -> str:
    return " ".join(short for name, (short, _long) in PEOPLE.items() if name in personas) or "nobody"


def _addresses(rows: list[Row]) -> str:
    """Return a table with one line for each different answer, first what opens to most."""
    opened, sent = defaultdict(lambda: defaultdict(list)), defaultdict(lambda: defaultdict(list))
    for row in rows:
        opened[_cells(row.get)][_route(row)].append(row.about)
        if row.post is not None:
            sent[_cells(row.post, done=302)][_route(row)].append(row.about)
    places = [place for kind in (opened, sent) for line in kind.values() for place in line]
    is_told_apart = {place: len([line for line in opened.values() if place in line]) > 1 for place in places}
    body = []
    for cells in sorted({*opened, *sent}, key=lambda cells: (-cells.count(OPENS), cells)):
        said = _places(opened[cells], sent[cells], is_told_apart)
        body.append(["<br>".join(said), *cells])
    return _table(["Address", *(short for short, _long in PEOPLE.values())], body)


def _places(opened: dict, sent: dict, is_told_apart: dict) -> list[str]:
    """Return the addresses that answer alike; where one answers in several ways, also of which records."""
    said = []
    for place in dict.fromkeys([*opened, *sent]):
        abouts = [about.replace("_", " ") for about in dict.fromkeys(opened.get(place, sent.get(place))) if about]
        of_which = f" ({'; '.join(abouts)})" if abouts and is_told_apart[place] else ""
        before = f"{SENT} " if place not in opened else ""
        after = f" {SENT}" if place in opened and place in sent else ""
        said.append(f"{before}{place}{after}{of_which}")
    return said


def _route(row: Row) -> str:
    """Return the route as a reader writes it: parameters by their names, and no regular expression."""
    route = re.sub(r"\(\?P<(\w+)>[^)]*\)\+?\)?", r"<\1>", route_of(row.name))
    route = re.sub(r"<\w+:(\w+)>", r"<\1>", route)
    return f"`{re.sub(r'[$^]', '', route)}`"


def _cells(expected: dict, done: int = 200) -> tuple:
    signs = {SIGN_IN: ASKS, 302: LEADS_ON, 200: OPENS} | {done: OPENS}
    return tuple(str(signs.get(expected[persona], expected[persona])) for persona in PEOPLE)


def _records() -> str:
    body = []
    for model in MODELS:
        app, name = model.key.split("_")
        acts = (model.lists, model.see, model.add, model.change, model.delete)
        body.append([f"`/admin/{app}/{name}/`", *map(_letters, acts)])
    return _table(["Model", "List", "Opens", "Adds", "Changes", "Deletes"], body)


def _a(name: str) -> str:
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name.replace('_', ' ')}"


def _verbs(life: Life) -> str:
    body = [
        [f"`{verb}`", status.replace("_", " "), target.replace("_", " "), _letters(life.who_may(verb, status))]
        for verb, moves in life.moves.items()
        for status, target in moves.items()
    ]
    return _table(["Verb", "From", "To", "Who can"], body)


def _acts() -> str:
    """Return a line for each act and each set of people, with the statuses in which they can."""
    body = []
    for act in ACTS:
        lines = defaultdict(list)
        for status, who in act.who.items():
            lines[_letters(who)].append(status.replace("_", " "))
        body += [
            [act.record, act.name, "any" if len(lines) == 1 else ", ".join(statuses), letters]
            for letters, statuses in lines.items()
            if letters != "nobody"
        ]
    return _table(["Of", "Act", "Status", "Who can"], body)


def _table(head: list[str], body: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *body]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
