"""What the calendar does to instalments, in nobody's name."""

import datetime

from django.utils import timezone

from core.exceptions import Refused
from sponsorships.accounting.verbs import fall_due
from sponsorships.enums import SponsorshipStatus
from sponsorships.models import Instalment


def call_due(today: datetime.date | None = None) -> list[Instalment]:
    """Mark as due what was planned for today or earlier, days on which no task ran included. Return what fell due.

    A second call changes nothing. An instalment that somebody changes at the same moment is skipped.
    """
    planned = Instalment.objects.falling_due(today or timezone.localdate())
    called = []
    for instalment in planned.filter(sponsorship__status=SponsorshipStatus.ACTIVE).order_by("due_on", "pk"):
        try:
            called.append(fall_due(instalment, by=None))
        except Refused:
            continue
    return called
