"""Who is told what in a chair's life before the public sees it. docs/mail.md has the table."""

from django.dispatch import receiver

from accounts.mail import queue_mails
from accounts.models import User
from chairs.enums import ConsentAct
from chairs.models import Chair
from clusters.enums import Role
from clusters.lifecycle import verb_performed
from clusters.perms import EDITORS


def _other_managers(chair, by):
    return User.objects.filter(
        is_active=True, staff_roles__cluster=chair.cluster, staff_roles__role=Role.MANAGER
    ).exclude(pk=by.pk)


def _who_registered_it(chair, by):
    return User.objects.filter(pk=chair.registered_by_id).exclude(pk=by.pk)


NOTICES = {
    "submit": (_other_managers, "submitted"),
    "request_changes": (_who_registered_it, "changes_requested"),
    "approve": (_who_registered_it, "approved"),
    "decline": (_who_registered_it, "declined"),
}


@receiver(verb_performed, sender=Chair)
def tell_of_verb(sender, record, verb, by, note, **kwargs):
    if verb in NOTICES:
        audience, template = NOTICES[verb]
        context = {"chair": record, "by": by, "note": note}
        queue_mails(audience(record, by), f"chairs/{template}", context, link=("admin:chairs_chair_change", record.pk))


def tell_of_refusal(event) -> None:
    """Tell the office that somebody is not to be named (any more): the page says “to be announced”, and staff may be asked why."""
    office = User.objects.filter(
        is_active=True, staff_roles__cluster=event.chair.cluster, staff_roles__role__in=EDITORS
    ).distinct()
    context = {"chair": event.chair, "person": event.person, "is_withdrawal": event.what == ConsentAct.WITHDRAWN}
    queue_mails(office, "consents/refused", context, link=("admin:chairs_chair_change", event.chair_id))
