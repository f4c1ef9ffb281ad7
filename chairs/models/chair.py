import datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from chairs.enums import (
    FORMING_STATUSES,
    FUNDABLE_STATUSES,
    PUBLIC_STATUS_LABELS,
    PUBLIC_STATUSES,
    RULED_STATUSES,
    SHARING_STATUSES,
    WATCHED_STATUSES,
    ChairStatus,
)
from chairs.models.appointment import Appointment
from chairs.models.chair_queryset import ChairQuerySet
from chairs.models.kind import ChairKind, CompositionRule
from clusters.enums import Origin
from clusters.models import Cluster, Phase, Theme
from clusters.models.cluster import YEAR_VALIDATORS
from core.addresses import address_of
from core.languages import columns_of
from core.model_fields import DayField, EurosField, PastDayField, done_by
from core.models import Addressed
from core.text import fold
from core.transitions import LivingRecord, StatusField, moment_constraints

S = ChairStatus
MIN_GRANT = Decimal("0.01")


def acronym_beside(acronym: str, *titles: str | None) -> str:
    """Return the acronym where it says more than the title, which some chairs have for an acronym too."""
    return "" if not acronym or fold(acronym) in {fold(title) for title in titles if title} else acronym


class Chair(Addressed, LivingRecord):
    """A research chair of a cluster: a subject, the people who hold it, what they teach, what can be funded in it."""

    address_within = "cluster"

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="chairs", verbose_name=_("cluster"))
    slug = models.SlugField(
        _("address"), max_length=100, blank=True, help_text=_("Made from the title when left empty.")
    )
    title = models.CharField(_("title"), max_length=300)
    acronym = models.CharField(_("acronym"), max_length=40, blank=True)
    kind = models.ForeignKey(
        ChairKind, on_delete=models.PROTECT, null=True, blank=True, related_name="chairs", verbose_name=_("kind")
    )
    phase = models.ForeignKey(Phase, on_delete=models.PROTECT, related_name="chairs", verbose_name=_("phase"))
    themes = models.ManyToManyField(Theme, blank=True, related_name="chairs", verbose_name=_("themes"))
    summary = models.TextField(
        _("in plain words"),
        blank=True,
        max_length=1500,
        help_text=_("What the chair is about, for a reader who is not a specialist. Three sentences are enough."),
    )
    description = models.TextField(_("research programme"), blank=True, max_length=10_000)
    topic = models.CharField(_("topic"), max_length=300, blank=True)
    axis = models.CharField(_("axis, as the source names it"), max_length=200, blank=True)
    programme = models.CharField(_("programme, as the source names it"), max_length=200, blank=True)
    starts_on = DayField(_("starts on"), null=True, blank=True)
    ends_on = DayField(_("ends on"), null=True, blank=True)
    start_year = models.PositiveSmallIntegerField(
        _("first year"),
        null=True,
        blank=True,
        validators=YEAR_VALIDATORS,
        help_text=_("Where only the year is known."),
    )
    end_year = models.PositiveSmallIntegerField(_("last year"), null=True, blank=True, validators=YEAR_VALIDATORS)
    website = models.URLField(_("web page"), blank=True, max_length=500)
    origin = models.CharField(_("origin"), max_length=20, choices=Origin, default=Origin.REGISTERED)
    sources = models.JSONField(_("sources"), default=list, blank=True)
    notes = models.JSONField(_("notes"), default=list, blank=True)
    conflicts = models.JSONField(
        _("values on which sources disagree"),
        default=list,
        blank=True,
        help_text=_("A list of {field, value, source}: each is shown beside the value kept."),
    )
    public_grant = EurosField(
        _("public grant (€)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(MIN_GRANT)],
        help_text=_("What public money pays for the chair, in euros, for its whole duration. Empty: not stated."),
    )
    public_grant_source = models.CharField(
        _("who says so"), max_length=300, blank=True, help_text=_("A web address, or the decision and its number.")
    )
    public_grant_on = PastDayField(_("as of"), null=True, blank=True)
    stated_funding = models.CharField(_("funding, as the source states it"), max_length=200, blank=True)

    status = StatusField(_("status"), max_length=20, choices=ChairStatus, default=S.DRAFT)
    rule = models.ForeignKey(
        CompositionRule,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="chairs",
        verbose_name=_("rule it was approved under"),
    )
    registered_by = done_by(_("registered by"))
    registered_at = models.DateTimeField(_("registered at"), default=timezone.now, editable=False)
    updated_at = models.DateTimeField(_("changed at"), auto_now=True)
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True, editable=False)
    changes_requested_at = models.DateTimeField(_("changes requested at"), null=True, blank=True, editable=False)
    approved_at = models.DateTimeField(_("approved at"), null=True, blank=True, editable=False)
    activated_at = models.DateTimeField(_("activated at"), null=True, blank=True, editable=False)
    suspended_at = models.DateTimeField(_("suspended at"), null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True, editable=False)
    declined_at = models.DateTimeField(_("declined at"), null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True, editable=False)
    # For a chair that a published source proves: when its cluster adopted it. Its sources are still shown.
    adopted_at = models.DateTimeField(_("adopted at"), null=True, blank=True, editable=False)
    non_conforming_since = DayField(_("non-conforming since"), null=True, blank=True, editable=False, db_index=True)

    objects = ChairQuerySet.as_manager()

    class Meta:
        verbose_name = _("chair")
        verbose_name_plural = _("chairs")
        ordering = ["title", "pk"]
        indexes = [
            # Pages of a long list are read in the order of these indexes.
            *(
                models.Index(fields=[f"title_{language}"], name=f"chairs_chair_title_{language}")
                for language in ("en", "fr")
            ),
            models.Index(fields=["-updated_at", "-id"], name="chairs_chair_latest"),
            # Waiting chairs are counted from these indexes alone: the rows of chairs are wide.
            models.Index(fields=["cluster", "status", "ends_on"], name="chairs_chair_waiting_until"),
            models.Index(fields=["cluster", "non_conforming_since"], name="chairs_chair_breaking"),
            models.Index(fields=["status", "ends_on"], name="chairs_chair_ending"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["cluster", "slug"],
                name="chairs_chair_address_once",
                violation_error_message=_("The cluster already has a chair at this address."),
            ),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="chairs_chair_dates_in_order",
                violation_error_message=_("The chair ends before it starts."),
            ),
            models.CheckConstraint(
                condition=Q(start_year=None) | Q(end_year=None) | Q(end_year__gte=F("start_year")),
                name="chairs_chair_years_in_order",
                violation_error_message=_("The chair's last year is before its first."),
            ),
            models.CheckConstraint(
                condition=Q(origin=Origin.SOURCED, status=S.SOURCED)
                | (~Q(origin=Origin.SOURCED) & ~Q(status=S.SOURCED)),
                name="chairs_chair_sourced_outside_lifecycle",
                violation_error_message=_(
                    "A chair taken from a source is outside the lifecycle, and only such a chair is."
                ),
            ),
            # An approved chair stays under the version of the rule under which it was approved.
            models.CheckConstraint(
                condition=~Q(status__in=RULED_STATUSES) | Q(rule__isnull=False),
                name="chairs_chair_approved_under_a_rule",
                violation_error_message=_("A chair is approved under a composition rule, and keeps it."),
            ),
            # A published figure carries a source and a date.
            models.CheckConstraint(
                condition=Q(public_grant=None)
                | (Q(public_grant__gt=0) & ~Q(public_grant_source="") & Q(public_grant_on__isnull=False)),
                name="chairs_chair_grant_has_source",
                violation_error_message=_("Say who states the public grant, and as of which day."),
            ),
            *moment_constraints(
                "chairs_chair_{}_has_moment",
                {
                    S.SUBMITTED: "submitted_at",
                    S.CHANGES_REQUESTED: "changes_requested_at",
                    S.APPROVED: "approved_at",
                    S.ACTIVE: "activated_at",
                    S.SUSPENDED: "suspended_at",
                    S.CLOSED: "closed_at",
                    S.DECLINED: "declined_at",
                    S.WITHDRAWN: "withdrawn_at",
                },
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def acronym_beside_title(self) -> str:
        """The acronym where it says more than the title."""
        return acronym_beside(self.acronym, *(getattr(self, name) for name in columns_of("title")))

    def get_absolute_url(self):
        return address_of("chairs:detail", self.cluster.slug, self.slug)

    def clean(self):
        errors = {}
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            errors["ends_on"] = ValidationError(_t("The chair ends before it starts."), code="dates_reversed")
        if self.kind_id and self.cluster_id and not self.kind.is_used_by(self.cluster_id):
            errors["kind"] = ValidationError(
                _t("%(cluster)s does not use the kind “%(kind)s”."),
                code="kind_of_another_cluster",
                params={"cluster": self.cluster, "kind": self.kind},
            )
        if errors:
            raise ValidationError(errors)

    @property
    def is_published(self) -> bool:
        return self.status in PUBLIC_STATUSES

    @property
    def is_from_a_source(self) -> bool:
        """Whether a published source proves the chair, adopted since or not."""
        return self.origin == Origin.SOURCED or self.adopted_at is not None

    @property
    def is_forming(self) -> bool:
        return self.status in FORMING_STATUSES

    @property
    def must_conform(self) -> bool:
        """Whether the composition is watched: from approval until the chair ends."""
        return self.status in WATCHED_STATUSES

    @property
    def may_change_shares(self) -> bool:
        """Whether the funding clusters may still change: once the chair runs, figures depend on them."""
        return self.status in SHARING_STATUSES

    @property
    def will_break_its_rule(self) -> bool:
        """Whether the chair breaks its rule from a day in the future."""
        return self.non_conforming_since is not None and self.non_conforming_since > timezone.localdate()

    @property
    def is_fundable(self) -> bool:
        """Whether a partner can propose to fund research in this chair now."""
        return self.status in FUNDABLE_STATUSES and self.rule is not None and self.rule.is_open_to_partners

    @property
    def public_status(self) -> str:
        """The status in the public's words; empty for a chair that is not public."""
        return PUBLIC_STATUS_LABELS.get(self.status, "")

    @property
    def first_year(self) -> int | None:
        return self.starts_on.year if self.starts_on else self.start_year

    @property
    def last_year(self) -> int | None:
        return self.ends_on.year if self.ends_on else self.end_year

    def composition_date(self) -> datetime.date:
        """Return the day on which the composition must hold: the first day, or today once the chair has started."""
        today = timezone.localdate()
        return max(self.starts_on, today) if self.starts_on else today

    def investigators_on(self, date: datetime.date):
        """Return the appointments of the principal investigators on a date; a missing bound is open."""
        posts = Appointment.objects.filter(chair=self).on(date).investigators()
        return posts.select_related("person", "affiliation").order_by("pk")
