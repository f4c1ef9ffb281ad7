"""Sums of ledger entries, stored for the pages of figures; the ledger stays the source. See docs/figures.md."""

import datetime
import json
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sponsorships.enums import Contribution, EntryKind

# The kinds and contributions that a figure counts; for others, only the number of entries is kept.
COUNTED = (
    *((kind, Contribution.CASH) for kind in EntryKind),
    (EntryKind.AGREED, Contribution.IN_KIND),
    (EntryKind.RECEIVED, Contribution.IN_KIND),
    (EntryKind.AGREED, Contribution.SKILLS),
    (EntryKind.RECEIVED, Contribution.SKILLS),
)
# `cluster` of a row that is about the whole nation.
NATION = 0
# The values of `grouped_by`.
BY_QUARTER, BY_STATUS, WHOLE = "quarter", "status", "whole"
# `grouped_by` of the rows that count the sponsorships with a named partner, and those with a public amount.
SPONSORS = "sponsor"
# Values of `public_from`: public from the beginning, or never.
ALWAYS, NEVER = datetime.date.min, datetime.date.max


class KeptSum(models.Model):
    """Sums of the entries whose effect begins in one span of time, for a cluster or the nation, in cents.

    `span` is a year, a month or a day: y2026, m2026-03, d2026-03-31. The total up to a day is the sum of the earlier
    years, the earlier months of its year, and the days of its month. `grouped_by` says what `part` is: the quarter of
    the entries; the status that their sponsorships have from then on (the old status is subtracted); or nothing, for
    the whole cluster. Each grouping counts every entry once.
    """

    cluster = models.PositiveIntegerField()
    grouped_by = models.CharField(max_length=7)
    span = models.CharField(max_length=11)
    part = models.CharField(max_length=20)
    # The public sums include this row from this day on.
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
    # Numbers of entries, and of sponsorships with their first entry; then the same for what partners publish.
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
    """The facts, as JSON, by which a sponsorship was counted in the kept sums; a recount subtracts them first."""

    sponsorship = models.OneToOneField(
        # Triggers maintain the rows in SQL alone: a deleted sponsorship is recounted like a changed one.
        "sponsorships.Sponsorship",
        on_delete=models.DO_NOTHING,
        primary_key=True,
        db_constraint=False,
        related_name="+",
        verbose_name=_("sponsorship"),
    )
    facts = models.TextField()
    # The next day on which the public may count or name it; None if there is none.
    changes_on = models.DateField(null=True, db_index=True)

    class Meta:
        verbose_name = _("counted sponsorship")
        verbose_name_plural = _("counted sponsorships")

    def __str__(self):
        return str(self.pk)

    @property
    def as_facts(self) -> dict[str, Any]:
        """The facts as of today: a public day that has already come counts as ALWAYS."""
        facts: dict[str, Any] = json.loads(self.facts)
        for name in ("named_from", "public_from"):
            if facts[name] <= timezone.localdate().isoformat():
                facts[name] = ALWAYS.isoformat()
        return facts


class UncountedChange(models.Model):
    """A sponsorship to recount: triggers write the row when a counted fact changes; the recount deletes it."""

    sponsorship_id = models.BigIntegerField(db_index=True)

    class Meta:
        verbose_name = _("uncounted change")
        verbose_name_plural = _("uncounted changes")

    def __str__(self):
        return str(self.sponsorship_id)
