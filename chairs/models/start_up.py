from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from chairs.enums import CountedKind, StartUpStage, StartUpTie
from chairs.models.chair import Chair
from clusters.enums import Origin
from clusters.models import Cluster, Institution, Person
from clusters.models.cluster import YEAR_VALIDATORS
from clusters.scopes import clusters_of
from core.addresses import address_of
from core.model_fields import KEY_MAX_LENGTH, KeyField, PastDayField
from core.models import Addressed
from core.text import fold, name_key
from core.validators import NameValidator

# The columns that search covers, in both languages.
SEARCHED = ("name", "summary_en", "summary_fr")
AT_LEAST_ONE = _("Enter at least 1.")
# More than all chairs together have in a year: a higher number is a typing mistake.
MAX_COUNTED = 10_000


class StartUpQuerySet(models.QuerySet):
    def published(self):
        """Return the start-ups that the public sees."""
        return self.filter(is_published=True)

    def visible_to(self, user):
        """Return the start-ups that this member of staff sees: those of their clusters."""
        scope = clusters_of(user)
        return self if user.is_superuser or scope.is_national else self.filter(cluster__in=scope.pks)


class StartUp(Addressed):
    """A young company that grew out of a cluster's research, or that a cluster's incubator supports."""

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="start_ups", verbose_name=_("cluster"))
    slug = models.SlugField(
        _("address"), max_length=100, unique=True, blank=True, help_text=_("Made from the name when left empty.")
    )
    name = models.CharField(_("name"), max_length=150, validators=[NameValidator()])
    name_key = KeyField(max_length=KEY_MAX_LENGTH, default="", editable=False, db_index=True)
    # Name and summary, folded. Each word follows a space, to be found by its first letters.
    search_key = models.TextField(editable=False, default="")
    summary = models.TextField(_("in plain words"), blank=True, max_length=1500)
    tie = models.CharField(_("tie to the cluster"), max_length=20, choices=StartUpTie, default=StartUpTie.SPIN_OFF)
    chairs = models.ManyToManyField(Chair, blank=True, related_name="start_ups", verbose_name=_("chairs behind it"))
    # The public reads only the people who already have a public page.
    people = models.ManyToManyField(Person, blank=True, related_name="start_ups", verbose_name=_("people behind it"))
    incubator = models.ForeignKey(
        Institution,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="incubated",
        verbose_name=_("incubator or school"),
    )
    founded_year = models.PositiveSmallIntegerField(_("founded in"), null=True, blank=True, validators=YEAR_VALIDATORS)
    stage = models.CharField(_("stage"), max_length=20, choices=StartUpStage, blank=True)
    is_alive = models.BooleanField(_("still alive"), null=True, blank=True, help_text=_("Unknown when nobody says so."))
    alive_on = PastDayField(_("as of"), null=True, blank=True)
    website = models.URLField(_("web page"), blank=True, max_length=500)
    is_published = models.BooleanField(
        _("public"), default=True, help_text=_("Whether the public reads it. Switch it off while it is being written.")
    )
    origin = models.CharField(_("origin"), max_length=20, choices=Origin, default=Origin.REGISTERED)
    sources = models.JSONField(_("sources"), default=list, blank=True)
    notes = models.JSONField(_("notes"), default=list, blank=True)
    updated_at = models.DateTimeField(_("changed at"), auto_now=True)

    objects = StartUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("start-up")
        verbose_name_plural = _("start-ups")
        ordering = ["name_key", "pk"]
        indexes = [models.Index(fields=["founded_year", "cluster"], name="chairs_start_up_founded")]
        constraints = [
            models.CheckConstraint(
                condition=Q(alive_on=None) | Q(is_alive__isnull=False),
                name="chairs_start_up_alive_as_of",
                violation_error_message=_("Say whether it is still alive, or leave the day empty."),
            )
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.fill_keys()
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "name_key", "search_key"}
        super().save(*args, **kwargs)

    def fill_keys(self):
        """Fill in the derived columns; called directly before `bulk_create`, which does not call `save`."""
        self.name_key = name_key(self.name, KEY_MAX_LENGTH)
        self.search_key = f" {fold(' '.join(getattr(self, name) or '' for name in SEARCHED))}"

    def get_absolute_url(self):
        return address_of("chairs:start_up_detail", self.slug)

    def clean(self):
        if self.founded_year and self.founded_year > timezone.localdate().year:
            raise ValidationError({"founded_year": ValidationError(_t("This year has not come yet."), code="to_come")})


class CountedOutputQuerySet(models.QuerySet):
    def published(self):
        return self.filter(chair__in=Chair.objects.published().order_by().values("pk"))

    def visible_to(self, user):
        return self.filter(chair__in=Chair.objects.visible_to(user).order_by().values("pk"))


class CountedOutput(models.Model):
    """How many patents, licences or software transfers a chair had in a calendar year."""

    chair = models.ForeignKey(Chair, on_delete=models.CASCADE, related_name="counted_outputs", verbose_name=_("chair"))
    kind = models.CharField(_("kind"), max_length=20, choices=CountedKind)
    year = models.PositiveSmallIntegerField(_("year"), validators=YEAR_VALIDATORS)
    number = models.PositiveSmallIntegerField(
        _("number"), validators=[MinValueValidator(1, AT_LEAST_ONE), MaxValueValidator(MAX_COUNTED)]
    )
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = CountedOutputQuerySet.as_manager()

    class Meta:
        verbose_name = _("counted output")
        verbose_name_plural = _("counted outputs")
        ordering = ["chair", "-year", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["chair", "kind", "year"],
                name="chairs_counted_output_once",
                violation_error_message=_("This kind is already counted for this year."),
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1),
                name="chairs_counted_output_of_something",
                violation_error_message=AT_LEAST_ONE,
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.year} ({self.number})"

    def clean(self):
        if self.year and self.year > timezone.localdate().year:
            raise ValidationError({"year": ValidationError(_t("This year has not come yet."), code="to_come")})
