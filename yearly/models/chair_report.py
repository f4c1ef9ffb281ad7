import datetime

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from chairs.models import Chair
from chairs.models.appointment import chairs_held_by
from clusters.models import Cluster
from clusters.models.cluster import YEAR_VALIDATORS
from core.languages import columns_of
from core.model_fields import done_by
from core.transitions import LivingRecord, StatusField, TransitionLog, moment_constraints
from yearly.enums import ChairReportStatus

S = ChairReportStatus
TEXT_MAX_LENGTH = 5000
TEXTS = ("highlights", "results", "difficulties")
# The words that make whoever changes them a writer of the report.
WORDS = (*columns_of(*TEXTS), "corrections")


class ChairYearReportQuerySet(models.QuerySet):
    def accepted(self):
        return self.filter(status=S.ACCEPTED)

    def to_review(self):
        return self.filter(status=S.SUBMITTED)

    def handed_in(self):
        """Return the reports that are submitted or accepted: nothing is expected of their writers."""
        return self.filter(status__in=[S.SUBMITTED, S.ACCEPTED])

    def of_clusters(self, clusters):
        return self.filter(chair__cluster__in=clusters)

    def visible_to(self, user):
        """Return the reports of an investigator's own chairs, and for staff those of their clusters' chairs, with drafts."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        office = Q(chair__cluster__in=Cluster.objects.visible_to(user).order_by().values("pk"))
        return self.filter(office | Q(chair__in=chairs_held_by(user)))


class ChairYearReport(LivingRecord):
    """A chair's report of a calendar year: figures that the site counts, and texts by its investigators."""

    chair = models.ForeignKey(
        # A chair with reports cannot be deleted: they stay on record.
        Chair,
        on_delete=models.PROTECT,
        related_name="year_reports",
        verbose_name=_("chair"),
    )
    year = models.PositiveSmallIntegerField(_("year"), validators=YEAR_VALIDATORS)
    highlights = models.TextField(
        _("highlights"),
        max_length=TEXT_MAX_LENGTH,
        blank=True,
        help_text=_("What should be remembered of the year, for a reader outside the field."),
    )
    results = models.TextField(
        _("results"),
        max_length=TEXT_MAX_LENGTH,
        blank=True,
        help_text=_("What was found, made and taught; who uses it."),
    )
    difficulties = models.TextField(
        _("difficulties"),
        max_length=TEXT_MAX_LENGTH,
        blank=True,
        help_text=_("What went otherwise than planned, and why."),
    )
    corrections = models.TextField(
        _("corrections"),
        max_length=TEXT_MAX_LENGTH,
        blank=True,
        help_text=_(
            "What the figures miss or get wrong. The cluster’s office corrects the records; it is not published."
        ),
    )
    # The figures at the moment of submission: staff accept the report with these.
    facts = models.JSONField(_("figures"), default=dict, blank=True, editable=False)
    created_by = done_by(pgettext_lazy("report", "written by"))
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)
    updated_at = models.DateTimeField(_("changed at"), auto_now=True)

    status = StatusField(_("status"), max_length=20, choices=ChairReportStatus, default=S.DRAFT)
    submitted_at = models.DateTimeField(_("handed in at"), null=True, blank=True, editable=False)
    sent_back_at = models.DateTimeField(_("sent back at"), null=True, blank=True, editable=False)
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True, editable=False)

    objects = ChairYearReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("yearly report of a chair")
        verbose_name_plural = _("yearly reports of chairs")
        ordering = ["-year", "chair__title", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["chair", "year"],
                name="yearly_chair_report_once",
                violation_error_message=_("This chair already has a report of this year."),
            ),
            *moment_constraints(
                "yearly_chair_report_{}_moment",
                {S.SUBMITTED: "submitted_at", S.SENT_BACK: "sent_back_at", S.ACCEPTED: "accepted_at"},
            ),
        ]

    def __str__(self):
        return str(_("Report of %(year)d, %(chair)s") % {"year": self.year, "chair": self.chair})

    def get_absolute_url(self):
        return reverse("yearly:report", args=[self.chair.cluster.slug, self.chair.slug, self.year])

    @property
    def origin(self) -> str:
        return self.chair.origin

    @property
    def is_editable(self) -> bool:
        return self.status in (S.DRAFT, S.SENT_BACK)

    @property
    def last_day(self) -> datetime.date:
        return datetime.date(self.year, 12, 31)


class ChairYearReportTransition(TransitionLog):
    """One line of the log of a chair's yearly report."""

    record = models.ForeignKey(
        ChairYearReport,
        on_delete=models.CASCADE,
        related_name="transitions",
        verbose_name=_("yearly report of a chair"),
    )
    on_behalf = models.BooleanField(_("on behalf of the investigators"), default=False)

    class Meta(TransitionLog.Meta):
        verbose_name = _("transition of a chair’s yearly report")
        verbose_name_plural = _("transitions of chairs’ yearly reports")

    @property
    def who(self) -> str:
        return str(_("%(name)s, on behalf of the investigators") % {"name": self.by}) if self.on_behalf else super().who
