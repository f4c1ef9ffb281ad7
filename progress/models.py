import uuid
from functools import reduce
from operator import or_
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from chairs.models.appointment import chairs_held_by
from clusters.models import Cluster
from core.languages import columns_of
from core.model_fields import DayField
from core.models.kept_file import KeptFile
from core.transitions import LivingRecord, StatusField, TransitionLog, moment_constraints
from progress.enums import ReportStatus
from sponsorships.models.instalment import Instalment
from sponsorships.models.sponsorship import Sponsorship

S = ReportStatus
TEXT_MAX_LENGTH = 10_000
PARAGRAPH_MAX_LENGTH = 2000
# The words that make whoever changes them a writer of the report.
WORDS = ("starts_on", "ends_on", "done", "result", *columns_of("public_paragraph"))


class ProgressReportQuerySet(models.QuerySet):
    def accepted(self) -> Self:
        return self.filter(status=S.ACCEPTED)

    def to_review(self):
        return self.filter(status=S.SUBMITTED)

    def visible_to(self, user):
        """Return the reports that the user may read.

        An investigator reads those of their chairs; staff, submitted ones of their clusters; a partner, accepted ones.
        """
        if not user.is_authenticated or not user.is_active:
            return self.none()
        handed_in = Q(submitted_at__isnull=False)
        office = handed_in & Q(sponsorship__chair__cluster__in=Cluster.objects.visible_to(user).order_by().values("pk"))
        partner = Q(status=S.ACCEPTED, sponsorship__in=Sponsorship.objects.of_partner(user).order_by().values("pk"))
        return self.filter(office | partner | Q(sponsorship__chair__in=chairs_held_by(user)))

    def published(self, on=None):
        """Return the accepted reports with a public paragraph, of sponsorships whose partner agrees to be named."""
        told = Sponsorship.objects.named(on).order_by().filter(pk=OuterRef("sponsorship"))
        # A column of a language in which nothing was ever written may be null.
        texts = [Q(**{f"{column}__gt": ""}) for column in columns_of("public_paragraph")]
        return self.accepted().filter(Exists(told)).filter(reduce(or_, texts))


class ProgressReport(LivingRecord):
    """What a chair did with a partner's money in a period: written by an investigator, accepted by the cluster's staff."""

    reference = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # A sponsorship with reports cannot be deleted: they stay on record.
    sponsorship = models.ForeignKey(
        Sponsorship, on_delete=models.PROTECT, related_name="reports", verbose_name=_("sponsorship")
    )
    starts_on = DayField(_("from"))
    ends_on = DayField(_("until"))
    done = models.TextField(_("what was done"), max_length=TEXT_MAX_LENGTH)
    result = models.TextField(_("with what result"), max_length=TEXT_MAX_LENGTH)
    public_paragraph = models.TextField(
        _("for the public"),
        max_length=PARAGRAPH_MAX_LENGTH,
        blank=True,
        help_text=_("One paragraph in plain words. It appears on the chair's page if the partner agrees to be named."),
    )
    instalments = models.ManyToManyField(
        Instalment,
        blank=True,
        related_name="reports",
        verbose_name=_("instalments that depend on it"),
        help_text=_("They fall due when the report is accepted."),
    )
    # For traceability: who wrote what a partner reads.
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        editable=False,
        related_name="+",
        verbose_name=pgettext_lazy("report", "written by"),
    )
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)
    updated_at = models.DateTimeField(_("changed at"), auto_now=True)

    status = StatusField(_("status"), max_length=20, choices=ReportStatus, default=S.DRAFT)
    submitted_at = models.DateTimeField(_("handed in at"), null=True, blank=True, editable=False)
    sent_back_at = models.DateTimeField(_("sent back at"), null=True, blank=True, editable=False)
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True, editable=False)

    objects = ProgressReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("progress report")
        verbose_name_plural = _("progress reports")
        ordering = ["-ends_on", "-pk"]
        indexes = [
            models.Index(fields=["submitted_at"], condition=Q(status=S.SUBMITTED), name="progress_report_to_review")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="progress_report_dates_in_order",
                violation_error_message=_("The period ends before it starts."),
            ),
            *moment_constraints(
                "progress_report_{}_moment",
                {
                    S.SUBMITTED: "submitted_at",
                    S.SENT_BACK: "sent_back_at",
                    S.ACCEPTED: "accepted_at",
                },
            ),
        ]

    def __str__(self):
        period = {"first": date_format(self.starts_on), "last": date_format(self.ends_on)}
        return str(_("Report, %(first)s to %(last)s") % period)

    def get_absolute_url(self):
        return reverse("progress:detail", args=[self.reference])

    @property
    def origin(self) -> str:
        return self.sponsorship.origin

    @property
    def is_editable(self) -> bool:
        return self.status in (S.DRAFT, S.SENT_BACK)


class ProgressReportTransition(TransitionLog):
    """One line of the log of a progress report."""

    record = models.ForeignKey(
        ProgressReport, on_delete=models.CASCADE, related_name="transitions", verbose_name=_("progress report")
    )

    class Meta(TransitionLog.Meta):
        verbose_name = _("progress report transition")
        verbose_name_plural = _("progress report transitions")


class ReportFile(KeptFile):
    """A file attached to a report."""

    folder = "reports"

    report = models.ForeignKey(
        ProgressReport, on_delete=models.PROTECT, related_name="files", verbose_name=_("progress report")
    )
    added_at = models.DateTimeField(_("added at"), default=timezone.now)

    class Meta:
        verbose_name = _("file of a report")
        verbose_name_plural = _("files of reports")
        ordering = ["added_at", "pk"]
        constraints = [
            # A double click sends the same bytes twice.
            models.UniqueConstraint(fields=["report", "sha256"], name="progress_report_file_once")
        ]

    def get_absolute_url(self):
        return reverse("progress:file", args=[self.report.reference, self.pk])
