import datetime
import uuid
from operator import attrgetter
from typing import Self

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from chairs.models import Activity
from clusters.models import Cluster, Institution
from core.model_fields import DayField, EurosField, PastDayField
from core.transitions import LivingRecord, StatusField, TransitionLog, moment_constraints
from partners.models.partner import Contact
from sponsorships.enums import (
    AGREEABLE_STATUSES,
    IN_FORCE_STATUSES,
    OPEN_AGREEMENT_STATUSES,
    AgreementLanguage,
    AgreementPath,
    AgreementStatus,
    Contribution,
    SigningSide,
)
from sponsorships.models.reference import AGREEMENT_MARK
from sponsorships.models.seen import of_seen_sponsorship
from sponsorships.models.sponsorship import ZERO, Sponsorship

S = AgreementStatus


def kept_path(agreement, name: str) -> str:
    """Return a random path for an agreement's file, so that the path reveals nothing."""
    return f"agreements/{uuid.uuid4().hex}.pdf"


def agreed_amount(label, help_text=""):
    return EurosField(label, default=ZERO, help_text=help_text, validators=[MinValueValidator(ZERO)])


class AgreementQuerySet(models.QuerySet):
    def in_force(self) -> Self:
        """Return agreements that bind: signed here, or recorded as signed elsewhere."""
        return self.filter(status__in=IN_FORCE_STATUSES)

    def open(self) -> Self:
        """Return agreements being drafted or awaiting signature."""
        return self.filter(status__in=OPEN_AGREEMENT_STATUSES)

    def agreeable(self):
        """Return agreements of accepted or active sponsorships; those of ended ones need no action."""
        return self.filter(sponsorship__status__in=AGREEABLE_STATUSES)

    def to_sign(self):
        """Return agreements awaiting signature whose sponsorship is accepted or active."""
        return self.agreeable().filter(status=S.AWAITING_SIGNATURE)

    def visible_to(self, user):
        """Return the agreements that the user may read: drafts are for the cluster's staff only."""
        return self.filter(agreement_is_seen_by(user))


def agreement_is_seen_by(user, path: str = "") -> Q:
    """Whether the user may read an agreement: all of their cluster for its staff; for others, what has left the office.

    `path` leads to the agreement from another record, as “agreement__”.
    """
    drafts = Q(**{f"{path}status": S.DRAFT}) | Q(**{f"{path}status": S.VOID, f"{path}issued_at": None})
    mine = Cluster.objects.visible_to(user).order_by().values("pk")
    of_cluster = Q(**{f"{path}sponsorship__chair__cluster__in": mine})
    return of_seen_sponsorship(user, f"{path}sponsorship") & (~drafts | of_cluster)


