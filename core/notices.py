"""Who is told of a verb by mail: declared once, used to send the mails and shown on the confirmation page.

A page never says on its own that somebody is told or reads a note. It shows the notices declared here, for this very
record, so that the page and the mails cannot contradict each other. The table is in docs/mail.md.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models

from core.mail.queue import queue_mails
from core.verbs import verb_of, verbs_of

# An AUTH_USER_MODEL. This app imports no other app, so the type cannot be more precise.
Account = Any


@dataclass(frozen=True)
class Notice:
    """A mail of a verb: its recipients and how a page names them, its template, and the page that it links to."""

    whom: Callable[[Any, Account | None], Iterable[Account]]
    label: str
    template: str
    link: Callable[[Any], tuple[Any, ...]]
    # Whether the mail contains the verb's note.
    carries_note: bool = False
    # Whether its recipients are the partner's contacts, who then also see the note on their page.
    is_for_partner: bool = False


def others(people: models.QuerySet[Account], by: Account | None) -> models.QuerySet[Account]:
    """Return the people except the user who acts, who is not told of their own act. The calendar has no user."""
    return people.exclude(pk=by.pk) if by else people


def told_of(record: models.Model, verb: str, by: Account) -> list[Notice]:
    """Return the notices that would reach somebody if this user performed the verb now."""
    return [notice for notice in verb_of(record, verb).tells if list(notice.whom(record, by))]


def notes_for_partner(model: type[models.Model]) -> set[str]:
    """Return the names of the verbs whose note the partner reads."""
    return {
        name
        for name, verb in verbs_of(model).items()
        if any(notice.is_for_partner and notice.carries_note for notice in verb.tells)
    }


def tell(notices: Iterable[Notice], record: models.Model, by: Account | None, context: dict[str, Any]) -> None:
    """Queue the mails of these notices."""
    for notice in notices:
        queue_mails(notice.whom(record, by), notice.template, context, link=notice.link(record))
