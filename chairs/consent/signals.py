"""Signal receivers that log every change of consent, whoever saves it, and send invitations that are due."""

from django.db.models.signals import post_save, pre_save
from simple_history.models import HistoricalRecords

from accounts.models import User
from chairs.consent.answers import log
from chairs.consent.invitations import invite_if_due, unanswered
from chairs.enums import ConsentAct, ConsentWay
from chairs.models import Appointment
from clusters.enums import Origin
from clusters.models import Person


def before_appointment_saved(sender, instance, raw=False, update_fields=None, **kwargs):
    """Remember the consent before the save. When the appointment gets another person, clear the first one's consent."""
    if raw or instance.chair.origin == Origin.SOURCED:
        return
    before = Appointment.objects.filter(pk=instance.pk).first() if instance.pk else None
    is_another = before is not None and before.person_id != instance.person_id
    if is_another and update_fields is None and instance.consent_given_on == before.consent_given_on:
        instance.consent_given_on = None
    if is_another:  # the source named the other person
        instance.named_by_source = False
    instance.consent_before = None if before is None or is_another else before.consent_given_on


def after_appointment_saved(sender, instance, raw=False, **kwargs):
    """Log a consent that staff recorded or removed, then invite the person if due."""
    if raw or instance.chair.origin == Origin.SOURCED:
        return
    before, now = instance.__dict__.pop("consent_before", None), instance.consent_given_on
    is_logged = instance.__dict__.pop("consent_is_logged", False)
    if before != now and not is_logged:
        act = ConsentAct.RECORDED if now else ConsentAct.REMOVED
        log(instance, act, way=ConsentWay.STAFF, by=_who_saves(), given_on=now)
    if now is None:
        invite_if_due(unanswered().filter(pk=instance.pk), by=_who_saves())


def after_person_saved(sender, instance, raw=False, **kwargs):
    """Send the pending invitation once the person gets an address or an account."""
    if not raw and instance.correspondent is not None:
        invite_if_due(unanswered().filter(person=instance), by=_who_saves())


def _who_saves() -> User | None:
    """Return the signed-in user of the request that saves, as the field history has it."""
    user = getattr(getattr(HistoricalRecords.context, "request", None), "user", None)
    return user if user is not None and user.is_authenticated else None


def connect() -> None:
    pre_save.connect(before_appointment_saved, sender=Appointment, dispatch_uid="consent")
    post_save.connect(after_appointment_saved, sender=Appointment, dispatch_uid="consent")
    post_save.connect(after_person_saved, sender=Person, dispatch_uid="consent")
