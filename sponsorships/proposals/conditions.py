"""The conditions of a sponsorship's verbs. Each obstacle is a sentence that says what to do."""

from decimal import Decimal
from operator import attrgetter

from django.utils import timezone
from django.utils.translation import gettext as _

from core.money import euros
from partners.enums import ContactState
from sponsorships.accounting.signed_before import enters_signed_contract
from sponsorships.accounting.sums import ZERO
from sponsorships.agreements.terms import in_force
from sponsorships.enums import (
    OPEN_AGREEMENT_STATUSES,
    SETTLED_STATUSES,
    UNDECIDED_STATUSES,
    ConflictKind,
    EntryKind,
    Regime,
)


def missing_fields(sponsorship) -> dict[str, str]:
    """Return, by field, what an incomplete proposal needs before it can be sent."""
    missing = {}
    if sponsorship.activity_id is None and not sponsorship.proposal.strip():
        missing["activity"] = _("Choose an activity that the chair has posted, or describe your own proposal.")
    if not sponsorship.regime:
        missing["regime"] = _("Choose between patronage and a research partnership.")
    elif sponsorship.activity_id and not sponsorship.activity.takes(sponsorship.regime):
        missing["regime"] = _("This activity can be funded in another way: %(regime)s.") % {
            "regime": sponsorship.activity.get_regime_display()
        }
    if sponsorship.amount <= ZERO:
        missing["cash_amount"] = _("State at least one contribution: cash, in kind or skills.")
    valued = (sponsorship.in_kind_amount or ZERO) + (sponsorship.skills_amount or ZERO)
    if valued > ZERO and not sponsorship.in_kind_description.strip():
        missing["in_kind_description"] = _("Say what you give in kind or skills, and how you valued it.")
    if sponsorship.is_cifre and sponsorship.regime == Regime.PATRONAGE:
        missing["is_cifre"] = _("A Cifre thesis needs a research partnership: a gift cannot pay for one.")
    for name in ("starts_on", "ends_on"):
        if getattr(sponsorship, name) is None:
            missing[name] = _("Enter a date.")
    if not sponsorship.purpose.strip():
        missing["purpose"] = _("Say in a sentence or two what you hope for.")
    if not sponsorship.confidentiality:
        missing["confidentiality"] = _("Choose what the public may see.")
    if sponsorship.signatory_id is None and _needs_signatory(sponsorship):
        missing["signatory"] = _("Choose who will sign for your organisation.")
    return missing | _strangers(sponsorship)


def _needs_signatory(sponsorship) -> bool:
    """Return whether somebody still has to sign: not a contract that was signed before this site was used."""
    if enters_signed_contract() or sponsorship.partner_id is None:
        return False
    return not _has_nobody_yet(sponsorship.partner)


def _has_nobody_yet(partner) -> bool:
    """Return whether the office registered the partner and no contact is approved yet: no signatory is required then."""
    return partner.registered_in_id is not None and not any(
        one.state == ContactState.APPROVED for one in partner.contacts.all()
    )


def _strangers(sponsorship) -> dict[str, str]:
    """Return, by field, a sentence for each chosen activity or signatory that cannot be part of this proposal."""
    strangers = {}
    # A form may not have been able to read the chair.
    if sponsorship.activity_id and sponsorship.chair_id not in (None, sponsorship.activity.chair_id):
        strangers["activity"] = _("This activity belongs to another chair. Choose one of this chair's.")
    if sponsorship.signatory_id and sponsorship.signatory.partner_id != sponsorship.partner_id:
        strangers["signatory"] = _("This person acts for another organisation. Choose one of yours.")
    elif sponsorship.signatory_id and sponsorship.signatory.state == ContactState.REMOVED:
        strangers["signatory"] = _("This person no longer acts for your organisation. Choose somebody else.")
    elif sponsorship.signatory_id and not sponsorship.signatory.is_signatory:
        strangers["signatory"] = _(
            "%(person)s may not sign for your organisation yet. Choose a signatory; a primary contact decides who is "
            "one."
        ) % {"person": sponsorship.signatory.user}
    return strangers


def closed_chair(sponsorship) -> list[str]:
    """Return why the chair accepts no new money, or an empty list."""
    if sponsorship.chair.is_fundable:
        return []
    return [_("The chair “%(chair)s” is not open to new sponsors at the moment.") % {"chair": sponsorship.chair}]


def closed_door(sponsorship) -> list[str]:
    """Return why the chair or the activity takes no new proposal, or an empty list."""
    if closed := closed_chair(sponsorship):
        return closed
    activity = sponsorship.activity
    # A fully funded activity is called closed like any other: the word must not reveal a private amount.
    if activity is not None and (activity.is_closed() or remaining(activity) <= ZERO):
        return [
            _("The activity “%(activity)s” is closed. Choose another one, or describe your own proposal.")
            % {"activity": activity}
        ]
    return []


def submission_obstacles(sponsorship) -> list[str]:
    """Return what prevents a proposal from being sent."""
    return _incomplete(sponsorship) + closed_door(sponsorship)


def revision_obstacles(sponsorship) -> list[str]:
    """Return what prevents a revised proposal from being sent.

    The activity's deadline does not: the proposal came in time, and staff asked for the changes.
    """
    return _incomplete(sponsorship) + closed_chair(sponsorship)


