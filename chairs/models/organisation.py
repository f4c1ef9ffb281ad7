import datetime

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chairs.enums import PUBLIC_STATUSES, OrganisationRole
from chairs.models.chair import Chair
from clusters.models import Institution
from core.model_fields import DayField, PastDayField
from core.validators import NameValidator


class ChairOrganisationQuerySet(models.QuerySet):
    def on(self, date: datetime.date | None = None):
        """Return the organisations that take part on a date (today by default); a missing bound is open."""
        date = date or timezone.localdate()
        return self.filter(Q(starts_on=None) | Q(starts_on__lte=date), Q(ends_on=None) | Q(ends_on__gte=date))

    def named(self):
        """Return the organisations that agreed to be named."""
        return self.filter(consent_given_on__isnull=False)

    def public(self):
        """Return the organisations that the public sees: in a published chair, and agreed to be named."""
        return self.named().filter(chair__status__in=PUBLIC_STATUSES)


class ChairOrganisation(models.Model):
    """An organisation that takes part in a chair without holding it: a stakeholder, an industrial partner.

    It may pay or not: what it pays is a sponsorship.
    """

    chair = models.ForeignKey(Chair, on_delete=models.CASCADE, related_name="organisations", verbose_name=_("chair"))
    role = models.CharField(_("role"), max_length=20, choices=OrganisationRole, default=OrganisationRole.STAKEHOLDER)
    # Either an institution on record, or a name.
    institution = models.ForeignKey(
        Institution,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="chair_parts",
        verbose_name=_("institution"),
    )
    name = models.CharField(
        _("name"),
        max_length=200,
        blank=True,
        validators=[NameValidator()],
        help_text=_("Where it is no institution on record."),
    )
    website = models.URLField(_("web page"), blank=True, max_length=500)
    starts_on = DayField(_("from"), null=True, blank=True)
    ends_on = DayField(_("until"), null=True, blank=True)
    consent_given_on = PastDayField(
        _("agreed to be named on"),
        null=True,
        blank=True,
        help_text=_("The day on which the organisation agreed to be named in public. Until then the public does not."),
    )

    objects = ChairOrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation in a chair")
        verbose_name_plural = _("organisations in chairs")
        ordering = ["chair", "role", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="chairs_organisation_dates_in_order",
                violation_error_message=_("The organisation leaves before it comes."),
            ),
            models.CheckConstraint(
                condition=Q(institution__isnull=False, name="") | (Q(institution=None) & ~Q(name="")),
                name="chairs_organisation_said_once",
                violation_error_message=_("Choose an institution, or type a name: one of the two."),
            ),
        ]

    def __str__(self):
        return self.name or str(self.institution)

    @property
    def is_named(self) -> bool:
        """Whether the public may read its name: the queryset's `named()`, for a record in memory."""
        return self.consent_given_on is not None
