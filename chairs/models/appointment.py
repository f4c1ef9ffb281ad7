import datetime
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from chairs.enums import PI_ROLES, PUBLIC_STATUSES, RUNNING_STATUSES, AppointmentRole, Seniority
from clusters.enums import Origin
from clusters.models import Institution, Person
from core.model_fields import DayField, PastDayField
from core.models import Addressed

ROLES, SENIORITIES = dict(AppointmentRole.choices), dict(Seniority.choices)


class Discipline(Addressed):
    """A field of research, as the composition rules tell them apart."""

    slug = models.SlugField(_("address"), unique=True, max_length=60)
    name = models.CharField(_("name"), max_length=100)

    class Meta:
        verbose_name = _("discipline")
        verbose_name_plural = _("disciplines")
        ordering = ["name"]

    def __str__(self):
        return self.name


class AppointmentQuerySet(models.QuerySet):
    def on(self, date: datetime.date | None = None):
        """Return the appointments that run on a date (today by default); a missing bound is open."""
        date = date or timezone.localdate()
        return self.filter(Q(starts_on=None) | Q(starts_on__lte=date), Q(ends_on=None) | Q(ends_on__gte=date))

    def not_over(self, date: datetime.date | None = None):
        """Return the appointments that run on a date (today by default) or begin later."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=date or timezone.localdate()))

    def investigators(self):
        return self.filter(role__in=PI_ROLES)

    def changed_by_two(self) -> Self:
        """Return the investigators' appointments that two people change: the chair runs, in a cluster with the four-eyes rule."""
        return self.investigators().filter(chair__status__in=RUNNING_STATUSES, chair__cluster__needs_four_eyes=True)

    def named(self) -> Self:
        """Return the appointments whose person may be named in public.

        A source names the person, or the person agreed; never one who objects.
        """
        by_source = Q(chair__origin="sourced") | Q(named_by_source=True)
        return self.filter(by_source | Q(consent_given_on__isnull=False), person__is_hidden=False)

    def public(self):
        """Return the appointments that the public reads: in a published chair, of a person who may be named."""
        return self.named().filter(chair__status__in=PUBLIC_STATUSES)


class Appointment(models.Model):
    """A person in a chair: in which role, employed by whom, from when until when."""

    chair = models.ForeignKey(
        "chairs.Chair", on_delete=models.CASCADE, related_name="appointments", verbose_name=_("chair")
    )
    # A chair's past investigators are part of its record.
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="appointments", verbose_name=_("person"))
    role = models.CharField(_("role"), max_length=20, choices=AppointmentRole, default=AppointmentRole.PI)
    affiliation = models.ForeignKey(
        Institution,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="appointments",
        verbose_name=_("affiliation that counts"),
        help_text=_("The legal entity that employs the person, and that counts for this chair. Never a laboratory."),
    )
    other_affiliation = models.ForeignKey(
        Institution,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("other affiliation"),
        help_text=_("Shown, but not counted."),
    )
    laboratory = models.CharField(_("laboratory"), max_length=150, blank=True)
    discipline = models.ForeignKey(
        Discipline,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="appointments",
        verbose_name=_("discipline"),
    )
    seniority = models.CharField(_("seniority"), max_length=10, choices=Seniority, blank=True)
    starts_on = DayField(_("from"), null=True, blank=True)
    ends_on = DayField(_("until"), null=True, blank=True)
    consent_given_on = PastDayField(
        _("agreed to be named on"),
        null=True,
        blank=True,
        help_text=_(
            "The day on which the person agreed to be named in public. Until then the page says “to be announced”."
        ),
    )

    # Set when a cluster adopts the chair: a person whom a published source names stays named.
    named_by_source = models.BooleanField(_("named by a published source"), default=False, editable=False)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        ordering = ["chair", "pk"]
        indexes = [
            # People who are not yet named in public: the admin panel searches their names.
            models.Index(
                fields=["person", "chair"], name="chairs_appointment_unnamed", condition=Q(consent_given_on=None)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="chairs_appointment_dates_in_order",
                violation_error_message=_("The appointment ends before it starts."),
            )
        ]

    def __str__(self):
        return f"{self.person} ({self.get_role_display()})"

    # Like Django's method, which builds a new dictionary of the choices for each record of a page.
    def get_role_display(self) -> str:
        return str(ROLES.get(self.role, self.role))

    def get_seniority_display(self) -> str:
        return str(SENIORITIES.get(self.seniority, self.seniority))

    def runs_on(self, date: datetime.date) -> bool:
        return (not self.starts_on or self.starts_on <= date) and (not self.ends_on or self.ends_on >= date)

    @property
    def is_investigator(self) -> bool:
        return self.role in PI_ROLES

    @property
    def is_named(self) -> bool:
        """Whether the public may read the person's name: the queryset's `named()`, for a record in memory."""
        by_source = self.chair.origin == Origin.SOURCED or self.named_by_source
        may_be_told = by_source or self.consent_given_on is not None
        return may_be_told and not self.person.is_hidden


def chairs_held_by(user: User) -> "models.QuerySet[Appointment, Any]":
    """Return the primary keys of the chairs in which this person is a principal investigator today."""
    if not user.is_authenticated or not user.is_active:
        return Appointment.objects.none().values("chair")
    return Appointment.objects.on().investigators().filter(person__user=user.pk).values("chair")
