"""What an agreement's verbs leave behind: its signatures, its schedule, its amounts in the ledger."""

from django.dispatch import receiver
from django.utils.translation import gettext as _

from clusters.lifecycle import Refused, verb_performed
from partners.enums import SigningSide
from partners.ledger.promises import restate
from partners.models import Agreement, Signature

SIDES = {"sign": SigningSide.PARTNER, "countersign": SigningSide.INSTITUTION}
BINDING_VERBS = {"countersign", "record"}


@receiver(verb_performed, sender=Agreement, dispatch_uid="keep_signature")
def keep_signature(sender, record, verb, by, details, at, **kwargs):
    """Keep who signed which bytes. `details`: the typed name, the network address, when the e-mailed code was confirmed."""
    if verb not in SIDES:
        return
    name = " ".join(details.get("name", "").split())
    if not name:
        raise Refused([_("Type your name: that is the signature.")])
    if details.get("code_confirmed_at") is None:
        raise Refused([_("Enter the six digits of the mail.")])
    Signature.objects.create(
        agreement=record,
        side=SIDES[verb],
        name=name,
        user=by,
        at=at,
        address=details.get("address"),
        code_confirmed_at=details.get("code_confirmed_at"),
        sha256=record.sha256,
    )


@receiver(verb_performed, sender=Agreement, dispatch_uid="come_into_force")
def come_into_force(sender, record, verb, at, **kwargs):
    """Let the agreement bind: its schedule takes the place of what was only planned, its amounts become the agreed ones."""
    if verb not in BINDING_VERBS:
        return
    sponsorship = record.sponsorship
    planned_before = sponsorship.instalments.standing().uninvoiced().exclude(agreement=record)
    planned_before.update(superseded_by=record, superseded_on=record.effective_on)
    restate(sponsorship, on=record.effective_on, at=at, agreement=record)
