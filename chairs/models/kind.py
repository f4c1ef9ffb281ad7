import datetime
from operator import attrgetter

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clusters.models import Cluster
from core.model_fields import DayField
from core.models import Addressed

# More principal investigators than any call asks for: a higher number is a typing mistake.
MAX_PIS = 20


class ChairKind(Addressed):
    """A kind of chair that calls distinguish (CAP, chair of excellence, synergy chair…). Its rules are rows of a table."""

    slug = models.SlugField(_("address"), unique=True, max_length=60)
    name = models.CharField(_("name"), max_length=100)
    acronym = models.CharField(_("acronym"), max_length=20, blank=True)
    description = models.TextField(_("description"), blank=True, max_length=2000)
    clusters = models.ManyToManyField(
        Cluster,
        blank=True,
        related_name="chair_kinds",
        verbose_name=_("clusters"),
        help_text=_("The clusters that use this kind. None means every cluster."),
    )

    class Meta:
        verbose_name = _("chair kind")
        verbose_name_plural = _("chair kinds")
        ordering = ["slug"]

    def __str__(self):
        return self.acronym or self.name

    def rule_on(self, date: datetime.date | None = None) -> "CompositionRule | None":
        """Return the version of the composition rule in force on a date (today by default), or None."""
        date = date or timezone.localdate()
        begun = [rule for rule in self.rules.all() if rule.valid_from <= date]
        return max(begun, key=attrgetter("valid_from", "version"), default=None)

    def is_used_by(self, cluster_id: int) -> bool:
        clusters = list(self.clusters.values_list("pk", flat=True))
        return not clusters or cluster_id in clusters


class CompositionRule(models.Model):
    """One version of a kind's rule for people and teaching. A chair keeps the version under which it was approved."""

    kind = models.ForeignKey(ChairKind, on_delete=models.PROTECT, related_name="rules", verbose_name=_("kind"))
    version = models.PositiveSmallIntegerField(_("version"), default=1, validators=[MinValueValidator(1)])
    valid_from = DayField(_("valid from"))
    min_pis = models.PositiveSmallIntegerField(
        _("minimum number of principal investigators"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(MAX_PIS)],
    )
    max_pis = models.PositiveSmallIntegerField(
        _("maximum number of principal investigators"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(MAX_PIS)],
        help_text=_("Leave empty where the call sets no upper limit."),
    )
    min_institutions = models.PositiveSmallIntegerField(
        _("minimum number of distinct institutions"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(MAX_PIS)],
        help_text=_("Counted by employing legal entity: an alias or a predecessor is not another institution."),
    )
    min_disciplines = models.PositiveSmallIntegerField(
        _("minimum number of distinct disciplines"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(MAX_PIS)],
    )
    needs_junior_and_senior = models.BooleanField(_("junior and senior"), default=False)
    needs_teaching = models.BooleanField(_("teaching element needed"), default=False)
    is_open_to_partners = models.BooleanField(_("open to partners"), default=True)
    source = models.URLField(_("source"), max_length=500, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("composition rule")
        verbose_name_plural = _("composition rules")
        ordering = ["kind", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "version"],
                name="chairs_rule_version_once",
                violation_error_message=_("This kind already has a rule with this version number."),
            ),
            models.CheckConstraint(
                condition=Q(max_pis=None) | Q(max_pis__gte=F("min_pis")),
                name="chairs_rule_pis_in_order",
                violation_error_message=_("The maximum number of principal investigators is below the minimum."),
            ),
        ]

    def __str__(self):
        return _("%(kind)s, version %(version)d") % {"kind": self.kind, "version": self.version}
