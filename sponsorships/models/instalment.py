from decimal import Decimal
from typing import Self

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from clusters.scopes import has_no_role
from core.model_fields import DayField, EurosField
from core.transitions import LivingRecord, StatusField, TransitionLog, moment_constraints
from sponsorships.accounting.sums import total
from sponsorships.enums import IN_FORCE_STATUSES, UNINVOICED_STATUSES, EntryKind, InstalmentCondition, InstalmentStatus
from sponsorships.models.agreement import Agreement, agreement_is_seen_by
from sponsorships.models.reference import INSTALMENT_MARK
from sponsorships.models.sponsorship import ZERO, Sponsorship

S = InstalmentStatus


class InstalmentQuerySet(models.QuerySet):
    def standing(self) -> Self:
        """Return instalments of agreements in force that no later agreement has rescheduled."""
        return self.filter(agreement__status__in=IN_FORCE_STATUSES, superseded_on=None)

    def uninvoiced(self) -> Self:
        return self.filter(status__in=UNINVOICED_STATUSES)

    def to_invoice(self):
        """Return instalments that are due and not yet invoiced."""
        return self.standing().filter(status=S.DUE)

    def invoiced(self):
        """Return instalments that are invoiced and not settled."""
        return self.standing().filter(status=S.INVOICED)

    def overdue(self, on):
        """Return invoiced instalments whose last day of payment is before `on`."""
        return self.invoiced().filter(payable_on__lt=on)

    def falling_due(self, on):
        """Return planned instalments whose date has come; the verb's conditions check any report that they also wait for."""
        has_come = Q(condition=InstalmentCondition.DATE) | Q(condition=InstalmentCondition.REPORT)
        return self.standing().filter(has_come, Q(due_on=None) | Q(due_on__lte=on), status=S.PLANNED)

    def with_left(self):
        """Annotate `left`: invoiced minus received and written off, in euros net of VAT."""
        paid = Q(entries__kind__in=[EntryKind.RECEIVED, EntryKind.WRITTEN_OFF])
        invoiced = total("entries__amount", filter=Q(entries__kind=EntryKind.INVOICED))
        return self.annotate(left=invoiced - total("entries__amount", filter=paid))

    def visible_to(self, user):
        if has_no_role(user):  # their few agreements are found first (`of_seen_sponsorship`)
            return self.filter(agreement__in=Agreement.objects.visible_to(user))
        return self.filter(agreement_is_seen_by(user, "agreement__"))

    def total(self) -> Decimal:
        """Return the sum of the amounts, in euros net of VAT."""
        return self.aggregate(total=total())["total"]


