"""The sums that pages of figures read: kept beside the ledger, never instead of it. docs/figures.md tells how."""

import datetime
import json
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sponsorships.enums import Contribution, EntryKind

# The kinds and contributions that some figure counts; of others, only their number is kept.
COUNTED = (
    *((kind, Contribution.CASH) for kind in EntryKind),
    (EntryKind.AGREED, Contribution.IN_KIND),
    (EntryKind.RECEIVED, Contribution.IN_KIND),
    (EntryKind.AGREED, Contribution.SKILLS),
    (EntryKind.RECEIVED, Contribution.SKILLS),
)
# Whom a row is about, where it is not one cluster.
NATION = 0
# How the rows are grouped.
BY_QUARTER, BY_STATUS, WHOLE = "quarter", "status", "whole"
# Rows that count the sponsorships whose partner is named, and those whose amount is told.
SPONSORS = "sponsor"
# From which day on the public may count something: from the first, or never.
ALWAYS, NEVER = datetime.date.min, datetime.date.max


class KeptSum(models.Model):
    """What begins to count in one span of time, for the nation or a cluster, in cents: the sum of many entries.

    `span` is a year, a month or a day: y2026, m2026-03, d2026-03-31; what counts by a day is the years before its
    own, the months of that year before its own, and the days of that month. `grouped_by` says what `part` is: the quarter of
    the entries, the status that their sponsorships have from then on (one that ends is taken off again), or nothing, in
    the whole of each cluster. The rows of each grouping count everything once.
    """

    cluster = models.PositiveIntegerField()
    grouped_by = models.CharField(max_length=7)
    span = models.CharField(max_length=11)
    part = models.CharField(max_length=20)
    # The public counts it from this day on.
    public_from = models.DateField()
    is_made_up = models.BooleanField()

    asked_cash = models.BigIntegerField(default=0)
    pending_cash = models.BigIntegerField(default=0)
    agreed_cash = models.BigIntegerField(default=0)
    invoiced_cash = models.BigIntegerField(default=0)
    received_cash = models.BigIntegerField(default=0)
    overpaid_cash = models.BigIntegerField(default=0)
    written_off_cash = models.BigIntegerField(default=0)
    agreed_in_kind = models.BigIntegerField(default=0)
    received_in_kind = models.BigIntegerField(default=0)
    agreed_skills = models.BigIntegerField(default=0)
    received_skills = models.BigIntegerField(default=0)
    # How many entries, and how many sponsorships have their first one; then the same of what a partner may publish.
    entries = models.BigIntegerField(default=0)
    sponsorships = models.BigIntegerField(default=0)
    public_entries = models.BigIntegerField(default=0)
    public_sponsorships = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("kept sum")
        verbose_name_plural = _("kept sums")
        constraints = [
            models.UniqueConstraint(
                fields=["cluster", "grouped_by", "span", "part", "public_from", "is_made_up"],
                name="sponsorships_kept_sum_once",
            )
        ]

    def __str__(self):
        return f"{self.cluster} {self.span} {self.part}"


class CountedSponsorship(models.Model):
    """A sponsorship as the kept sums count it: the facts, as text. What counts it anew takes this off first."""

    sponsorship = models.OneToOneField(
        # Rows follow by SQL alone: what is deleted is counted anew like what is changed.
        "sponsorships.Sponsorship",
        on_delete=models.DO_NOTHING,
        primary_key=True,
        db_constraint=False,
        related_name="+",
        verbose_name=_("sponsorship"),
    )
    facts = models.TextField()
    # The first day to come on which the public may count or name it, where there is one.
    changes_on = models.DateField(null=True, db_index=True)

    class Meta:
        verbose_name = _("counted sponsorship")
        verbose_name_plural = _("counted sponsorships")

    def __str__(self):
        return str(self.pk)

    @property
    def as_facts(self) -> dict[str, Any]:
        """The facts, as they read today: a day that has come says no day."""
        facts: dict[str, Any] = json.loads(self.facts)
        for name in ("named_from", "public_from"):
            if facts[name] <= timezone.localdate().isoformat():
                facts[name] = ALWAYS.isoformat()
        return facts


class UncountedChange(models.Model):
    """Something changed of what is counted of a sponsorship: written by triggers, taken away once it is counted."""

    sponsorship_id = models.BigIntegerField(db_index=True)

    class Meta:
        verbose_name = _("uncounted change")
        verbose_name_plural = _("uncounted changes")

    def __str__(self):
        return str(self.sponsorship_id)
