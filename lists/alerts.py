"""Tells by e-mail what a search newly finds, to whoever asked for it and confirmed it; no account is needed.

Before the confirmation nothing is kept but the mail that asks for it: the link holds the search, signed.
"""

import datetime
import uuid
from dataclasses import asdict, dataclass

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone, translation

from core.errors import Failures
from core.mail.queue import Correspondent, queue_mail
from core.models import OutgoingMail
from lists.atom import without_demonstration
from lists.catalogue import PUBLIC_LISTS
from lists.models import SearchAlert, last_day
from lists.public_list import AskedList

SALT = "lists.alerts"
# How long the link that confirms works, and how long the mails of alerts are kept.
CONFIRMED_WITHIN = datetime.timedelta(days=3)
MAILS_KEPT = datetime.timedelta(days=30)
# To one address in a day: whoever types another's address fills no mailbox.
MAX_ASKED_A_DAY = 3
# A mail names so many; the list has the others.
MAX_NAMED = 20
ASKED, FOUND, ENDED = "alerts/confirm", "alerts/found", "alerts/ended"


@dataclass(frozen=True)
class Wish:
    """What somebody asked to be told of, before they confirmed it."""

    address: str
    list_name: str
    query: str
    language: str

    @property
    def asked(self) -> AskedList:
        return PUBLIC_LISTS[self.list_name].asked(QueryDict(self.query))


def token_of(wish: Wish) -> str:
    return signing.dumps(asdict(wish), salt=SALT, compress=True)


def wish_of(token: str) -> Wish | None:
    """Return what a mailed link asks for; None where it has expired or somebody altered it."""
    try:
        return Wish(**signing.loads(token, salt=SALT, max_age=CONFIRMED_WITHIN))
    except signing.BadSignature:
        return None


@transaction.atomic
def ask_to_confirm(wish: Wish) -> None:
    """Send the address the link that confirms, whether it has such an alert or not; not too often in a day."""
    since = timezone.now() - datetime.timedelta(days=1)
    asked = OutgoingMail.objects.filter(address__iexact=wish.address, occasion=ASKED, created_at__gt=since)
    if asked.count() >= MAX_ASKED_A_DAY:
        return
    until = timezone.now() + CONFIRMED_WITHIN
    # Nothing that was typed goes to an address that nobody has proved: it could say anything. The page has the words.
    with translation.override(wish.language):
        context = {"title": str(wish.asked.public_list.title), "days": CONFIRMED_WITHIN.days}
    link = ("lists:alert_confirm", token_of(wish))
    queue_mail(Correspondent(wish.address, "", wish.language), ASKED, context, link=link, secret_until=until)


def confirm(wish: Wish) -> SearchAlert:
    """Keep the alert; what the search finds now is not told any more. Confirmed again, it lasts as long again."""
    with translation.override(wish.language):
        found = list(wish.asked.keys)
    known = {"address": wish.address.lower(), "list_name": wish.list_name, "query": wish.query}
    values = {"language": wish.language, "ends_on": last_day()}
    alert, _created = SearchAlert.objects.update_or_create(
        **known, defaults=values, create_defaults={**values, "seen": found}
    )
    return alert


def end_url(alert: SearchAlert) -> str:
    """Return where the reader of a mail ends the alert: by one click, without signing in."""
    # In the form in which the panel knows a secret, and masks it.
    with translation.override(alert.language):
        return settings.SITE_URL + reverse("lists:alert_end", args=[alert.token.hex])


def alert_at(token: str) -> SearchAlert | None:
    """Return the alert that a mail's link ends; None of one that has ended."""
    try:
        return SearchAlert.objects.filter(token=uuid.UUID(token)).first()
    except ValueError:
        return None


def asked_by(alert: SearchAlert) -> AskedList | None:
    """Return the search that an alert is for; None of a list that the site has no more."""
    public_list = PUBLIC_LISTS.get(alert.list_name)
    return public_list.asked(QueryDict(alert.query)) if public_list else None


def send_due(today: datetime.date | None = None) -> int:
    """Look what each search newly finds and write the mails; return to how many alerts. Twice in a day does nothing."""
    today = today or timezone.localdate()
    sent, failures = 0, Failures("Search alerts could not be sent.")
    for pk in list(SearchAlert.objects.due(today).filter(list_name__in=PUBLIC_LISTS).values_list("pk", flat=True)):
        with failures.kept(f"alert {pk}"):
            sent += _look(pk, today)
    failures.raise_all()
    return sent


def _look(pk: int, today: datetime.date) -> bool:
    """Tell what an alert's search newly finds. That it was looked at is written first: of two at work, one does it."""
    alert = SearchAlert.objects.due(today).filter(pk=pk).first()
    if alert is None:
        return False
    with translation.override(alert.language):
        asked, seen = asked_by(alert), set(alert.seen)
        if asked is None:
            return False
        new = [key for key in asked.keys if key not in seen]
        items = list(without_demonstration(asked.public_list.items(new)))
        with transaction.atomic():
            taken = SearchAlert.objects.due(today).filter(pk=pk)
            if not taken.update(looked_on=today, seen=[*alert.seen, *new]) or not items:
                return False
            _write(alert, FOUND, asked, items=items[:MAX_NAMED], count=len(items), more=len(items[MAX_NAMED:]))
    return True


def _write(alert: SearchAlert, occasion: str, asked: AskedList, **context) -> None:
    values = {
        **context,
        "title": asked.title,
        "page": settings.SITE_URL + asked.path(with_order=False),
        "ends_on": alert.ends_on,
        "unsubscribe": end_url(alert) if occasion == FOUND else "",
        "has_links": True,
    }
    queue_mail(Correspondent(alert.address, "", alert.language), occasion, values)


def end_old(today: datetime.date | None = None) -> int:
    """End the alerts whose last day is over, and tell their readers how to have them again; return how many."""
    today = today or timezone.localdate()
    over = list(SearchAlert.objects.filter(ends_on__lt=today))
    for alert in over:
        with transaction.atomic(), translation.override(alert.language):
            # Of a list that is gone nobody can be told how to have it again.
            if SearchAlert.objects.filter(pk=alert.pk).delete()[0] and (asked := asked_by(alert)):
                _write(alert, ENDED, asked)
    return len(over)


def forget_mails(at: datetime.datetime | None = None) -> int:
    """Delete the mails of alerts after a while, and with them the addresses of those who confirmed nothing."""
    at = at or timezone.now()
    asked = OutgoingMail.objects.filter(occasion=ASKED, created_at__lt=at - CONFIRMED_WITHIN)
    others = OutgoingMail.objects.filter(occasion__in=[FOUND, ENDED], created_at__lt=at - MAILS_KEPT)
    return sum(mails.delete()[0] for mails in (asked, others))
