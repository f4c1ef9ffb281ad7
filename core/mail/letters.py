"""Letters by staff to the people of a list: one to each, except to people who opted out, unless it is about their file."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core import signing
from django.db import transaction
from django.urls import reverse

from core.mail.queue import Correspondent, queue_mail
from core.models.mail import OutgoingMail
from core.models.mail_opt_out import MailOptOut
from core.rehearsal import undone
from core.stamps import stamp

SALT = "core.letters"


@dataclass(frozen=True)
class Letter:
    """A letter and its author. `token` comes with the form, so that two clicks send one letter."""

    subject: str
    text: str
    by: Any
    is_about_their_file: bool
    token: uuid.UUID

    def stamp(self, people: Iterable[tuple[str, str]]) -> str:
        """Return a fingerprint of this letter and its recipients."""
        said = self.subject, self.text, self.is_about_their_file, sorted(people)
        return stamp(said)


def stop_url(address: str) -> str:
    """Return the URL to opt out of letters for an address: by one click, without signing in."""
    token = signing.Signer(salt=SALT).sign_object(address.lower())
    return settings.SITE_URL + reverse("stop_letters", args=[token])


def address_of(token: str) -> str | None:
    """Return the address in an opt-out link's token, or None if the token was altered."""
    try:
        address: str = signing.Signer(salt=SALT).unsign_object(token)
    except signing.BadSignature:
        return None
    return address


def stop(address: str) -> None:
    """Record that this address gets no more letters that are not about its reader's own file."""
    MailOptOut.objects.get_or_create(address=address.lower())


def who_gets(addresses: Iterable[str], is_about_their_file: bool) -> set[str]:
    """Return the addresses that receive the letter: without those that opted out, unless it is about their file."""
    wanted = {address.lower() for address in addresses}
    refused = () if is_about_their_file else MailOptOut.objects.values_list("address", flat=True)
    return wanted - set(refused)


@transaction.atomic
def send(letter: Letter, people: Iterable[tuple[str, str]]) -> int:
    """Queue the letter to people, given as (address, name). Return the number of new mails; 0 if it was sent before."""
    names = {address.lower(): name for address, name in people}
    sent = 0
    for address in sorted(who_gets(names, letter.is_about_their_file)):
        key = uuid.uuid5(letter.token, address)
        if not OutgoingMail.objects.filter(message_id=key).exists():
            sent += _write(letter, address, names[address], key)
    return sent


def shown(letter: Letter, address: str, name: str) -> OutgoingMail | None:
    """Return the letter as this reader would get it, by writing it and rolling back. None if they get no mails.

    The opt-out link is replaced, because staff who see the preview could click it.
    """
    with undone():
        # A new key, so that a letter that was sent already can be previewed again.
        _write(letter, address, name, key := uuid.uuid4())
        mail = OutgoingMail.objects.filter(message_id=key).first()
    if mail is not None and mail.unsubscribe_url:
        mail.text = mail.text.replace(mail.unsubscribe_url, f"{settings.SITE_URL}/…")
    return mail


def _write(letter: Letter, address: str, name: str, key: uuid.UUID) -> bool:
    known = get_user_model().objects.at_address(address).first()
    reader = known or Correspondent(address, name, letter.by.language)
    stops = "" if letter.is_about_their_file else stop_url(address)
    context = {"title": letter.subject, "text": letter.text, "by": letter.by, "unsubscribe": stops}
    return queue_mail(reader, "letters/letter", context, message_id=key) is not None
