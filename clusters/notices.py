"""Who is told of a verb by mail: declared once, sent from it, and said from it on the page that asks for confirmation.

A page never promises in words of its own that somebody is told or reads a note: it shows what is declared here, for this
very record, so that the page and the mails cannot say different things. docs/mail.md has the table.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import models

from accounts.mail import queue_mails
from accounts.models import User


@dataclass(frozen=True)
class Notice:
    """One mail of a verb: to whom (and how a page calls them), by which template, and the page that it leads to."""

    whom: Callable[[models.Model, User | None], Iterable[User]]
    label: str
    template: str
    link: Callable[[models.Model], tuple]
    # Whether it hands over the note that goes with the verb.
    carries_note: bool = False
    # Whether its readers are the partner's people: then the note stands on their page too.
    is_for_partner: bool = False


def staff(cluster, roles: Iterable[str]) -> models.QuerySet:
    """Return the people who hold one of these roles in a cluster."""
    return User.objects.filter(is_active=True, staff_roles__cluster=cluster, staff_roles__role__in=roles).distinct()


def others(people: models.QuerySet, by: User | None) -> models.QuerySet:
    """Return the people without who acts: nobody is told what they did themselves. The night is nobody."""
    return people.exclude(pk=by.pk) if by else people


_declared: dict[type[models.Model], dict[str, list[Notice]]] = defaultdict(lambda: defaultdict(list))


def declare(model: type[models.Model], notices: dict[str, list[Notice]]) -> None:
    """Add what a model's verbs tell; an app above may add to what an app below declares."""
    for verb, added in notices.items():
        known = _declared[model][verb]
        known += [notice for notice in added if notice not in known]


def declared(model: type[models.Model], verb: str) -> list[Notice]:
    """Return what a verb tells, in the order in which it was declared."""
    return list(_declared[model][verb])


def told_of(record: models.Model, verb: str, by: User) -> list[Notice]:
    """Return the notices that would reach somebody if this person performed the verb now."""
    return [notice for notice in declared(type(record), verb) if list(notice.whom(record, by))]


def notes_for_partner(model: type[models.Model]) -> set[str]:
    """Return the verbs whose note the partner reads."""
    return {
        verb
        for verb, notices in _declared[model].items()
        if any(notice.is_for_partner and notice.carries_note for notice in notices)
    }


def tell(notices: Iterable[Notice], record: models.Model, by: User | None, context: dict) -> None:
    """Queue the mails of these notices."""
    for notice in notices:
        queue_mails(notice.whom(record, by), notice.template, context, link=notice.link(record))
