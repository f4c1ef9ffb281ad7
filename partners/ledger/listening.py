"""Keeps the ledger in step with a sponsorship's life: whatever verb moves it, its promises are stated anew."""

from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext as _

from clusters.lifecycle import Refused, verb_performed
from partners.ledger.promises import restate
from partners.models import Sponsorship


@receiver(verb_performed, sender=Sponsorship, dispatch_uid="restate_promises")
def restate_promises(sender, record, verb, details, at, **kwargs):
    on = timezone.localdate(at)
    if verb == "terminate":
        on = _end(record, details.get("on") or on, today=on)
    restate(record, on=on, at=at)


def _end(sponsorship, on, today):
    """End on a day: what was not invoiced is no longer expected. Return the day."""
    if on > today:
        raise Refused([_("The end cannot be in the future: come back on that day.")])
    if on < timezone.localdate(sponsorship.accepted_at or sponsorship.submitted_at):
        raise Refused([_("The end cannot be before the sponsorship was accepted.")])
    sponsorship.instalments.standing().uninvoiced().update(superseded_on=on)
    Sponsorship.objects.filter(pk=sponsorship.pk).update(terminated_on=on)
    sponsorship.terminated_on = on
    return on
