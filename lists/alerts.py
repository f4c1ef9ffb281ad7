"""Search alerts: mail new results of a search to whoever asked for and confirmed it; no account is needed.

Before the confirmation only its mail is stored: the signed link in it contains the search.
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
# Lifetime of the confirmation link, and how long the mails of alerts are kept.
CONFIRMED_WITHIN = datetime.timedelta(days=3)
MAILS_KEPT = datetime.timedelta(days=30)
# Confirmation mails to one address in a day: typing another person's address must not fill their mailbox.
MAX_ASKED_A_DAY = 3
# Results listed in a mail; the list has the rest.
MAX_NAMED = 20
ASKED, FOUND, ENDED = "alerts/confirm", "alerts/found", "alerts/ended"


@dataclass(frozen=True)
class Wish:
    """A requested alert, before its confirmation."""

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
    """Return the request in a mailed token; None if the token has expired or was altered."""
    try:
        return Wish(**signing.loads(token, salt=SALT, max_age=CONFIRMED_WITHIN))
    except signing.BadSignature:
        return None


@transaction.atomic
def ask_to_confirm(wish: Wish) -> None:
    """Mail the confirmation link, whether or not the address has this alert; at most MAX_ASKED_A_DAY times a day."""
    since = timezone.now() - datetime.timedelta(days=1)
    asked = OutgoingMail.objects.filter(address__iexact=wish.address, occasion=ASKED, created_at__gt=since)
    if asked.count() >= MAX_ASKED_A_DAY:
        return
    until = timezone.now() + CONFIRMED_WITHIN
    # No text typed by the visitor goes to an unverified address: it could say anything. The page shows the search.
    with translation.override(wish.language):
        context = {"title": str(wish.asked.public_list.title), "days": CONFIRMED_WITHIN.days}
    link = ("lists:alert_confirm", token_of(wish))
    queue_mail(Correspondent(wish.address, "", wish.language), ASKED, context, link=link, secret_until=until)


def confirm(wish: Wish) -> SearchAlert:
    """Save and return the alert. The current results count as seen. A second confirmation renews its last day."""
    with translation.override(wish.language):
        found = list(wish.asked.keys)
    known = {"address": wish.address.lower(), "list_name": wish.list_name, "query": wish.query}
    values = {"language": wish.language, "ends_on": last_day()}
    alert, _created = SearchAlert.objects.update_or_create(
        **known, defaults=values, create_defaults={**values, "seen": found}
    )
    return alert


def end_url(alert: SearchAlert) -> str:
    """Return the address at which the reader ends the alert, without signing in."""
    # In hexadecimal: the panel recognises and masks secrets in this form.
    with translation.override(alert.language):
        return settings.SITE_URL + reverse("lists:alert_end", args=[alert.token.hex])


def alert_at(token: str) -> SearchAlert | None:
    """Return the alert of a mailed token; None if it has ended."""
    try:
        return SearchAlert.objects.filter(token=uuid.UUID(token)).first()
    except ValueError:
        return None


def asked_by(alert: SearchAlert) -> AskedList | None:
    """Return the search of an alert; None if the site no longer has its list."""
    public_list = PUBLIC_LISTS.get(alert.list_name)
    return public_list.asked(QueryDict(alert.query)) if public_list else None


def send_due(today: datetime.date | None = None) -> int:
    """Mail the new results of all alerts that are due, and return the number of mails.

    A second call that day sends none.
    """
    today = today or timezone.localdate()
    sent, failures = 0, Failures("Search alerts could not be sent.")
    for pk in list(SearchAlert.objects.due(today).filter(list_name__in=PUBLIC_LISTS).values_list("pk", flat=True)):
        with failures.kept(f"alert {pk}"):
            sent += _look(pk, today)
    failures.raise_all()
    return sent


def _look(pk: int, today: datetime.date) -> bool:
    """Mail an alert's new results.

    Return whether there were any. The row is updated first, so that only one worker mails.
    """
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
    """End the alerts whose last day is over, and mail their readers how to renew them. Return their number."""
    today = today or timezone.localdate()
    over = list(SearchAlert.objects.filter(ends_on__lt=today))
    for alert in over:
        with transaction.atomic(), translation.override(alert.language):
            # If the list no longer exists, there is nothing to renew.
            if SearchAlert.objects.filter(pk=alert.pk).delete()[0] and (asked := asked_by(alert)):
                _write(alert, ENDED, asked)
    return len(over)


def forget_mails(at: datetime.datetime | None = None) -> int:
    """Delete old mails of alerts, and with them the addresses that were never confirmed. Return the number deleted."""
    at = at or timezone.now()
    asked = OutgoingMail.objects.filter(occasion=ASKED, created_at__lt=at - CONFIRMED_WITHIN)
    others = OutgoingMail.objects.filter(occasion__in=[FOUND, ENDED], created_at__lt=at - MAILS_KEPT)
    return sum(mails.delete()[0] for mails in (asked, others))
