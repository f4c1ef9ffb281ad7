import uuid
from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chairs.models import Activity, Chair
from clusters.enums import Origin
from core.model_fields import DayField, done_by
from core.transitions import LivingRecord, StatusField, moment_constraints
from partners.models.partner import Contact, Partner
from sponsorships.accounting.sums import ZERO
from sponsorships.enums import EDITABLE_STATUSES, PARTNER_STATUS_LABELS, Confidentiality, Regime, SponsorshipStatus
from sponsorships.models.contribution import contribution
from sponsorships.models.reference import MAX_LENGTH, ReferenceField
from sponsorships.models.sponsorship_queryset import SponsorshipQuerySet

S = SponsorshipStatus


class Sponsorship(LivingRecord):
    """A partner's funding of extra research in a chair, from the draft to completion."""

    reference = models.UUIDField(
        default=uuid.uuid4,
        unique=True,
        editable=False,
        help_text=_("Made by the form before it is sent, so that two clicks make one record."),
    )
    short_reference = ReferenceField(_("reference"), max_length=MAX_LENGTH, unique=True, editable=False)
    # PROTECT: neither the chair nor the partner of a sponsorship may be deleted.
    chair = models.ForeignKey(Chair, on_delete=models.PROTECT, related_name="sponsorships", verbose_name=_("chair"))
    partner = models.ForeignKey(
        Partner, on_delete=models.PROTECT, related_name="sponsorships", verbose_name=_("partner")
    )
    activity = models.ForeignKey(
        Activity,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="sponsorships",
        verbose_name=_("activity"),
        help_text=_("An activity that the chair has posted. Leave empty to propose your own below."),
    )
    proposal = models.TextField(
        _("your own proposal"),
        blank=True,
        max_length=5000,
        help_text=_("The extra research that you would like to fund, if the chair has not posted it."),
    )
    regime = models.CharField(_("regime"), max_length=20, choices=Regime, blank=True)
    cash_amount = contribution(_("cash (€)"), _("In euros, net of VAT."))
    in_kind_amount = contribution(
        _("in kind (€)"), _("Data, computing, equipment: your valuation in euros, net of VAT.")
    )
    skills_amount = contribution(_("skills (€)"), _("People's time: your valuation in euros, net of VAT."))
    in_kind_description = models.TextField(
        _("what is given in kind or skills"),
        blank=True,
        max_length=2000,
        help_text=_("What it is, and how you valued it."),
    )
    is_cifre = models.BooleanField(
        _("includes a Cifre thesis"), default=False, help_text=_("Only in a research partnership.")
    )
    starts_on = DayField(_("from"), null=True, blank=True)
    ends_on = DayField(_("until"), null=True, blank=True)
    purpose = models.TextField(
        _("purpose"), blank=True, max_length=5000, help_text=_("What you hope for, in a few sentences.")
    )
    confidentiality = models.CharField(
        _("what the public may see"),
        max_length=20,
        choices=Confidentiality,
        blank=True,
        default=Confidentiality.PUBLIC,
    )
    named_from = DayField(
        _("name published from"),
        null=True,
        blank=True,
        help_text=_(
            "Before this date nothing about the sponsorship is public. Leave empty to publish from acceptance on."
        ),
    )
    amount_from = DayField(
        _("amount published from"),
        null=True,
        blank=True,
        help_text=_(
            "Before this date no amount is public, not even as a band. Leave empty to publish it with the name."
        ),
    )
    shows_logo = models.BooleanField(
        _("show the logo"),
        default=False,
        help_text=_("Your logo may appear beside your name, once your name may be published."),
    )
    is_exclusive = models.BooleanField(
        _("exclusivity"),
        default=False,
        help_text=_(
            "Your organisation asks to be the only one from its sector: in the activity that you chose, or in the "
            "whole chair with a proposal of your own. The cluster's office decides on it."
        ),
    )
    counterparts_value = contribution(
        _("value of the counterparts (€)"),
        _("What the partner gets back for a gift, as the cluster's office values it, in euros net of VAT."),
        editable=False,
    )
    signatory = models.ForeignKey(
        Contact,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("signatory"),
        help_text=_("Who will sign for your organisation."),
    )
    origin = models.CharField(_("origin"), max_length=20, choices=Origin, default=Origin.REGISTERED)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        editable=False,
        related_name="+",
        verbose_name=_("created by"),
    )
    # For a draft written on the partner's behalf: from then on, only the partner edits it.
    taken_over_at = models.DateTimeField(_("taken over by the partner at"), null=True, blank=True, editable=False)
    taken_over_by = done_by(_("taken over by"))
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)
    updated_at = models.DateTimeField(_("changed at"), auto_now=True)
    revision = models.PositiveIntegerField(
        _("revision"),
        default=1,
        editable=False,
        help_text=_("Counts the saves, so that a form opened earlier cannot overwrite a later one."),
    )

    status = StatusField(_("status"), max_length=20, choices=SponsorshipStatus, default=S.DRAFT)
    submitted_at = models.DateTimeField(_("sent at"), null=True, blank=True, editable=False)
    review_started_at = models.DateTimeField(_("review started at"), null=True, blank=True, editable=False)
    changes_requested_at = models.DateTimeField(_("changes requested at"), null=True, blank=True, editable=False)
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True, editable=False)
    activated_at = models.DateTimeField(_("activated at"), null=True, blank=True, editable=False)
    completed_at = models.DateTimeField(_("completed at"), null=True, blank=True, editable=False)
    declined_at = models.DateTimeField(_("declined at"), null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True, editable=False)
    terminated_at = models.DateTimeField(_("terminated at"), null=True, blank=True, editable=False)
    terminated_on = DayField(_("ended early on"), null=True, blank=True, editable=False)

    objects = SponsorshipQuerySet.as_manager()

    class Meta:
        verbose_name = _("sponsorship")
        verbose_name_plural = _("sponsorships")
        ordering = ["-updated_at", "-pk"]
        indexes = [
            models.Index(fields=["-submitted_at", "-id"], name="sponsorships_latest"),
            models.Index(fields=["status", "submitted_at"], name="sponsorships_waiting"),
            # What waits in a cluster, by its chairs: a sponsorship is a wide row.
            models.Index(fields=["chair", "status", "submitted_at"], name="sponsorships_of_a_chair"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="sponsorships_sponsorship_dates_in_order",
                violation_error_message=_("The period ends before it starts."),
            ),
            models.CheckConstraint(
                condition=Q(taken_over_at=None, taken_over_by=None)
                | Q(taken_over_at__isnull=False, taken_over_by__isnull=False),
                name="sponsorships_sponsorship_taken_over_by",
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{amount: None}) | Q(**{f"{amount}__gte": ZERO}),
                    name=f"sponsorships_sponsorship_{amount}_positive",
                    violation_error_message=_("An amount cannot be negative."),
                )
                for amount in ("cash_amount", "in_kind_amount", "skills_amount", "counterparts_value")
            ),
            models.CheckConstraint(
                condition=Q(is_cifre=False) | ~Q(regime=Regime.PATRONAGE.value),
                name="sponsorships_sponsorship_cifre_is_partnership",
                violation_error_message=_("A Cifre thesis needs a research partnership: a gift cannot pay for one."),
            ),
            *moment_constraints(
                "sponsorships_sponsorship_{}_moment",
                {
                    S.SUBMITTED: "submitted_at",
                    S.IN_REVIEW: "review_started_at",
                    S.CHANGES_REQUESTED: "changes_requested_at",
                    S.ACCEPTED: "accepted_at",
                    S.ACTIVE: "activated_at",
                    S.COMPLETED: "completed_at",
                    S.DECLINED: "declined_at",
                    S.WITHDRAWN: "withdrawn_at",
                    S.TERMINATED: "terminated_at",
                },
            ),
        ]

    def __str__(self):
        return f"{self.partner} → {self.chair}"

    def get_absolute_url(self):
        return reverse("sponsorships:detail", args=[self.reference])

    @property
    def public_status(self) -> str:
        """The status in the partner's words."""
        return PARTNER_STATUS_LABELS[self.status]

    @property
    def is_editable(self) -> bool:
        return self.status in EDITABLE_STATUSES

    @property
    def amount(self) -> Decimal:
        """Everything offered, cash and valued contributions together, in euros net of VAT."""
        return sum((part or ZERO for part in (self.cash_amount, self.in_kind_amount, self.skills_amount)), ZERO)
