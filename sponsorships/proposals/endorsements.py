"""An investigator of the chair endorses a proposal, or withdraws the endorsement. The status does not change."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core.exceptions import Refused
from core.verbs import NOTE_MAX_LENGTH
from sponsorships.enums import UNDECIDED_STATUSES
from sponsorships.models import Endorsement, Sponsorship
from sponsorships.notifications import tell_of_endorsement
from sponsorships.perms import ENDORSING, can_endorse


def why_not_endorse(sponsorship: Sponsorship, user: User) -> list[str]:
    """Return every reason why this person cannot endorse now; an empty list if they can."""
    if not can_endorse(sponsorship, user):
        return [str(ENDORSING)]
    if sponsorship.status not in UNDECIDED_STATUSES:
        return [_("The proposal is no longer waiting for a decision: there is nothing to endorse.")]
    if endorsement_of(sponsorship, user):
        return [_("You have already endorsed this proposal.")]
    return []


def why_not_take_back(sponsorship: Sponsorship, user: User) -> list[str]:
    """Return every reason why this person cannot withdraw an endorsement now; an empty list if they can."""
    if not can_endorse(sponsorship, user):
        return [str(ENDORSING)]
    if endorsement_of(sponsorship, user) is None:
        return [_("You have not endorsed this proposal.")]
    if sponsorship.status not in UNDECIDED_STATUSES:
        return [_("The proposal has been decided: your endorsement stays on record.")]
    return []


def endorsement_of(sponsorship: Sponsorship, user: User) -> Endorsement | None:
    """Return the user's standing endorsement, or None."""
    return sponsorship.endorsements.standing().filter(by=user).first()


@transaction.atomic
def endorse(sponsorship: Sponsorship, *, by: User, note: str = "") -> Endorsement:
    """Record that an investigator welcomes a proposal. Raise Refused with the reasons."""
    current, note = sponsorship.locked(), note.strip()
    reasons = why_not_endorse(current, by)
    if len(note) > NOTE_MAX_LENGTH:
        reasons.append(_("The note is longer than %(most)d characters.") % {"most": NOTE_MAX_LENGTH})
    if reasons:
        raise Refused(reasons)
    endorsement = Endorsement.objects.create(sponsorship=current, by=by, note=note)
    current.log("endorse", by=by, note=note)
    tell_of_endorsement(endorsement)
    return endorsement


@transaction.atomic
def take_back(sponsorship: Sponsorship, *, by: User) -> None:
    """Withdraw the user's endorsement while the proposal is undecided. Raise Refused with the reasons."""
    current = sponsorship.locked()
    if reasons := why_not_take_back(current, by):
        raise Refused(reasons)
    current.endorsements.standing().filter(by=by).update(withdrawn_at=timezone.now())
    current.log("take_back_endorsement", by=by)
