"""Which sponsorships had a public amount or a named partner at a past moment, from history rows. docs/publication.md."""

import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from chairs.enums import PUBLIC_STATUSES
from chairs.models import ChairTransition
from core.known import last_day_before, status_of, version_of
from sponsorships.enums import AGREED_STATUSES, NAMED
from sponsorships.models import Sponsorship, SponsorshipTransition
from sponsorships.models.sponsorship_queryset import amount_is_public, has_come


def with_amount_public_then(sponsorships: QuerySet[Sponsorship], end: datetime.datetime) -> QuerySet[Sponsorship]:
    """Narrow to sponsorships whose exact amount was public just before `end`."""
    return _narrowed(sponsorships, end, amount_is_public(last_day_before(end)))


def named_then(sponsorships: QuerySet[Sponsorship], end: datetime.datetime) -> QuerySet[Sponsorship]:
    """Narrow to sponsorships whose partner's name was public just before `end`."""
    return _narrowed(sponsorships, end, has_come("named_from", last_day_before(end)) & Q(confidentiality__in=NAMED))


def _narrowed(sponsorships: QuerySet[Sponsorship], end: datetime.datetime, choice: Q) -> QuerySet[Sponsorship]:
    history: Any = Sponsorship.history  # type: ignore[attr-defined]  # kept by sponsorships/translation.py
    lines = history.filter(id=OuterRef("pk"))
    # A sponsorship without history counts as it is today; the caller has already filtered on that.
    known = Exists(lines.filter(choice, history_id=version_of(history.all(), end))) | ~Exists(lines)
    moved = {
        "status_then": status_of(SponsorshipTransition.objects.all(), end, "pk", "status"),
        "chair_status_then": status_of(ChairTransition.objects.all(), end, "chair", "chair__status"),
    }
    return sponsorships.alias(**moved).filter(
        known, status_then__in=AGREED_STATUSES, chair_status_then__in=PUBLIC_STATUSES
    )
