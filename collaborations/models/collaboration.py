from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from chairs.models import Chair
from chairs.models.share import MIN_SHARE, WHOLE
from clusters.enums import Origin
from clusters.models import Cluster, Institution
from clusters.models.training import MAX_PEOPLE
from clusters.scopes import clusters_of
from collaborations.countries import validate_countries, validate_country
from collaborations.enums import CollaborationKind, ParticipantKind
from collaborations.periods import is_reversed, validate_moment
from core.addresses import address_of
from core.model_fields import EurosField
from core.models import Addressed
from core.validators import NameValidator

CENT_AT_LEAST = Decimal("0.01")


class CollaborationQuerySet(models.QuerySet):
    def published(self):
        """Return the collaborations that the public sees."""
        return self.filter(is_published=True)

    def running_in(self, year: int):
        """Return the collaborations under way in a year.

        They have a start and are not intentions; one without an end is not over.
        """
        has_begun = Q(starts__gt="", starts__lt=str(year + 1), is_intended=False)
        return self.filter(has_begun, Q(ends="") | Q(ends__gte=str(year)))

    def visible_to(self, user):
        """Return the collaborations that this member of staff sees: those in which one of their clusters takes part."""
        scope = clusters_of(user)
        if user.is_superuser or scope.is_national:
            return self
        theirs = Collaboration.clusters.through.objects.filter(cluster__in=scope.pks).order_by()
        return self.filter(Q(kept_by__in=scope.pks) | Q(pk__in=theirs.values("collaboration")))


class Collaboration(Addressed):
    """What clusters do together, or with others here and abroad: an exchange, research, training, an evaluation…"""

    slug = models.SlugField(
        _("address"), max_length=100, unique=True, blank=True, help_text=_("Made from the title when left empty.")
    )
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("in plain words"), blank=True, max_length=3000)
    kind = models.CharField(_("kind"), max_length=20, choices=CollaborationKind)
    # The cluster whose staff edit the record; if it is empty, the coordinator does.
    kept_by = models.ForeignKey(
        Cluster,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="kept_collaborations",
        verbose_name=_("kept by"),
    )
    clusters = models.ManyToManyField(Cluster, blank=True, related_name="collaborations", verbose_name=_("clusters"))
    chairs = models.ManyToManyField(Chair, blank=True, related_name="collaborations", verbose_name=_("chairs"))
    # ISO 3166-1 codes of two letters, in alphabetical order.
    countries = models.JSONField(
        _("countries"),
        default=list,
        blank=True,
        validators=[validate_countries],
        help_text=_("France too, where it takes part. Those of the participants are added."),
    )
    # A text that ends after the year or the month if only that is known.
    starts = models.CharField(
        _("from"),
        max_length=10,
        blank=True,
        validators=[validate_moment],
        help_text=_("A year, a month or a day: 2025, 2025-03 or 2025-03-14."),
    )
    ends = models.CharField(
        _("until"),
        max_length=10,
        blank=True,
        validators=[validate_moment],
        help_text=_("Empty while no end is decided, or where it is not known."),
    )
    is_intended = models.BooleanField(
        _("an intention"), default=False, help_text=_("It has been announced or wished for, and has not begun.")
    )
    people = models.PositiveIntegerField(
        _("people"), null=True, blank=True, validators=[MinValueValidator(0), MaxValueValidator(MAX_PEOPLE)]
    )
    funding = EurosField(
        _("money (€)"),
        max_digits=14,
        null=True,
        blank=True,
        validators=[MinValueValidator(CENT_AT_LEAST)],
        help_text=_("In euros, for the whole duration. Then the shares of those who pay add up to 100%."),
    )
    website = models.URLField(_("web page"), blank=True, max_length=500)
    is_published = models.BooleanField(
        _("public"), default=True, help_text=_("Whether the public reads it. Switch it off while it is being written.")
    )
    origin = models.CharField(_("origin"), max_length=20, choices=Origin, default=Origin.REGISTERED)
    # Numbers that sources state on a day: [{"value": 14, "as_of": "2025-02-18", "source": "https://…"}].
    stated_counts = models.JSONField(_("stated counts"), default=list, blank=True)
    sources = models.JSONField(_("sources"), default=list, blank=True)
    notes = models.JSONField(_("notes"), default=list, blank=True)
    updated_at = models.DateTimeField(_("changed at"), auto_now=True)

    objects = CollaborationQuerySet.as_manager()

    class Meta:
        verbose_name = _("collaboration")
        verbose_name_plural = _("collaborations")
        ordering = ["-starts", "title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(funding=None) | Q(funding__gte=CENT_AT_LEAST),
                name="collaborations_funding_positive",
                violation_error_message=_("The money must be more than zero, or left empty."),
            )
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return address_of("collaborations:detail", self.slug)

    def clean(self):
        if is_reversed(self.starts, self.ends):
            message = _("It ends before it starts.")
            raise ValidationError({"ends": ValidationError(message, code="reversed")})


class Participant(models.Model):
    """A participant of a collaboration besides its clusters: an institution here or abroad, an alliance, a company.

    If there is money, the shares of those who pay, including clusters, add up to 100 %.
    """

    collaboration = models.ForeignKey(
        Collaboration, on_delete=models.CASCADE, related_name="participants", verbose_name=_("collaboration")
    )
    # Exactly one of the three is set.
    cluster = models.ForeignKey(
        Cluster, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("cluster")
    )
    institution = models.ForeignKey(
        Institution,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="collaboration_parts",
        verbose_name=_("institution, alliance or company"),
    )
    name = models.CharField(
        _("name"),
        max_length=200,
        blank=True,
        validators=[NameValidator()],
        help_text=_("Where it is not on record."),
    )
    kind = models.CharField(
        _("kind"),
        max_length=20,
        choices=ParticipantKind,
        blank=True,
        help_text=_("Of one that is not on record."),
    )
    country = models.CharField(_("country"), max_length=2, blank=True, validators=[validate_country])
    percent = models.DecimalField(
        _("share (%)"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(MIN_SHARE), MaxValueValidator(WHOLE)],
        help_text=_("Of the money, where there is any."),
    )

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        ordering = ["collaboration", F("percent").desc(nulls_last=True), "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["collaboration", "cluster"],
                name="collaborations_participant_cluster_once",
                violation_error_message=_("This cluster already takes part."),
            ),
            models.UniqueConstraint(
                fields=["collaboration", "institution"],
                name="collaborations_participant_once",
                violation_error_message=_("This institution already takes part."),
            ),
            models.CheckConstraint(
                condition=(
                    Q(cluster__isnull=False, institution=None, name="")
                    | Q(cluster=None, institution__isnull=False, name="")
                    | (Q(cluster=None, institution=None) & ~Q(name=""))
                ),
                name="collaborations_participant_said_once",
                violation_error_message=_("Choose a cluster or an institution, or type a name: one of the three."),
            ),
        ]

    def __str__(self):
        return self.name or str(self.institution or self.cluster)
