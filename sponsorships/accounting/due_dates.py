"""What the nightly run does to instalments."""

import datetime

from django.utils import timezone

from core.exceptions import Refused
from sponsorships.accounting.verbs import fall_due
from sponsorships.enums import SponsorshipStatus
from sponsorships.models import Instalment


def call_due(today: datetime.date | None = None) -> list[Instalment]:
    """Mark instalments planned for today or earlier as due, and return those marked.

    It catches up on nights without a run; a second call changes nothing. A refused instalment is skipped: its report is
    missing, or somebody has just changed it.
    """
    planned = Instalment.objects.falling_due(today or timezone.localdate())
    called = []
    for instalment in planned.filter(sponsorship__status=SponsorshipStatus.ACTIVE).order_by("due_on", "pk"):
        try:
            called.append(fall_due(instalment, by=None))
        except Refused:
            continue
    return called
