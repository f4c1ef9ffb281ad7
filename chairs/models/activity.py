import datetime
from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Round
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chairs.enums import AcceptedRegime, ActivityVerb, TeachingKind
from chairs.funding import funding
from chairs.models.chair import Chair
from chairs.models.chair_queryset import is_fundable
from clusters.models import Institution, TrainingProgramme
from clusters.models.cluster import YEAR_VALIDATORS
from core.model_fields import DayField, EurosField, done_by
from core.money import MAX_EUROS, euros
from core.transitions import TransitionLog

MIN_TARGET = Decimal("1.00")
# A year has 8,760 hours; no chair teaches more.
MAX_HOURS = Decimal("8760")


def hours_field(label, help_text) -> models.DecimalField:
    """Return a column of hours a year in “équivalent TD” (h ETD), which may be left open."""
    return models.DecimalField(
        label,
        max_digits=6,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(MAX_HOURS)],
        help_text=help_text,
    )


class TeachingElement(models.Model):
    """What a chair teaches: a course, a seminar, a summer school…"""

    chair = models.ForeignKey(Chair, on_delete=models.CASCADE, related_name="teaching", verbose_name=_("chair"))
    kind = models.CharField(_("kind"), max_length=20, choices=TeachingKind, default=TeachingKind.COURSE)
    title = models.CharField(_("title"), max_length=200)
    level = models.CharField(_("level"), max_length=100, blank=True, help_text=_("For example: master's, second year."))
    institution = models.ForeignKey(
        Institution,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="teaching",
        verbose_name=_("institution"),
    )
    # The programme of which the element is a part; empty for an element that stands alone.
    programme = models.ForeignKey(
        TrainingProgramme,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="teaching",
        verbose_name=_("training programme"),
    )
    year = models.PositiveSmallIntegerField(
        _("academic year"),
        null=True,
        blank=True,
        validators=YEAR_VALIDATORS,
        help_text=_("The year in which it begins: 2025 for 2025–2026."),
    )
    hours_etd = hours_field(
        _("hours (h ETD)"), _("Hours a year in “équivalent TD”. Leave empty where the call does not say.")
    )
    # Hours owed and hours discharged are two numbers, and a call may leave either open.
    hours_owed = hours_field(_("hours owed (h ETD)"), _("What the call asks for. Empty: not decided."))
    hours_discharged = hours_field(
        _("hours discharged (h ETD)"), _("By how much it lightens the statutory service. Empty: not decided.")
    )

    class Meta:
        verbose_name = _("teaching element")
        verbose_name_plural = _("teaching elements")
        ordering = ["chair", "pk"]

    def __str__(self):
        return self.title

    @property
    def academic_year(self) -> str:
        return f"{self.year}–{self.year + 1}" if self.year else ""


class ActivityQuerySet(models.QuerySet):
    def published(self):
        return self.filter(chair__in=Chair.objects.published())

    def open(self, on: datetime.date | None = None):
        """Return the activities that take proposals on a date (today by default): below their target, in a fundable chair."""
        on = on or timezone.localdate()
        in_time = self.filter(Q(deadline=None) | Q(deadline__gte=on), is_fundable("chair__"), closed_at=None)
        # Rounded to two places: SQLite returns sums as floating-point numbers.
        return in_time.filter(target__gt=Round(funding().agreed_cash(), 2))

    def visible_to(self, user):
        return self.filter(chair__in=Chair.objects.visible_to(user))

    def nearest_deadline_first(self):
        """Order by deadline, activities without one last.

        Never order by what an activity has gathered: the order would reveal it.
        """
        return self.order_by(F("deadline").asc(nulls_last=True), "pk")


class Activity(models.Model):
    """Extra research inside a chair that partners can fund. It stops taking proposals after its deadline."""

    chair = models.ForeignKey(Chair, on_delete=models.PROTECT, related_name="activities", verbose_name=_("chair"))
    title = models.CharField(_("title"), max_length=200)
    description = models.TextField(
        _("description"), max_length=5000, help_text=_("What the money makes possible, in plain words.")
    )
    counterparts = models.TextField(
        _("what the partner gets"),
        blank=True,
        max_length=2000,
        help_text=_("In a gift (mécénat) the counterparts stay below a quarter of it."),
    )
    target = EurosField(
        _("target (€)"),
        validators=[MinValueValidator(MIN_TARGET), MaxValueValidator(MAX_EUROS)],
        help_text=_("In euros, net of VAT. Cash counts towards it; in-kind and skills are shown separately."),
    )
    regime = models.CharField(
        _("how it can be funded"),
        max_length=20,
        choices=AcceptedRegime,
        default=AcceptedRegime.EITHER,
        help_text=_("A gift gives the donor no intellectual property and no deliverables."),
    )
    deadline = DayField(_("deadline"), null=True, blank=True, help_text=_("The last day for sending a proposal."))
    posted_by = done_by(_("posted by"))
    posted_at = models.DateTimeField(_("posted at"), default=timezone.now, editable=False)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True, editable=False)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        ordering = ["deadline", "pk"]
        indexes = [
            models.Index(fields=["-posted_at", "-id"], name="chairs_activity_latest"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(target__gte=MIN_TARGET),
                name="chairs_activity_target_positive",
                violation_error_message=_("The target is at least one euro."),
            )
        ]

    def __str__(self):
        return self.title

    def takes(self, regime: str) -> bool:
        """Return whether the activity can be funded in this regime."""
        return self.regime in (AcceptedRegime.EITHER, regime)

    def is_closed(self, on: datetime.date | None = None) -> bool:
        on = on or timezone.localdate()
        return self.closed_at is not None or (self.deadline is not None and self.deadline < on)


class ActivityTransition(TransitionLog):
    """One line of an activity's life: who closed it, or changed its target (from `source` to `target`, in euros)."""

    record = models.ForeignKey(
        Activity, on_delete=models.CASCADE, related_name="transitions", verbose_name=_("activity")
    )

    class Meta(TransitionLog.Meta):
        verbose_name = _("activity transition")
        verbose_name_plural = _("activity transitions")

    @property
    def done(self) -> str:
        said = str(ActivityVerb(self.verb).label)
        return said % {"before": euros(self.source), "after": euros(self.target)}