def _incomplete(sponsorship) -> list[str]:
    return [
        f"{str(sponsorship._meta.get_field(name).verbose_name).capitalize()}: {sentence}"
        for name, sentence in missing_fields(sponsorship).items()
    ]


def agreed_cash(activity) -> Decimal:
    """Return the cash promised to an activity, in euros net of VAT.

    A future amendment counts at once if it promises more, and from its date if it promises less. So the target is never
    exceeded, today or later.
    """
    return activity.entries.all().peak(EntryKind.AGREED, timezone.localdate())


def resting_cash(activity) -> Decimal:
    """Return the cash that partners count on within an activity's target, in euros net of VAT.

    It is what is agreed, asked in undecided proposals as last sent, and added by agreements awaiting signature.
    """
    proposed = activity.entries.filter(sponsorship__status__in=UNDECIDED_STATUSES).total(EntryKind.ASKED)
    out = ZERO
    for agreement in activity.agreements.to_sign():
        promised = agreement.sponsorship.entries.filter(activity=activity).total(EntryKind.AGREED)
        out += max(agreement.cash_amount - promised, ZERO)
    return agreed_cash(activity) + proposed + out


def remaining(activity) -> Decimal:
    """Return what an activity still needs: target − agreed cash, in euros net of VAT."""
    return activity.target - agreed_cash(activity)


def acceptance_obstacles(sponsorship) -> list[str]:
    """Return what prevents a sponsorship from being accepted. Call it with the activity locked."""
    chair_closed = closed_chair(sponsorship)
    if sponsorship.activity is None:
        return chair_closed
    left = remaining(sponsorship.activity)
    offered = sponsorship.cash_amount or ZERO
    if offered <= left:
        return chair_closed
    return chair_closed + [
        _(
            "The activity “%(activity)s” still needs %(left)s and this sponsorship offers %(offered)s in cash. Ask the partner for less, or raise the target first."
        )
        % {"activity": sponsorship.activity, "left": euros(left), "offered": euros(offered)}
    ]


def conflict_obstacles(sponsorship) -> list[str]:
    """Return a sentence for each unresolved conflict, saying what to do."""
    from sponsorships.conflicts.resolution import unresolved  # late: it imports models whose verbs import this module

    return _not_valued(sponsorship) + [conflict.obstacle for conflict in unresolved(sponsorship)]


def counterparts_obstacles(sponsorship) -> list[str]:
    """Return what prevents a gift from starting: counterparts not valued, or too valuable and not resolved."""
    from sponsorships.conflicts.resolution import unresolved  # late: it imports models whose verbs import this module

    found = [one.obstacle for one in unresolved(sponsorship) if one.kind == ConflictKind.COUNTERPARTS]
    return _not_valued(sponsorship) + found


def _not_valued(sponsorship) -> list[str]:
    if sponsorship.regime != Regime.PATRONAGE or sponsorship.counterparts_value is not None:
        return []
    return [
        _("Value the counterparts of this gift first, on the sponsorship's page: 0 where the donor gets nothing back.")
    ]


def withdrawal_obstacles(sponsorship) -> list[str]:
    """Return why a sponsorship cannot be withdrawn or declined: a signed agreement binds both sides."""
    if in_force(sponsorship) is None:
        return []
    return [_("The agreement is signed: the cluster starts the sponsorship, then ends it early with a reason.")]


def activation_obstacles(sponsorship) -> list[str]:
    """Return what prevents an accepted sponsorship from starting."""
    agreement = in_force(sponsorship)
    if agreement is None:
        return [_("No agreement is in force yet: have one signed here, or record one signed elsewhere.")]
    return unbalanced(agreement.cash_amount, sum((one.amount for one in standing(sponsorship)), ZERO))


def standing(sponsorship) -> list:
    """Return the standing instalments by number: of agreements in force, and not rescheduled by a later one."""
    bound = {agreement.pk for agreement in sponsorship.agreements.all() if agreement.is_in_force}
    rows = [one for one in sponsorship.instalments.all() if one.agreement_id in bound and one.superseded_on is None]
    return sorted(rows, key=attrgetter("number"))


def completion_obstacles(sponsorship) -> list[str]:
    """Return what prevents an active sponsorship from being completed."""
    obstacles = [
        _("%(agreement)s is still being prepared or signed: have it signed, or make it void.") % {"agreement": open_one}
        for open_one in sponsorship.agreements.all()
        if open_one.status in OPEN_AGREEMENT_STATUSES
    ]
    waiting = [one for one in standing(sponsorship) if one.status not in SETTLED_STATUSES]
    return obstacles + [
        _("%(instalment)s (%(amount)s) is neither received nor written off.")
        % {"instalment": instalment, "amount": euros(instalment.amount)}
        for instalment in waiting
    ]


def unbalanced(agreed: Decimal, planned: Decimal) -> list[str]:
    """Return a sentence if the instalments do not add up to the agreed cash, else an empty list."""
    if agreed == planned:
        return []
    return [
        _("The instalments add up to %(planned)s and the agreed cash is %(agreed)s: they must be equal to the cent.")
        % {"planned": euros(planned), "agreed": euros(agreed)}
    ]
