"""Who holds a task: staff take it over, assign it to a colleague or give it back; and the notes about it."""

from django.contrib import admin
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from clusters.models import StaffRole
from clusters.perms import can_see_private, has_role
from clusters.scopes import EDITORS, FINANCE, MANAGERS, READERS, Scope
from core.admin.readers_queries import count_once
from core.exceptions import Refused
from core.mail.queue import queue_mail
from core.on_behalf import colleague_of
from desk.models import NOTE_MAX_LENGTH, Assignment, TaskNote
from desk.subjects import cluster_of, kind_of, title_of


def can_note(record, user: User) -> bool:
    """Return whether the user may read and write notes: staff of the record's cluster, and national staff."""
    return can_see_private(user, cluster_of(record).pk)


def can_remind(record, user: User) -> bool:
    """Return whether the user may send a reminder: editors, finance staff and managers of the record's cluster."""
    return has_role(user, cluster_of(record).pk, EDITORS | FINANCE)


def can_assign(record, user: User) -> bool:
    """Return whether the user may assign a task or take it back: managers of the cluster, and who may do it themselves."""
    return has_role(user, cluster_of(record).pk, MANAGERS) or user in who_may(record)


def who_may(record) -> list[User]:
    """Return the people of the record's cluster who have this task among theirs."""
    page = admin.site.get_model_admin(type(record))
    people = _staff_of(cluster_of(record))
    asked = [(person, wait) for person in people for wait in page.waits(person) if wait.is_asked]
    numbers = count_once([_only(wait, record) for _person, wait in asked])
    able = {person.pk for (person, _wait), number in zip(asked, numbers, strict=True) if number}
    return [person for person in people if person.pk in able]


def holder_of(record) -> Assignment | None:
    held = Assignment.objects.filter(kind=kind_of(record), record=record.pk)
    return held.select_related("holder", "by", "on_behalf_of").first()


def notes_on(record):
    return TaskNote.objects.filter(kind=kind_of(record), record=record.pk).select_related("by", "on_behalf_of")


@transaction.atomic
def assign(record, *, by: User, to: User, note: str = "") -> Assignment:
    """Assign the task to a user. Raise Refused if either of the two may not."""
    able = who_may(record)
    if to not in able:
        raise Refused([_("%(person)s cannot do what is to be done here.") % {"person": to}])
    if by not in able and not has_role(by, cluster_of(record).pk, MANAGERS):
        raise Refused([_("Managers of the cluster, and whoever may do it themselves, give a task to somebody.")])
    values = {"cluster": cluster_of(record), "holder": to, "by": by, "on_behalf_of": colleague_of(by)}
    assignment, _is_new = Assignment.objects.update_or_create(kind=kind_of(record), record=record.pk, defaults=values)
    if note.strip():
        write_note(record, by=by, text=note)
    if to.pk != by.pk:
        context = {"by": by, "title": title_of(record), "note": note.strip()}
        queue_mail(to, "desk/assigned", context, link=("panel_desk:mine",))
    return assignment


@transaction.atomic
def give_back(record, *, by: User) -> None:
    """Give the task back to everybody who may do it. Raise Refused if this person may not."""
    held = holder_of(record)
    if held is None:
        return
    if held.holder_id != by.pk and not has_role(by, cluster_of(record).pk, MANAGERS):
        raise Refused([_("Whoever holds the task gives it back, or a manager of the cluster does.")])
    held.delete()


def write_note(record, *, by: User, text: str) -> TaskNote:
    """Save a note about a record, for staff only. Raise Refused if this person may not."""
    if not can_note(record, by):
        raise Refused([_("The cluster’s staff leave notes here.")])
    if len(text) > NOTE_MAX_LENGTH:
        raise Refused([_("The note is longer than %(most)d characters.") % {"most": NOTE_MAX_LENGTH}])
    return TaskNote.objects.create(
        kind=kind_of(record), record=record.pk, cluster=cluster_of(record), by=by, text=text.strip()
    )


def _only(wait, record):
    return lambda: wait.records().filter(pk=record.pk)


def _staff_of(cluster) -> list[User]:
    """Return the cluster's active staff, each with only their roles in this cluster."""
    roles: dict[int, set] = {}
    for user, role in (
        StaffRole.objects.filter(cluster=cluster, role__in=READERS).order_by().values_list("user", "role")
    ):
        roles.setdefault(user, set()).add(role)
    people = list(User.objects.filter(pk__in=roles, is_active=True).order_by("name", "pk"))
    for person in people:
        person._scope = Scope({cluster.pk: frozenset(roles[person.pk])})
    return people
