"""Write the messages of a sponsorship, mark them as read, and name their authors as each reader may know them."""

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
# Where a mail links to: the page of the thread, with the reply form and the files.
THREAD, DESK_THREAD = "conversations:thread", "admin:sponsorships_sponsorship_messages"


@dataclass(frozen=True)
class Shown:
    """A message as one reader sees it."""

    message: Message
    who: str
    at: datetime
    is_mine: bool
    is_unread: bool


@transaction.atomic
def write(sponsorship: Sponsorship, *, by: User, text: str, token: UUID, files=(), is_internal=False) -> Message | None:
    """Save a message with its files, and tell the others. Return None if the same form was sent before.

    Raise PermissionDenied if the user may not write here, and Refused with a sentence for each invalid file.
    """
    side = side_of(sponsorship, by)
    if side is None or (is_internal and side != MessageSide.OFFICE):
        raise PermissionDenied
    # The second of two clicks waits here until the first one is committed.
    sponsorship.locked()
    token = uuid5(token, f"{sponsorship.pk} {by.pk}")  # a token used elsewhere cannot block this one
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
    """Record up to which message a user has read. It never moves back, nor beyond the messages that they see."""
    seen = Message.objects.visible_to(user).filter(sponsorship=sponsorship, pk__lte=until).order_by("-pk")
    last = seen.values_list("pk", flat=True).first()
    if last is None:
        return
    reading, _is_new = MessageReading.objects.get_or_create(sponsorship=sponsorship, user=user)
    MessageReading.objects.filter(pk=reading.pk, until__lt=last).update(until=last)


def last_of(lines) -> int:
    """Return the key of a thread's last message, as `mark_read` takes it; 0 for an empty thread."""
    return max((line.message.pk for line in lines), default=0)


def thread(sponsorship: Sponsorship, user: User) -> list[Shown]:
    """Return the messages that this user may read, oldest first."""
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
        return seen.select_related("author", "on_behalf_of")

    reader = copy(user)  # without the request that a view attaches to it
    found: list[Message] = ask(admin.site.reads_as(user), "messages", build, sponsorship=sponsorship.pk)
    for messages in in_batches(found):
        prefetch_related_objects(messages, "files")
    return found


def knows_the_office(sponsorship: Sponsorship, user: User) -> bool:
    """Return whether this reader sees the names of staff: staff of the cluster and national staff do, contacts do not."""
    return can_see_private(user, sponsorship.chair.cluster_id) and not is_contact(sponsorship.partner, user)


def author_of(message: Message, office: str, *, names_staff: bool) -> str:
    """Return the author's name as this reader may know it: staff appear as the office unless `names_staff`."""
    if message.side == MessageSide.OFFICE:
        return f"{message.author_names} ({office})" if names_staff else office
    if message.side == MessageSide.INVESTIGATOR:
        return _("%(name)s, investigator of the chair") % {"name": message.author.name}
    return message.author.name


def _checked(files) -> list[dict[str, Any]]:
    """Return the model fields of each distinct file. Raise Refused with every error of the files."""
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
    """Mail the message to everybody who may read it, except its author."""
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
