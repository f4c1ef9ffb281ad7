"""The conditions of an agreement's verbs. Each obstacle is a sentence that says what to do."""

from decimal import Decimal

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.money import euros
from sponsorships.accounting.sums import ZERO
from sponsorships.enums import AGREEABLE_STATUSES, AgreementPath, Contribution, EntryKind, SigningSide
from sponsorships.proposals.conditions import unbalanced


def issuing_obstacles(agreement) -> list[str]:
    """Return what prevents an agreement from being issued for signature."""
    if agreement.path != AgreementPath.GENERATED:
        return [_("This one is signed elsewhere: record it instead.")]
    return terms_obstacles(agreement) + _without_signatory(agreement)


def signing_obstacles(agreement) -> list[str]:
    """Return what prevents the partner from signing."""
    if agreement.partner_signed_at is not None:
        return [_("Your side has already signed.")]
    return _not_agreeable(agreement)


def countersigning_obstacles(agreement) -> list[str]:
    """Return what prevents the managing institution from countersigning. Call it with the activity locked."""
    if not agreement.signatures.filter(side=SigningSide.PARTNER).exists():
        return [_("The partner signs first.")]
    return terms_obstacles(agreement)


def recording_obstacles(agreement) -> list[str]:
    """Return what prevents an agreement from being recorded as signed elsewhere."""
    if agreement.path != AgreementPath.ELSEWHERE:
        return [_("This one is signed here: issue it instead.")]
    missing = []
    if agreement.signed_on is None:
        missing.append(_("Enter the day on which it was signed."))
    elif agreement.signed_on > timezone.localdate():
        missing.append(_("The day on which it was signed cannot be in the future."))
    if not agreement.signatories.strip():
        missing.append(_("Say who signed, and in which capacity."))
    if not agreement.file:
        missing.append(_("Add the signed document."))
    return missing + terms_obstacles(agreement)


def terms_obstacles(agreement) -> list[str]:
    """Return what is missing or wrong in the terms, however they are signed."""
    missing = _not_agreeable(agreement)
    if agreement.activity is not None and agreement.activity.chair_id != agreement.sponsorship.chair_id:
        missing.append(_("The activity belongs to another chair: choose one of this chair's."))
    if agreement.managing_institution_id is None:
        missing.append(_("Choose the managing institution."))
    if agreement.starts_on is None or agreement.ends_on is None:
        missing.append(_("Enter the start and the end of the period."))
    if not any(agreement.amount_of(name) for name in Contribution.values):
        missing.append(_("State at least one contribution: cash, in kind or skills."))
    if agreement.is_amendment and not agreement.reason.strip():
        missing.append(_("Say why the terms change."))
    before = agreement.amended
    if before is not None and agreement.effective_on < before.effective_on:
        missing.append(
            _("It would take effect before the agreement that it amends, on %(day)s.")
            % {"day": date_format(before.effective_on)}
        )
    return missing + _schedule_obstacles(agreement) + _beyond_target(agreement)


def planned_with(agreement) -> Decimal:
    """Return the sum of all instalments once this agreement is in force, in euros net of VAT.

    Invoiced instalments of earlier agreements stay. Its own schedule replaces those only planned.
    """
    sponsorship = agreement.sponsorship
    before = {one.pk for one in sponsorship.agreements.all() if one.is_in_force} - {agreement.pk}
    kept = [one.amount for one in sponsorship.instalments.all() if one.agreement_id in before and one.stands_invoiced]
    return sum(kept, ZERO) + planned_by(agreement)


def planned_by(agreement) -> Decimal:
    """Return the sum of this agreement's own instalments, in euros net of VAT."""
    return sum((one.amount for one in agreement.instalments.all()), ZERO)


def _schedule_obstacles(agreement) -> list[str]:
    return unbalanced(agreement.cash_amount, planned_with(agreement))


def _not_agreeable(agreement) -> list[str]:
    sponsorship = agreement.sponsorship
    if sponsorship.status in AGREEABLE_STATUSES:
        return []
    return [
        _("The sponsorship is “%(status)s”: only an accepted or active one has agreements.")
        % {"status": sponsorship.get_status_display()}
    ]


def _without_signatory(agreement) -> list[str]:
    contact = agreement.signatory
    if contact is None:
        return [_("Choose who signs for the partner.")]
    if (
        contact.partner_id != agreement.sponsorship.partner_id
        or not contact.is_signatory
        or contact.state != "approved"
    ):
        return [
            _("%(person)s may not sign for this partner: choose one of its signatories.") % {"person": contact.user}
        ]
    return []


def _beyond_target(agreement) -> list[str]:
    """Return a sentence if the activity's target leaves no room for the cash that this agreement adds."""
    if agreement.activity is None:
        return []
    activity, since = agreement.activity, agreement.effective_on
    promised = agreement.sponsorship.entries.filter(activity=activity).total(EntryKind.AGREED)
    others = activity.entries.exclude(sponsorship=agreement.sponsorship).peak(EntryKind.AGREED, since)
    more, left = agreement.cash_amount - promised, activity.target - others - promised
    if more <= max(left, ZERO):
        return []
    return [
        _("The activity “%(activity)s” still needs %(left)s and this agreement adds %(more)s: raise the target first.")
        % {"activity": agreement.activity, "left": euros(left), "more": euros(more)}
    ]
