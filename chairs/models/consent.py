from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chairs.enums import ConsentAct, ConsentWay
from chairs.models.appointment import Appointment
from chairs.models.chair import Chair
from clusters.models import Person
from core.model_fields import PastDayField, acted_for

NOTE_MAX_LENGTH = 500


class ConsentEventQuerySet(models.QuerySet):
    def about(self, appointment):
        """Return the events of this person in this appointment; events of another person who held it before do not count."""
        return self.filter(appointment=appointment, person=appointment.person_id)


class ConsentEvent(models.Model):
    """One line of the record of consent: whether a person agreed to be named in a chair, when, and how."""

    chair = models.ForeignKey(Chair, on_delete=models.CASCADE, related_name="consent_events", verbose_name=_("chair"))
    # The proof is kept when the appointment is deleted, and still names the person.
    appointment = models.ForeignKey(
        Appointment,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="consent_events",
        verbose_name=_("appointment"),
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="consent_events", verbose_name=_("person")
    )
    what = models.CharField(_("what"), max_length=10, choices=ConsentAct)
    way = models.CharField(_("how"), max_length=10, choices=ConsentWay)
    at = models.DateTimeField(_("at"), default=timezone.now)
    by = models.ForeignKey(
        # For accountability: a consent recorded by staff says by whom.
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    on_behalf_of = acted_for("by")
    given_on = PastDayField(_("agreed on"), null=True, blank=True)
    address = models.EmailField(_("address"), blank=True, help_text=_("Where the invitation went. Never public."))
    note = models.CharField(_("note"), max_length=NOTE_MAX_LENGTH, blank=True)

    objects = ConsentEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent event")
        verbose_name_plural = _("consent events")
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self.person}, {self.get_what_display()}"
