"""Invites people to agree to be named: once automatically, and again at the request of staff."""

import datetime
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from chairs.consent.links import LIFETIME, token_of
from chairs.enums import ChairStatus, ConsentAct, ConsentWay
from chairs.models import Appointment, ConsentEvent
from clusters.enums import Origin
from core.exceptions import Refused
from core.mail.queue import queue_mail

# People are invited from submission on, and not for a declined or withdrawn chair.
INVITING_STATUSES = (
    ChairStatus.SUBMITTED,
    ChairStatus.CHANGES_REQUESTED,
    ChairStatus.APPROVED,
    ChairStatus.ACTIVE,
    ChairStatus.SUSPENDED,
)
# After a double click, or two colleagues at once, one mail is sent.
PAUSE = datetime.timedelta(minutes=10)


# Whether invitations are switched off (`uninvited`).
_is_held = ContextVar("is_held", default=False)


@contextmanager
def uninvited() -> Iterator[None]:
    """Save people and appointments without sending invitations: for loaded data."""
    token = _is_held.set(True)
    try:
        yield
    finally:
        _is_held.reset(token)


def unanswered() -> QuerySet[Appointment]:
    """Return the appointments whose person may be invited: of registered chairs, not named yet, not ended."""
    today = timezone.localdate()
    return (
        Appointment.objects.filter(chair__status__in=INVITING_STATUSES, consent_given_on=None)
        .exclude(chair__origin=Origin.SOURCED)
        .exclude(named_by_source=True)
        .exclude(ends_on__lt=today)
    )


def invite_if_due(posts, *, by: User | None = None) -> None:
    """Invite each person who was never invited, or who has a new address. A person who answered is not invited again."""
    if _is_held.get():
        return
    for post in posts.select_related("person__user", "chair__cluster"):
        reader = post.person.correspondent
        last = ConsentEvent.objects.about(post).last()
        is_new_address = last and last.what == ConsentAct.INVITED and reader and last.address != reader.email
        if reader and (last is None or is_new_address):
            _invite(post, reader, by, ConsentWay.SITE)


def invite_again(appointment: Appointment, *, by: User) -> ConsentEvent | None:
    """Send the invitation at the request of staff. Raise Refused with the reasons why it cannot be sent."""
    with transaction.atomic():
        locked = Appointment.objects.select_for_update().get(pk=appointment.pk)
        if reasons := why_no_invitation(locked, ConsentEvent.objects.about(locked)):
            raise Refused(reasons)
        return _invite(locked, locked.person.correspondent, by, ConsentWay.STAFF)


def why_no_invitation(appointment: Appointment, events: Iterable[ConsentEvent]) -> list[str]:
    """Return why the person cannot be invited now, given earlier events; an empty list if they can."""
    named = {"person": appointment.person}
    if appointment.is_named:
        return [_("%(person)s may be named already.") % named]
    if appointment.chair.status not in INVITING_STATUSES:
        return [_("People are invited once the chair is submitted, and for as long as it exists.")]
    if appointment.ends_on and appointment.ends_on < timezone.localdate():
        return [_("%(person)s has left the chair.") % named]
    if appointment.person.correspondent is None:
        return [
            _(
                "There is no address for %(person)s: enter a private e-mail address on their record, or link their "
                "account."
            )
            % named
        ]
    since = timezone.now() - PAUSE
    if any(event.what == ConsentAct.INVITED and event.at > since for event in events):
        return [_("An invitation was sent a few minutes ago. Give it time to arrive.")]
    return []


def _invite(post: Appointment, reader, by: User | None, way: ConsentWay) -> ConsentEvent | None:
    """Queue the mail and log the invitation; return None, having done neither, while data is loaded."""
    context = {"post": post, "chair": post.chair, "last_day": timezone.localdate() + LIFETIME}
    link = ("chairs:consent_by_link", token_of(post, reader.email))
    if queue_mail(reader, "consents/invitation", context, link=link) is None:
        return None
    return ConsentEvent.objects.create(
        chair=post.chair,
        appointment=post,
        person=post.person,
        what=ConsentAct.INVITED,
        way=way,
        by=by,
        address=reader.email,
    )
