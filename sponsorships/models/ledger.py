import datetime
import uuid
from decimal import Decimal
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from chairs.models import Activity
from core.model_fields import DayField, EurosField
from core.money import euros
from sponsorships.accounting.sums import total
from sponsorships.enums import Contribution, EntryKind, ValuationMethod
from sponsorships.models.agreement import Agreement
from sponsorships.models.instalment import Instalment
from sponsorships.models.sponsorship import Sponsorship


class LedgerEntryQuerySet(models.QuerySet["LedgerEntry"]):
    def on(self, date: datetime.date | None) -> Self:
        """Return entries in effect on a date; all entries, future ones too, if `date` is None."""
        return self if date is None else self.filter(effective_on__lte=date)

    def recorded_before(self, end: datetime.datetime | None) -> Self:
        """Return entries recorded before `end`; all entries if it is None."""
        return self if end is None else self.filter(recorded_at__lt=end)

    def visible_to(self, user: User) -> Self:
        return self.filter(sponsorship__in=Sponsorship.objects.visible_to(user))

    def total(self, *kinds: str, contribution: str = Contribution.CASH) -> Decimal:
        """Return the sum of these kinds for one contribution (cash by default), in euros net of VAT."""
        found: Decimal = self.filter(kind__in=kinds, contribution=contribution).aggregate(total=total())["total"]
        return found

    def peak(self, kind: str, since: datetime.date) -> Decimal:
        """Return the highest total of a kind's cash on `since` or any later day, in euros net of VAT."""
        cash = self.filter(kind=kind, contribution=Contribution.CASH)
        later = cash.filter(effective_on__gt=since).order_by("effective_on").values("effective_on")
        highest = running = cash.on(since).total(kind)
        for step in later.annotate(total=total()).values_list("total", flat=True):
            running += step
            highest = max(highest, running)
        return highest


class LedgerEntry(models.Model):
    """One line of a sponsorship's account. Never changed or deleted: a mistake is reversed by a new entry.

    Every figure of the site is a sum of these lines. They name no person. docs/money.md has the model.
    """

    sponsorship = models.ForeignKey(
        Sponsorship, on_delete=models.PROTECT, related_name="entries", verbose_name=_("sponsorship")
    )
    position = models.PositiveIntegerField(_("position"))
    kind = models.CharField(_("kind"), max_length=12, choices=EntryKind)
    contribution = models.CharField(_("contribution"), max_length=8, choices=Contribution, default=Contribution.CASH)
    amount = EurosField(
        _("amount (€)"),
        help_text=_("In euros, net of VAT; an amount below zero is a reversal."),
    )
    effective_on = DayField(_("counts from"))
    recorded_at = models.DateTimeField(_("recorded at"), default=timezone.now)
    act = models.UUIDField(
        _("act"), default=uuid.uuid4, help_text=_("One press of a button: pressed twice, it still counts once.")
    )
    line = models.PositiveSmallIntegerField(_("line of the act"), default=0)
    activity = models.ForeignKey(
        Activity,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="entries",
        verbose_name=_("activity"),
    )
    agreement = models.ForeignKey(
        Agreement, on_delete=models.PROTECT, null=True, blank=True, related_name="entries", verbose_name=_("agreement")
    )
    instalment = models.ForeignKey(
        Instalment,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="entries",
        verbose_name=_("instalment"),
    )
    reverses = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="reversed_by", verbose_name=_("reverses")
    )
    reference = models.CharField(
        _("reference"),
        max_length=80,
        blank=True,
        help_text=_("The invoice's number, or the bank's reference of a payment. No person's name."),
    )
    # The VAT of an invoice or payment, beside its net amount: no figure counts it.
    vat_rate = models.DecimalField(_("VAT rate (%)"), max_digits=4, decimal_places=1, null=True, blank=True)
    vat = EurosField(_("VAT (€)"), null=True, blank=True)
    method = models.CharField(_("valuation method"), max_length=8, choices=ValuationMethod, blank=True)
    previous_hash = models.CharField(max_length=64, blank=True, editable=False)
    hash = models.CharField(_("fingerprint"), max_length=64, editable=False)

    objects = LedgerEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("ledger entry")
        verbose_name_plural = _("ledger entries")
        ordering = ["sponsorship", "position"]
        indexes = [
            models.Index(fields=["kind", "contribution", "effective_on"], name="sponsorships_entry_figures"),
            # A covering index for the money of an activity.
            models.Index(
                fields=["activity", "kind", "contribution", "effective_on", "amount", "sponsorship"],
                name="sponsorships_entry_activity",
            ),
            models.Index(fields=["-effective_on", "-id"], name="sponsorships_entry_latest"),
            # For queries on what was recorded since a day.
            models.Index(fields=["recorded_at", "effective_on"], name="sponsorships_entry_recorded"),
            # Few entries reverse one. In an index with all of them SQLite takes any value for as frequent as none, and reads the
            # whole ledger to see whether an entry is reversed.
            models.Index(fields=["reverses"], condition=Q(reverses__isnull=False), name="sponsorships_entry_reversals"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["sponsorship", "position"], name="sponsorships_entry_position_once"),
            models.UniqueConstraint(
                fields=["act", "line"],
                name="sponsorships_entry_act_once",
                violation_error_message=_("This has already been recorded."),
            ),
            models.CheckConstraint(condition=~Q(amount=0), name="sponsorships_entry_says_something"),
            models.CheckConstraint(
                condition=Q(vat_rate=None, vat=None) | Q(vat_rate__isnull=False, vat__isnull=False),
                name="sponsorships_entry_vat_with_rate",
            ),
            # A received contribution in kind or skills has a valuation method; cash has none.
            models.CheckConstraint(
                condition=(Q(contribution=Contribution.CASH) & Q(method=""))
                | (~Q(contribution=Contribution.CASH) & (~Q(kind=EntryKind.RECEIVED) | ~Q(method=""))),
                name="sponsorships_entry_valued",
                violation_error_message=_("Say how it was valued."),
            ),
        ]

    def __str__(self):
        return f"{self.position}. {self.get_kind_display()}, {euros(self.amount)}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("The ledger is append-only: an entry is reversed, never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("The ledger is append-only: an entry is reversed, never deleted.")

    @property
    def gross(self):
        """The amount with VAT, as on the invoice or the bank statement."""
        return self.amount + (self.vat or 0)


class LedgerHead(models.Model):
    """The last position and hash of a sponsorship's chain. Without it, deleting the last entries would go unnoticed."""

    sponsorship = models.OneToOneField(
        Sponsorship, on_delete=models.PROTECT, related_name="ledger_head", verbose_name=_("sponsorship")
    )
    position = models.PositiveIntegerField(_("position"))
    hash = models.CharField(_("fingerprint"), max_length=64)

    class Meta:
        verbose_name = _("ledger head")
        verbose_name_plural = _("ledger heads")

    def __str__(self):
        return f"{self.sponsorship}, {self.position}"
