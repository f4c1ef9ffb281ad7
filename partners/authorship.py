"""Whose words a sponsorship holds: who acted, on whose behalf, and since when a draft of the office is the partner's."""

from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.mail import queue_mail
from accounts.models import User
from clusters.lifecycle import verb_performed
from partners.models import Agreement, Sponsorship
from partners.models.sponsorship_transition import PARTNERS_VERBS
from partners.perms import is_contact, is_on_behalf, speaks_for


def acting(sponsorship: Sponsorship, user: User | None, name: str, *, is_partners_act: bool) -> str:
    """Return who acted: a name, and on whose behalf where somebody else did what is the partner's to do."""
    if not is_partners_act or user is None or speaks_for(sponsorship.partner, user):
        return name
    return _("%(name)s, on behalf of %(partner)s") % {"name": name, "partner": sponsorship.partner}


def take_over(sponsorship: Sponsorship, by: User, *, is_logged: bool = True) -> None:
    """Note that the partner acts on what the office drafted for it: from now on only the partner touches its words.

    To be called wherever somebody changes a sponsorship, in the transaction and under the lock of the change.
    """
    is_kept = sponsorship.taken_over_at is None and is_on_behalf(sponsorship)
    if not is_kept or not is_contact(sponsorship.partner, by):
        return
    taken = {"taken_over_at": timezone.now(), "taken_over_by": by}
    Sponsorship.objects.filter(pk=sponsorship.pk).update(**taken)
    for field, value in taken.items():
        setattr(sponsorship, field, value)
    if is_logged:
        sponsorship.log("take_over", by=by, at=taken["taken_over_at"])
    context = {"chair": sponsorship.chair, "partner": sponsorship.partner, "by": by}
    queue_mail(sponsorship.created_by, "sponsorships/taken_over_staff", context, link=("my_home",))


@receiver(verb_performed, sender=Sponsorship, dispatch_uid="take_over_by_verb")
def take_over_by_verb(sender, record, verb, by, **kwargs):
    """Its line in the record's life says already who acted."""
    if verb in PARTNERS_VERBS:
        take_over(record, by, is_logged=False)


@receiver(verb_performed, sender=Agreement, dispatch_uid="take_over_by_signature")
def take_over_by_signature(sender, record, verb, by, **kwargs):
    if verb == "sign":
        take_over(record.sponsorship, by)