class Agreement(LivingRecord):
    """The terms that a partner and a managing institution sign. The first opens a sponsorship; each later one amends it.

    Each states all the terms from its effective date. What it changes is found by comparing it with the agreement
    before it (`sponsorships.agreements.terms`).
    """

    reference = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # PROTECT: no record that an agreement names may be deleted.
    sponsorship = models.ForeignKey(
        Sponsorship, on_delete=models.PROTECT, related_name="agreements", verbose_name=_("sponsorship")
    )
    number = models.PositiveSmallIntegerField(_("number"), editable=False)
    path = models.CharField(_("how it is signed"), max_length=10, choices=AgreementPath)
    language = models.CharField(_("language"), max_length=2, choices=AgreementLanguage, default="fr")
    managing_institution = models.ForeignKey(
        Institution,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="agreements",
        verbose_name=_("managing institution"),
        help_text=_("It signs with the partner, and invoices or calls the money in its own books."),
    )
    other_parties = models.TextField(
        _("other parties"),
        blank=True,
        max_length=1000,
        help_text=_("The other supervising bodies or companies that are bound by it, one per line."),
    )
    activity = models.ForeignKey(
        Activity,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="agreements",
        verbose_name=_("activity"),
    )
    cash_amount = agreed_amount(_("cash (€)"), _("In euros, net of VAT: the total, not the change."))
    in_kind_amount = agreed_amount(_("in kind (€)"), _("The partner's valuation, in euros net of VAT."))
    skills_amount = agreed_amount(_("skills (€)"), _("The partner's valuation, in euros net of VAT."))
    starts_on = DayField(_("from"), null=True, blank=True)
    ends_on = DayField(_("until"), null=True, blank=True)
    effective_on = DayField(
        _("takes effect on"),
        default=timezone.localdate,
        help_text=_("Figures before this date do not change."),
    )
    reason = models.TextField(
        _("reason for the amendment"), blank=True, max_length=2000, help_text=_("Why the terms change.")
    )
    signatory = models.ForeignKey(
        Contact,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("signatory of the partner"),
    )
    signed_on = PastDayField(_("signed on"), null=True, blank=True, help_text=_("For an agreement signed elsewhere."))
    signatories = models.TextField(
        _("who signed"),
        blank=True,
        max_length=1000,
        help_text=_("For an agreement signed elsewhere: name and capacity, one per line."),
    )
    # The clauses as they read when the agreement was issued: later versions of a clause do not change it.
    frozen = models.JSONField(_("text as issued"), default=dict, blank=True, editable=False)
    file = models.FileField(_("document"), upload_to=kept_path, max_length=100, blank=True)
    sha256 = models.CharField(_("fingerprint"), max_length=64, blank=True, editable=False, db_index=True)
    signature_page = models.FileField(_("signature page"), upload_to=kept_path, max_length=100, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        editable=False,
        related_name="+",
        verbose_name=_("created by"),
    )
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)
    updated_at = models.DateTimeField(_("changed at"), auto_now=True)

    status = StatusField(_("status"), max_length=20, choices=AgreementStatus, default=S.DRAFT)
    issued_at = models.DateTimeField(_("issued at"), null=True, blank=True, editable=False)
    partner_signed_at = models.DateTimeField(_("signed by the partner at"), null=True, blank=True, editable=False)
    signed_at = models.DateTimeField(_("countersigned at"), null=True, blank=True, editable=False)
    recorded_at = models.DateTimeField(_("recorded at"), null=True, blank=True, editable=False)
    voided_at = models.DateTimeField(_("made void at"), null=True, blank=True, editable=False)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering = ["sponsorship", "number"]
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="sponsorships_agreement_latest"),
            models.Index(fields=["status", "created_at"], name="sponsorships_agreement_waiting"),
            # Few are open among many: said with OR, since SQLite would not see that IN holds what “=” asks.
            models.Index(
                fields=["status", "created_at"],
                condition=Q(status=S.DRAFT) | Q(status=S.AWAITING_SIGNATURE),
                name="sponsorships_agreement_open",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["sponsorship", "number"], name="sponsorships_agreement_number_once"),
            models.UniqueConstraint(
                fields=["sponsorship"],
                condition=Q(status__in=[status.value for status in OPEN_AGREEMENT_STATUSES]),
                name="sponsorships_agreement_one_open",
                violation_error_message=_("An agreement of this sponsorship is already being prepared or signed."),
            ),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="sponsorships_agreement_dates_in_order",
                violation_error_message=_("The period ends before it starts."),
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{contribution}_amount__gte": 0}),
                    name=f"sponsorships_agreement_{contribution}_positive",
                    violation_error_message=_("An amount cannot be negative."),
                )
                for contribution in Contribution.values
            ),
            *moment_constraints(
                "sponsorships_agreement_{}_moment",
                {
                    S.AWAITING_SIGNATURE: "issued_at",
                    S.SIGNED: "signed_at",
                    S.RECORDED: "recorded_at",
                    S.VOID: "voided_at",
                },
            ),
        ]

    def __str__(self):
        if self.is_amendment:
            return str(_("Amendment %(number)d")) % {"number": self.number - 1}
        return str(_("Agreement"))

    def get_absolute_url(self):
        return reverse("sponsorships:agreement", args=[self.reference])

    @property
    def short_reference(self) -> str:
        """The reference that people say on the phone: the sponsorship's, then the agreement's number."""
        return f"{self.sponsorship.short_reference}-{AGREEMENT_MARK}{self.number}"

    @property
    def origin(self) -> str:
        """The sponsorship's origin: demonstration data is marked on every page."""
        return self.sponsorship.origin

    @property
    def is_amendment(self) -> bool:
        return self.number > 1

    @property
    def subject_in_the_log(self) -> str:
        """The name of its leaf in the transparency log (`sponsorships.logged`)."""
        return f"{self.sponsorship.reference}/{self.number}"

    @property
    def is_in_force(self) -> bool:
        return self.status in IN_FORCE_STATUSES

    @property
    def amended(self):
        """The agreement in force that this one amends; None for the first."""
        earlier = [one for one in self.sponsorship.agreements.all() if one.is_in_force and one.number < self.number]
        return max(earlier, key=attrgetter("number"), default=None)

    @property
    def binds_from(self) -> datetime.date | None:
        """The first day on which money can be asked under it: its signature or its effective date, whichever is earlier.

        None before it is signed or recorded.
        """
        at = self.signed_at or self.recorded_at
        if at is None:
            return None
        return min(self.signed_on or timezone.localdate(at), self.effective_on)

    def amount_of(self, contribution: str):
        """Return one of the three contributions, in euros net of VAT."""
        return getattr(self, f"{contribution}_amount")


class AgreementTransition(TransitionLog):
    """One transition of an agreement: who did what, when."""

    record = models.ForeignKey(
        Agreement, on_delete=models.CASCADE, related_name="transitions", verbose_name=_("agreement")
    )

    class Meta(TransitionLog.Meta):
        verbose_name = _("agreement transition")
        verbose_name_plural = _("agreement transitions")


class Signature(models.Model):
    """A simple electronic signature (eIDAS, article 3(10)): who typed their name, when, from where, on which document."""

    agreement = models.ForeignKey(
        Agreement, on_delete=models.PROTECT, related_name="signatures", verbose_name=_("agreement")
    )
    side = models.CharField(_("side"), max_length=12, choices=SigningSide)
    name = models.CharField(_("name as typed"), max_length=200)
    # PROTECT: the signatory stays on record.
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("account")
    )
    on_behalf_of = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("on behalf of"),
    )
    at = models.DateTimeField(_("signed at"), default=timezone.now)
    address = models.GenericIPAddressField(_("network address"), null=True, blank=True)
    code_confirmed_at = models.DateTimeField(_("e-mailed code confirmed at"), null=True, blank=True)
    sha256 = models.CharField(_("fingerprint of the document"), max_length=64)

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "side"],
                name="sponsorships_signature_once_a_side",
                violation_error_message=_("This side has already signed."),
            )
        ]

    def __str__(self):
        return f"{self.name} ({self.get_side_display()})"

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise TypeError("A signature is evidence: it is never changed.")
        super().save(*args, **kwargs)

    @property
    def who(self) -> str:
        """The name as typed, and the colleague on whose behalf they signed, if any."""
        if self.on_behalf_of_id is None:
            return self.name
        return gettext("%(name)s, on behalf of %(person)s") % {"name": self.name, "person": self.on_behalf_of}
