import datetime
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from clusters.enums import Origin
from clusters.models import Cluster
from clusters.models.cluster import YEAR_VALIDATORS
from clusters.scopes import clusters_of
from core.model_fields import DayField, done_by
from core.transitions import LivingRecord, StatusField, TransitionLog, moment_constraints
from yearly.enums import Records, YearReportStatus
from yearly.models.indicator import Indicator

S = YearReportStatus


class YearReportQuerySet(models.QuerySet):
    def accepted(self):
        return self.filter(status=S.ACCEPTED)

    def visible_to(self, user):
        """Return the reports that this member of staff sees: those of their clusters; for national staff, all."""
        scope = clusters_of(user)
        if user.is_superuser or scope.is_national:
            return self
        return self.filter(cluster__in=scope.pks)


class YearReport(LivingRecord):
    """A cluster's or the nation's report of a calendar year: every active indicator, with the records behind it.

    Once accepted it is frozen: its pages and files come from `payload` alone, whatever is recorded later.
    """

    cluster = models.ForeignKey(
        Cluster,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="year_reports",
        verbose_name=_("cluster"),
        help_text=_("Empty: the nation."),
    )
    year = models.PositiveSmallIntegerField(_("year"), validators=YEAR_VALIDATORS)
    records = models.CharField(
        _("which records"),
        max_length=20,
        choices=Records,
        default=Records.REAL,
        help_text=_("Real and made-up records are never counted together."),
    )
    comment = models.TextField(
        _("in a few words"),
        max_length=5000,
        blank=True,
        help_text=_("What the reader should know of the year as a whole."),
    )
    # The two dates of an accepted report: its figures are as of `on`, and as known at `known_at`.
    on = DayField(_("as of"), null=True, blank=True, editable=False)
    known_at = models.DateTimeField(_("as known at"), null=True, blank=True, editable=False)
    # Text and not JSON, so that the bytes are the same in every database.
    payload = models.TextField(_("frozen content"), blank=True, editable=False)
    sha256 = models.CharField(_("fingerprint (SHA-256)"), max_length=64, blank=True, editable=False)
    created_by = done_by(_("begun by"))
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)
    updated_at = models.DateTimeField(_("changed at"), auto_now=True)

    status = StatusField(_("status"), max_length=20, choices=YearReportStatus, default=S.DRAFT)
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True, editable=False)

    objects = YearReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("yearly report")
        verbose_name_plural = _("yearly reports")
        ordering = ["-year", "cluster__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["cluster", "year", "records"],
                name="yearly_report_once",
                violation_error_message=_("This report is already there."),
            ),
            models.UniqueConstraint(
                # The national report has no cluster, and NULLs are distinct to the constraint above.
                fields=["year", "records"],
                condition=Q(cluster=None),
                name="yearly_report_of_nation_once",
                violation_error_message=_("This report is already there."),
            ),
            models.CheckConstraint(
                condition=Q(status=S.DRAFT, sha256="")
                | (Q(status=S.ACCEPTED, on__isnull=False, known_at__isnull=False) & ~Q(payload="") & ~Q(sha256="")),
                name="yearly_report_frozen_when_accepted",
            ),
            *moment_constraints("yearly_report_{}_moment", {S.ACCEPTED: "accepted_at"}),
        ]

    def __str__(self):
        said = {"year": self.year, "whose": self.whose}
        return str(_("Report of %(year)d, %(whose)s") % said)

    def clean(self):
        """Refuse a future year: a report cannot be deleted, nor accepted before its year is over."""
        if self.year and self.year > timezone.localdate().year:
            raise ValidationError({"year": ValidationError(_t("This year has not come yet."), code="to_come")})

    @property
    def whose(self) -> str:
        return str(self.cluster) if self.cluster else _t("the nation")

    @property
    def origin(self) -> str:
        return Origin.DEMONSTRATION if self.is_made_up else Origin.REGISTERED

    @property
    def is_made_up(self) -> bool:
        return self.records == Records.DEMONSTRATION

    @property
    def is_frozen(self) -> bool:
        return self.status == S.ACCEPTED

    @property
    def both_dates(self) -> str:
        """The two dates of an accepted report, as query parameters of the page of what has changed since.

        That page takes days, not moments: `known` is the day before the acceptance, so that all entries recorded on the
        day of the acceptance are listed, whether before it or after.
        """
        eve = timezone.localdate(self.known_at) - datetime.timedelta(days=1)
        return urlencode({"on": self.on.isoformat(), "known": eve.isoformat()})

    @property
    def last_day(self) -> datetime.date:
        return datetime.date(self.year, 12, 31)


class YearReportTransition(TransitionLog):
    """One line of the log of a yearly report."""

    record = models.ForeignKey(
        YearReport, on_delete=models.CASCADE, related_name="transitions", verbose_name=_("yearly report")
    )

    class Meta(TransitionLog.Meta):
        verbose_name = _("transition of a yearly report")
        verbose_name_plural = _("transitions of yearly reports")


class IndicatorComment(models.Model):
    """A comment by staff on an indicator in a report."""

    report = models.ForeignKey(
        YearReport, on_delete=models.CASCADE, related_name="comments", verbose_name=_("yearly report")
    )
    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, related_name="comments", verbose_name=_("indicator")
    )
    text = models.TextField(_("comment"), max_length=3000, blank=True)

    class Meta:
        verbose_name = _("comment on an indicator")
        verbose_name_plural = _("comments on indicators")
        ordering = ["indicator__position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "indicator"],
                name="yearly_comment_once",
                violation_error_message=_("This indicator already has a comment here."),
            )
        ]

    def __str__(self):
        return str(self.indicator)
