"""Keeps the messages of a sponsorship, and says under which name each reader sees their authors."""

from copy import copy
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from accounts.models import User
from clusters.perms import can_see_private
from clusters.staff import staff
from conversations.enums import WRITERS, MessageSide
from conversations.models import Message, MessageFile, MessageReading
from conversations.perms import side_of
from core.admin.readers_queries import ask
from core.exceptions import Refused
from core.kept_files import columns_of
from core.mail.queue import queue_mails
from core.notices import others
from core.prepared import Argument
from core.primary_keys import in_batches
from partners.notifications import contacts_of
from partners.perms import is_contact
from sponsorships.models import Sponsorship
from sponsorships.notifications import investigators_of
from sponsorships.proposals.documents import MAX_DOCUMENTS
from sponsorships.timeline import office_of

MAX_FILES = MAX_DOCUMENTS
# Where a mail leads: to the page on which one answers, and where the files are.
THREAD, DESK_THREAD = "conversations:thread", "admin:sponsorships_sponsorship_messages"


@dataclass(frozen=True)
class Shown:
    """A message as one reader meets it."""

    message: Message
    who: str
    at: datetime
    is_mine: bool
    is_unread: bool


@transaction.atomic
def write(sponsorship: Sponsorship, *, by: User, text: str, token: UUID, files=(), is_internal=False) -> Message | None:
    """Keep a message with its files, and tell the others. Return None where this very form was sent already.

    Raise PermissionDenied for who does not write here, and Refused with a sentence for each file that is not right.
    """
    side = side_of(sponsorship, by)
    if side is None or (is_internal and side != MessageSide.OFFICE):
        raise PermissionDenied
    # Of two clicks, the second waits here until the first is through.
    sponsorship.locked()
    token = uuid5(token, f"{sponsorship.pk} {by.pk}")  # of this form here: known elsewhere, it is another one
    if Message.objects.filter(token=token).exists():
        return None
    kept = _checked(files)
    message = Message.objects.create(
        token=token, sponsorship=sponsorship, author=by, side=side, text=text, is_internal=is_internal
    )
    for columns in kept:
        MessageFile.objects.create(message=message, **columns)
    _tell(message)
    return message


def mark_read(sponsorship: Sponsorship, user: User, until: int) -> None:
    """Remember up to where a person has read: it never moves back, nor beyond what they can see."""
    seen = Message.objects.visible_to(user).filter(sponsorship=sponsorship, pk__lte=until).order_by("-pk")
    last = seen.values_list("pk", flat=True).first()
    if last is None:
        return
    reading, _is_new = MessageReading.objects.get_or_create(sponsorship=sponsorship, user=user)
    MessageReading.objects.filter(pk=reading.pk, until__lt=last).update(until=last)


def last_of(lines) -> int:
    """Return the last message of a thread, as `mark_read` takes it."""
    return max((line.message.pk for line in lines), default=0)


def thread(sponsorship: Sponsorship, user: User) -> list[Shown]:
    """Return what this person may read, oldest first."""
    names_staff = knows_the_office(sponsorship, user)
    office = office_of(sponsorship)
    return [
        Shown(
            message,
            author_of(message, office, names_staff=names_staff),
            message.written_at,
            message.author_id == user.pk,
            message.is_unread,
        )
        for message in _messages(sponsorship, user)
    ]


def _messages(sponsorship: Sponsorship, user: User) -> list[Message]:
    def build() -> Any:
        seen = Message.objects.visible_to(reader).with_unread(reader).filter(sponsorship=Argument("sponsorship"))
        return seen.select_related("author")

    reader = copy(user)  # the account alone, without its request
    found: list[Message] = ask(admin.site.reads_as(user), "messages", build, sponsorship=sponsorship.pk)
    for messages in in_batches(found):
        prefetch_related_objects(messages, "files")
    return found


def knows_the_office(sponsorship: Sponsorship, user: User) -> bool:
    """Return whether staff stand before this reader by name.

    Before the cluster's staff and the nation's, not the partner's people.
    """
    return can_see_private(user, sponsorship.chair.cluster_id) and not is_contact(sponsorship.partner, user)


def author_of(message: Message, office: str, *, names_staff: bool) -> str:
    """Return who wrote a message, as the reader may know it."""
    if message.side == MessageSide.OFFICE:
        return f"{message.author.name} ({office})" if names_staff else office
    if message.side == MessageSide.INVESTIGATOR:
        return _("%(name)s, investigator of the chair") % {"name": message.author.name}
    return message.author.name


def _checked(files) -> list[dict[str, Any]]:
    """Return the columns of each file once, or refuse the message with all that is wrong."""
    reasons, kept = [], {}
    for upload in files:
        try:
            columns = columns_of(upload)
        except ValidationError as refusal:
            reasons += refusal.messages
        else:
            kept[columns["sha256"]] = columns
    if len(kept) > MAX_FILES:
        reasons.append(
            _("A message can have at most %(most)d files. Send the others in a second message.") % {"most": MAX_FILES}
        )
    if reasons:
        raise Refused(reasons)
    return list(kept.values())


def _tell(message: Message) -> None:
    """Tell everybody who reads it, but its author; a mail says that there is a message, and what it says."""
    sponsorship, by = message.sponsorship, message.author
    office = others(staff(sponsorship.chair.cluster, WRITERS), by)
    context = {
        "sponsorship": sponsorship,
        "chair": sponsorship.chair,
        "partner": sponsorship.partner,
        "by": by,
        "side": message.side,
        "text": message.text,
        "files": [file.name for file in message.files.all()],
    }
    ours = contacts_of(sponsorship.partner)
    inside = office.exclude(pk__in=ours.values("pk"))
    if message.is_internal:
        queue_mails(inside, "messages/note_staff", context, link=(DESK_THREAD, sponsorship.pk))
        return
    outside = [*others(ours, by), *others(investigators_of(sponsorship), by)]
    queue_mails(outside, "messages/written_partner", context, link=(THREAD, sponsorship.reference))
    told = {reader.pk for reader in outside}
    queue_mails(inside.exclude(pk__in=told), "messages/written_staff", context, link=(DESK_THREAD, sponsorship.pk))
