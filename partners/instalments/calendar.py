"""What the calendar does to instalments, in nobody's name."""

import datetime

from django.utils import timezone

from core.verbs import Refused
from partners.enums import SponsorshipStatus
from partners.instalments.verbs import fall_due
from partners.models import Instalment


def call_due(today: datetime.date | None = None) -> list[Instalment]:
    """Call due what was planned for a day that has come, days that nobody saw included. Return what fell due.

    Twice on a day changes nothing; one that somebody moves at the same moment is left to them.
    """
    planned = Instalment.objects.falling_due(today or timezone.localdate())
    called = []
    for instalment in planned.filter(sponsorship__status=SponsorshipStatus.ACTIVE).order_by("due_on", "pk"):
        try:
            called.append(fall_due(instalment, by=None))
        except Refused:
            continue
    return called
