"""Who is told of a verb by mail: declared once, sent from it, and said from it on the page that asks for confirmation.

A page never promises in words of its own that somebody is told or reads a note: it shows what is declared here, for this
very record, so that the page and the mails cannot say different things. docs/mail.md has the table.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models

from core.mail.queue import queue_mails
from core.verbs import verb_of, verbs_of

# Of AUTH_USER_MODEL: this app imports no other, so it cannot say more.
Account = Any


@dataclass(frozen=True)
class Notice:
    """One mail of a verb: to whom (and how a page calls them), by which template, and the page that it leads to."""

    whom: Callable[[Any, Account | None], Iterable[Account]]
    label: str
    template: str
    link: Callable[[Any], tuple[Any, ...]]
    # Whether it hands over the note that goes with the verb.
    carries_note: bool = False
    # Whether its readers are the partner's people: then the note stands on their page too.
    is_for_partner: bool = False


def others(people: models.QuerySet[Account], by: Account | None) -> models.QuerySet[Account]:
    """Return the people without who acts: nobody is told what they did themselves. The night is nobody."""
    return people.exclude(pk=by.pk) if by else people


def told_of(record: models.Model, verb: str, by: Account) -> list[Notice]:
    """Return the notices that would reach somebody if this person performed the verb now."""
    return [notice for notice in verb_of(record, verb).tells if list(notice.whom(record, by))]


def notes_for_partner(model: type[models.Model]) -> set[str]:
    """Return the verbs whose note the partner reads."""
    return {
        name
        for name, verb in verbs_of(model).items()
        if any(notice.is_for_partner and notice.carries_note for notice in verb.tells)
    }


def tell(notices: Iterable[Notice], record: models.Model, by: Account | None, context: dict[str, Any]) -> None:
    """Queue the mails of these notices."""
    for notice in notices:
        queue_mails(notice.whom(record, by), notice.template, context, link=notice.link(record))
