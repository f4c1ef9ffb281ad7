from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clusters.codes import free_code
from clusters.enums import DirectorRole, MembershipRole, Qualifier
from clusters.models.institution import Institution
from clusters.models.person import Person
from clusters.scopes import clusters_of
from core.addresses import address_of
from core.dates import FIRST_YEAR, LAST_YEAR
from core.identifiers import compact_anr
from core.model_fields import KEY_MAX_LENGTH, DayField, EurosField, IdentifierField, KeyField
from core.models.past_address import Addressed
from core.text import name_key
from core.validators import ANRValidator

YEAR_VALIDATORS = [MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]


class Phase(Addressed):
    """A period of the national programme under its own rules: 3IA institutes, then IA clusters."""

    slug = models.SlugField(_("address"), unique=True, max_length=40)
    name = models.CharField(_("name"), max_length=100)
    start_year = models.PositiveSmallIntegerField(_("first year"), validators=YEAR_VALIDATORS)
    end_year = models.PositiveSmallIntegerField(_("last year"), null=True, blank=True, validators=YEAR_VALIDATORS)
    is_current = models.BooleanField(
        _("current"),
        default=False,
        help_text=_("The directory opens on the current phase. Only one is current."),
    )

    class Meta:
        verbose_name = _("phase")
        verbose_name_plural = _("phases")
        ordering = ["-start_year"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_current"],
                condition=Q(is_current=True),
                name="clusters_phase_one_current",
                violation_error_message=_("Another phase is already the current one."),
            ),
            models.CheckConstraint(
                condition=Q(end_year=None) | Q(end_year__gte=models.F("start_year")),
                name="clusters_phase_years_in_order",
                violation_error_message=_("The last year is before the first."),
            ),
        ]

    def __str__(self):
        return self.name


class ClusterQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Return the clusters whose private records this member of staff may see."""
        scope = clusters_of(user)
        return self if user.is_superuser or scope.is_national else self.filter(pk__in=scope.pks)

    def grants(self) -> Decimal:
        """Return the sum of the public grants, in euros."""
        return self.aggregate(sum=models.Sum("public_grant"))["sum"] or Decimal()


class Cluster(Addressed):
    """One of the AI clusters that the State funds: the institutions of a site, with one grant."""

    slug = models.SlugField(_("address"), unique=True, max_length=60)
    code = models.CharField(
        _("code"),
        max_length=8,
        unique=True,
        editable=False,
        help_text=_("Stands at the front of the references of its sponsorships."),
    )
    name = models.CharField(_("name"), max_length=100, unique=True)
    acronym = models.CharField(_("short name"), max_length=40, blank=True)
    description = models.TextField(_("description"), blank=True, max_length=5000)
    city = models.CharField(_("city"), max_length=100)
    region = models.CharField(_("region"), max_length=100)
    latitude = models.DecimalField(_("latitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    public_grant = EurosField(
        _("public grant (€)"),
        max_digits=14,
        decimal_places=2,
        validators=[MinValueValidator(Decimal(0))],
        help_text=_("Awarded by the State for the whole duration, in euros."),
    )
    public_grant_source = models.URLField(_("source of the grant"), max_length=500)
    duration_years = models.PositiveSmallIntegerField(_("duration (years)"), null=True, blank=True)
    start_year = models.PositiveSmallIntegerField(_("first year"), null=True, blank=True, validators=YEAR_VALIDATORS)
    end_year = models.PositiveSmallIntegerField(_("last year"), null=True, blank=True, validators=YEAR_VALIDATORS)
    selected_on = DayField(_("selected on"), null=True, blank=True)
    selected_note = models.CharField(_("note on the selection"), max_length=300, blank=True)
    inaugurated_on = DayField(_("inaugurated on"), null=True, blank=True)
    inauguration_place = models.CharField(_("place of the inauguration"), max_length=200, blank=True)
    inauguration_note = models.CharField(_("note on the inauguration"), max_length=300, blank=True)
    inauguration_source = models.URLField(_("source of the inauguration"), max_length=500, blank=True)
    anr_reference = IdentifierField(
        _("ANR reference"), compact=compact_anr, max_length=40, blank=True, validators=[ANRValidator()]
    )
    website = models.URLField(_("website"), blank=True)
    notes = models.JSONField(_("notes"), default=list, blank=True)
    sources = models.JSONField(_("sources"), default=list, blank=True)
    office_contact = models.CharField(
        _("whom partners ask"),
        max_length=120,
        blank=True,
        help_text=_("Who answers partners at the office: a name or a service. Whoever proposes money reads it."),
    )
    office_email = models.EmailField(
        _("address of the office"),
        blank=True,
        help_text=_("An address that the office shares, never somebody’s own."),
    )
    answers_within = models.PositiveSmallIntegerField(
        _("answers within (days)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
        help_text=_("In how many days the office gives a first answer to a proposal. Empty: not said."),
    )
    needs_four_eyes = models.BooleanField(
        _("four-eyes rule"),
        default=True,
        help_text=_(
            "A manager cannot approve, suspend or close a chair that they registered themselves, accept a proposal that "
            "they drafted on a partner's behalf, or record alone an agreement of what they accepted. "
            "Switch this off only where the cluster has a single manager."
        ),
    )
    members = models.ManyToManyField(
        Institution, through="Membership", related_name="clusters", verbose_name=_("members")
    )

    objects = ClusterQuerySet.as_manager()

    class Meta:
        verbose_name = _("cluster")
        verbose_name_plural = _("clusters")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(public_grant__gte=0),
                name="clusters_cluster_grant_not_negative",
                violation_error_message=_("A grant cannot be negative."),
            )
        ]

    def __str__(self):
        return self.acronym or self.name

    def save(self, *args, **kwargs):
        if not self.code:
            self.code = free_code(self.slug, set(Cluster.objects.values_list("code", flat=True)))
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return address_of("clusters:detail", self.slug)


class Membership(models.Model):
    """An institution's membership in a cluster's consortium."""

    cluster = models.ForeignKey(
        Cluster, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("cluster")
    )
    institution = models.ForeignKey(
        Institution, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("institution")
    )
    role = models.CharField(_("role"), max_length=20, choices=MembershipRole, default=MembershipRole.OTHER)
    is_founding = models.BooleanField(_("founding"), default=False)
    source = models.URLField(_("source"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("consortium membership")
        verbose_name_plural = _("consortium memberships")
        ordering = ["institution__name_key"]
        constraints = [
            models.UniqueConstraint(
                fields=["cluster", "institution"],
                name="clusters_membership_once",
                violation_error_message=_("This institution is already a member of the cluster."),
            )
        ]

    def __str__(self):
        return f"{self.institution} ({self.get_role_display()})"


class Theme(Addressed):
    """A pillar or axis of a cluster's programme."""

    address_within = "cluster"

    cluster = models.ForeignKey(Cluster, on_delete=models.CASCADE, related_name="themes", verbose_name=_("cluster"))
    phase = models.ForeignKey(Phase, on_delete=models.PROTECT, related_name="themes", verbose_name=_("phase"))
    name = models.CharField(_("name"), max_length=150)
    name_key = KeyField(max_length=KEY_MAX_LENGTH, editable=False)
    slug = models.SlugField(_("address"), max_length=100)
    source = models.URLField(_("source"), max_length=500, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["cluster__name", "name_key"]
        constraints = [
            models.UniqueConstraint(
                fields=["cluster", "slug"],
                name="clusters_theme_once",
                violation_error_message=_("The cluster already has a theme at this address."),
            )
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.name_key = name_key(self.name, KEY_MAX_LENGTH)
        super().save(*args, **kwargs)


class DirectorQuerySet(models.QuerySet):
    def named(self) -> "DirectorQuerySet":
        """Return the directors whom the public may read, without hidden people."""
        return self.filter(person__is_hidden=False)


class Director(models.Model):
    """A person whom a source names as a director of a cluster, as of a date."""

    cluster = models.ForeignKey(Cluster, on_delete=models.CASCADE, related_name="directors", verbose_name=_("cluster"))
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="directorships", verbose_name=_("person"))
    role = models.CharField(_("role"), max_length=30, choices=DirectorRole)
    since = models.CharField(_("since"), max_length=10, blank=True)
    as_of = models.CharField(
        _("as of"), max_length=10, blank=True, help_text=_("The date on which the source says so.")
    )
    is_current = models.BooleanField(
        _("current"), null=True, blank=True, help_text=_("Unknown when no source says so.")
    )
    source = models.URLField(_("source"), max_length=500)
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = DirectorQuerySet.as_manager()

    class Meta:
        verbose_name = _("director")
        verbose_name_plural = _("directors")
        ordering = ["-since", "-as_of", "pk"]

    def __str__(self):
        return f"{self.person}, {self.get_role_display()}"


class Figure(models.Model):
    """A number that a published source states about a cluster. Sources that disagree have a row each."""

    cluster = models.ForeignKey(Cluster, on_delete=models.CASCADE, related_name="figures", verbose_name=_("cluster"))
    phase = models.ForeignKey(
        Phase, on_delete=models.PROTECT, null=True, blank=True, related_name="figures", verbose_name=_("phase")
    )
    label = models.CharField(_("label"), max_length=200)
    value = models.DecimalField(_("value"), max_digits=16, decimal_places=2)
    qualifier = models.CharField(_("qualifier"), max_length=20, choices=Qualifier, blank=True, default=Qualifier.EXACT)
    unit = models.CharField(_("unit"), max_length=40)
    as_of = models.CharField(_("as of"), max_length=10, blank=True)
    source = models.URLField(_("source"), max_length=500)
    note = models.CharField(_("note"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("stated figure")
        verbose_name_plural = _("stated figures")
        ordering = ["position", "pk"]

    def __str__(self):
        return self.label