class Instalment(LivingRecord):
    """A part of the agreed cash, asked for at its time: invoiced in a partnership, called in a gift."""

    sponsorship = models.ForeignKey(
        Sponsorship, on_delete=models.PROTECT, related_name="instalments", verbose_name=_("sponsorship")
    )
    # PROTECT: the agreement that planned an instalment may not be deleted.
    agreement = models.ForeignKey(
        Agreement, on_delete=models.PROTECT, related_name="instalments", verbose_name=_("agreement")
    )
    number = models.PositiveSmallIntegerField(_("number"), editable=False)
    amount = EurosField(
        _("amount (€)"),
        validators=[MinValueValidator(ZERO)],
        help_text=_("In euros, net of VAT."),
    )
    condition = models.CharField(
        _("condition"), max_length=10, choices=InstalmentCondition, default=InstalmentCondition.DATE
    )
    due_on = DayField(_("planned for"), null=True, blank=True)
    milestone = models.CharField(
        _("milestone"),
        max_length=200,
        blank=True,
        help_text=_("What must be achieved, or which report must be accepted."),
    )
    # For an instalment that waits for a report: the period that the report must cover.
    report_from = DayField(_("report from"), null=True, blank=True)
    report_until = DayField(_("report until"), null=True, blank=True)
    superseded_by = models.ForeignKey(
        Agreement,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="superseded_instalments",
        verbose_name=_("rescheduled by"),
    )
    superseded_on = DayField(_("no longer in force since"), null=True, blank=True, editable=False)
    invoice_number = models.CharField(_("number of the invoice or call"), max_length=60, blank=True, editable=False)
    invoiced_on = DayField(_("invoiced or called on"), null=True, blank=True, editable=False)
    purchase_order = models.CharField(_("purchase order"), max_length=60, blank=True, editable=False)
    payable_on = DayField(_("payable by"), null=True, blank=True, editable=False)

    status = StatusField(_("status"), max_length=20, choices=InstalmentStatus, default=S.PLANNED)
    due_at = models.DateTimeField(_("due since"), null=True, blank=True, editable=False)
    invoiced_at = models.DateTimeField(_("invoiced at"), null=True, blank=True, editable=False)
    received_at = models.DateTimeField(_("received at"), null=True, blank=True, editable=False)
    written_off_at = models.DateTimeField(_("written off at"), null=True, blank=True, editable=False)

    objects = InstalmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("instalment")
        verbose_name_plural = _("instalments")
        ordering = ["sponsorship", "number"]
        indexes = [
            models.Index(fields=["due_on", "sponsorship", "number"], name="sponsorships_instalment_next"),
            models.Index(fields=["status", "payable_on"], name="sponsorships_instalment_late"),
            models.Index(fields=["due_at"], condition=Q(status=S.DUE), name="sponsorships_instalment_due"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["sponsorship", "number"], name="sponsorships_instalment_number_once"),
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="sponsorships_instalment_amount_positive",
                violation_error_message=_("An instalment must be at least one cent."),
            ),
            models.CheckConstraint(
                condition=~Q(condition=InstalmentCondition.DATE) | Q(due_on__isnull=False),
                name="sponsorships_instalment_date_or_condition",
                violation_error_message=_("Enter the planned date, or the condition."),
            ),
            models.CheckConstraint(
                condition=Q(report_from=None, report_until=None) | Q(report_until__gte=F("report_from")),
                name="sponsorships_instalment_report_in_order",
                violation_error_message=_("The period ends before it starts."),
            ),
            models.CheckConstraint(
                condition=Q(superseded_on=None) | Q(status__in=[status.value for status in UNINVOICED_STATUSES]),
                name="sponsorships_instalment_invoiced_stands",
            ),
            *moment_constraints(
                "sponsorships_instalment_{}_moment",
                {
                    S.DUE: "due_at",
                    S.INVOICED: "invoiced_at",
                    S.RECEIVED: "received_at",
                    S.WRITTEN_OFF: "written_off_at",
                },
            ),
        ]

    def __str__(self):
        return str(_("Instalment %(number)d") % {"number": self.number})

    @property
    def short_reference(self) -> str:
        """The reference that people say on the phone: the sponsorship's, then the instalment's number."""
        return f"{self.sponsorship.short_reference}-{INSTALMENT_MARK}{self.number}"

    @property
    def origin(self) -> str:
        """The sponsorship's origin: demonstration data is marked on every page."""
        return self.sponsorship.origin

    @property
    def awaited(self) -> str:
        """The condition in words: a date, an accepted report, or a milestone."""
        said = str(self.get_condition_display())
        if self.condition == InstalmentCondition.REPORT and self.report_from:
            period = {"first": date_format(self.report_from), "last": date_format(self.report_until)}
            said = str(_("an accepted report covering %(first)s to %(last)s") % period)
        return f"{said} ({self.milestone})" if self.milestone else said

    @property
    def stands_invoiced(self) -> bool:
        """Whether it was invoiced and no later agreement rescheduled it."""
        return self.superseded_on is None and self.status not in UNINVOICED_STATUSES

    def is_overdue(self, on) -> bool:
        return self.status == S.INVOICED and self.payable_on is not None and self.payable_on < on


class InstalmentTransition(TransitionLog):
    """One transition of an instalment: who did what, when."""

    record = models.ForeignKey(
        Instalment, on_delete=models.CASCADE, related_name="transitions", verbose_name=_("instalment")
    )

    class Meta(TransitionLog.Meta):
        verbose_name = _("instalment transition")
        verbose_name_plural = _("instalment transitions")
