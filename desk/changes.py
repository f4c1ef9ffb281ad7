"""What others changed in the user's records since they last looked: lines of the transition logs."""

import datetime
from dataclasses import dataclass

from django.utils import timezone

from accounts.models import User
from core.admin.record_page import change_url
from core.transitions import TransitionLog
from desk.models import LastLook
from desk.subjects import CLUSTER_OF, page_of, title_of

SHOWN = 60
# The period shown to a user who has never marked the changes as seen.
AT_FIRST = datetime.timedelta(days=7)
NAMED_BY = {
    "chairs.chair": ["record"],
    "sponsorships.sponsorship": ["record__partner", "record__chair"],
    "sponsorships.agreement": ["record__sponsorship__partner", "record__sponsorship__chair"],
    "sponsorships.instalment": ["record__sponsorship__partner", "record__sponsorship__chair"],
    "progress.progressreport": ["record__sponsorship__partner", "record__sponsorship__chair"],
    "yearly.chairyearreport": ["record__chair"],
}


@dataclass(frozen=True)
class Changed:
    line: TransitionLog

    @property
    def title(self) -> str:
        return title_of(self.line.record)

    @property
    def url(self) -> str:
        return change_url(self.line.record)


def last_look(user: User) -> datetime.datetime:
    at = LastLook.objects.filter(user=user).values_list("at", flat=True).first()
    return at or timezone.now() - AT_FIRST


def look(user: User) -> None:
    """Record that the user has seen all changes until now."""
    LastLook.objects.update_or_create(user=user, defaults={"at": timezone.now()})


def changes(user: User, since: datetime.datetime) -> list[Changed]:
    """Return what others did since a moment, latest first; one query per kind of record."""
    lines = [line for kind in CLUSTER_OF for line in _lines(kind, user, since)]
    lines.sort(key=lambda line: (line.at, line.pk), reverse=True)
    return [Changed(line) for line in lines[:SHOWN]]


def _lines(kind: str, user: User, since: datetime.datetime):
    page = page_of(*kind.split("."))
    seen = page.get_visible(user).order_by().values("pk")
    lines = page.model.transitions.rel.related_model.objects.filter(record__in=seen, at__gt=since)
    return lines.exclude(by=user).select_related("by", "on_behalf_of", *NAMED_BY[kind]).order_by("-at", "-pk")[:SHOWN]
