"""Training programmes of the clusters, and counts that sources state. For their yearly numbers, see `intake`."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from clusters.enums import Audience, Origin, Qualifier, StatedKind, StatedSubject, TeachingLanguage, TrainingLevel
from clusters.models.cluster import Cluster, Phase, Theme
from clusters.models.institution import Institution
from clusters.scopes import clusters_of
from core.addresses import address_of
from core.model_fields import DayField
from core.models.past_address import Addressed

# More than the students of any French region: a higher number is a typing mistake.
MAX_PEOPLE = 1_000_000


class TrainingProgrammeQuerySet(models.QuerySet):
    def published(self):
        """Return the programmes that the public sees."""
        return self.filter(is_published=True)

    def of_cluster(self, cluster):
        """Return the programmes that a cluster keeps or shares."""
        shared = TrainingProgramme.shared_with.through.objects.filter(cluster=cluster).order_by()
        return self.filter(Q(cluster=cluster) | Q(pk__in=shared.values("trainingprogramme")))

    def visible_to(self, user):
        """Return the programmes that this member of staff sees: those that their clusters keep or share."""
        scope = clusters_of(user)
        if user.is_superuser or scope.is_national:
            return self
        shared = TrainingProgramme.shared_with.through.objects.filter(cluster__in=scope.pks).order_by()
        return self.filter(Q(cluster__in=scope.pks) | Q(pk__in=shared.values("trainingprogramme")))


class TrainingProgramme(Addressed):
    """A course of study that one or several clusters offer: a degree, a school, continuing education."""

    # The cluster that edits the record; the clusters that share it enter their own intakes.
    cluster = models.ForeignKey(
        Cluster, on_delete=models.PROTECT, related_name="training_programmes", verbose_name=_("cluster")
    )
    shared_with = models.ManyToManyField(
        Cluster, blank=True, related_name="shared_training_programmes", verbose_name=_("shared with")
    )
    slug = models.SlugField(
        _("address"), max_length=100, unique=True, blank=True, help_text=_("Made from the name when left empty.")
    )
    name = models.CharField(_("name"), max_length=200)
    summary = models.TextField(
        _("in plain words"),
        blank=True,
        max_length=3000,
        help_text=_("Who it is for, what they learn, and what they can do afterwards."),
    )
    level = models.CharField(_("level"), max_length=10, choices=TrainingLevel, blank=True)
    audience = models.CharField(_("for whom"), max_length=20, choices=Audience, blank=True)
    teaching_language = models.CharField(_("language"), max_length=4, choices=TeachingLanguage, blank=True)
    place = models.CharField(_("place"), max_length=150, blank=True)
    themes = models.ManyToManyField(Theme, blank=True, related_name="training_programmes", verbose_name=_("themes"))
    # Companies are institutions of the kind “company”.
    institutions = models.ManyToManyField(
        Institution,
        blank=True,
        related_name="training_programmes",
        verbose_name=_("institutions and companies behind it"),
    )
    built_with_industry = models.BooleanField(
        _("built with industry"), null=True, blank=True, help_text=_("Unknown when nobody says so.")
    )
    starts = models.CharField(
        _("since"), max_length=20, blank=True, help_text=_("A year, or a year and a month: 2022-09.")
    )
    contact = models.CharField(
        _("contact"), max_length=200, blank=True, help_text=_("An office, never a private address. It is public.")
    )
    website = models.URLField(_("web page"), blank=True, max_length=500)
    application_page = models.URLField(_("where to apply"), blank=True, max_length=500)
    applications_open_on = DayField(_("applications open on"), null=True, blank=True)
    apply_by = DayField(_("apply by"), null=True, blank=True, help_text=_("The last day."))
    is_published = models.BooleanField(
        _("public"), default=True, help_text=_("Whether the public reads it. Switch it off while it is being written.")
    )
    origin = models.CharField(_("origin"), max_length=20, choices=Origin, default=Origin.REGISTERED)
    sources = models.JSONField(_("sources"), default=list, blank=True)
    notes = models.JSONField(_("notes"), default=list, blank=True)
    conflicts = models.JSONField(_("values on which sources disagree"), default=list, blank=True)
    # Numbers as sources state them: shown, never added up.
    stated_intakes = models.JSONField(_("numbers, as sources state them"), default=list, blank=True)
    # The fields that a source states: loading the published file changes them, staff edit the others.
    stated_fields = models.JSONField(_("fields that a source states"), default=list, blank=True, editable=False)
    updated_at = models.DateTimeField(_("changed at"), auto_now=True)

    objects = TrainingProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = _("training programme")
        verbose_name_plural = _("training programmes")
        ordering = ["name", "pk"]
        indexes = [models.Index(fields=["-updated_at", "-id"], name="clusters_training_latest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(applications_open_on=None) | Q(apply_by=None) | Q(apply_by__gte=F("applications_open_on")),
                name="clusters_training_dates_in_order",
                violation_error_message=_("Applications close before they open."),
            )
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return address_of("clusters:training_detail", self.slug)


class StatedCount(models.Model):
    """A number of people, start-ups or partners that a source states for the nation or for one or more clusters."""

    subject = models.CharField(_("of what"), max_length=50, choices=StatedSubject)
    kind = models.CharField(_("kind"), max_length=10, choices=StatedKind, default=StatedKind.STATED)
    # Without clusters, the count is national.
    clusters = models.ManyToManyField(Cluster, blank=True, related_name="stated_counts", verbose_name=_("clusters"))
    phase = models.ForeignKey(
        Phase, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("phase")
    )
    value = models.PositiveIntegerField(
        _("value"), null=True, blank=True, validators=[MinValueValidator(0), MaxValueValidator(MAX_PEOPLE)]
    )
    qualifier = models.CharField(_("qualifier"), max_length=20, choices=Qualifier, blank=True, default=Qualifier.EXACT)
    as_of = models.CharField(_("as of"), max_length=10, blank=True)
    source = models.URLField(_("source"), max_length=500)
    note = models.CharField(_("note"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    origin = models.CharField(_("origin"), max_length=20, choices=Origin, default=Origin.REGISTERED)

    class Meta:
        verbose_name = _("stated count")
        verbose_name_plural = _("stated counts")
        ordering = ["position", "pk"]

    def __str__(self):
        colon = _t(":")
        return f"{self.get_subject_display()}{colon} {self.value}"
