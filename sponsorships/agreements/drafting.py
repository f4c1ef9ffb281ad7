"""Draft an agreement from the accepted proposal, or from the agreement that it will amend."""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.models import User
from core.exceptions import Refused
from sponsorships.accounting.sums import ZERO
from sponsorships.agreements.terms import TERMS, in_force
from sponsorships.enums import AGREEABLE_STATUSES, OPEN_AGREEMENT_STATUSES, AgreementPath, Contribution
from sponsorships.models import Agreement, Sponsorship
from sponsorships.perms import MANAGING_AGREEMENTS, can_decide


def why_not_draft(sponsorship: Sponsorship, by: User) -> list[str]:
    """Return every reason why this person cannot begin an agreement now."""
    if not can_decide(sponsorship, by):
        return [str(MANAGING_AGREEMENTS)]
    if sponsorship.status not in AGREEABLE_STATUSES:
        sentence = _("The sponsorship is “%(status)s”: only an accepted or active one has agreements.")
        return [sentence % {"status": sponsorship.get_status_display()}]
    still_open = [one for one in sponsorship.agreements.all() if one.status in OPEN_AGREEMENT_STATUSES]
    return [_("%(agreement)s is still being prepared or signed.") % {"agreement": one} for one in still_open[:1]]


@transaction.atomic
def draft(sponsorship: Sponsorship, *, by: User, path: AgreementPath, **terms) -> Agreement:
    """Create a draft agreement, or an amendment if one is in force; `terms` override what is known.

    Raise Refused with the reasons.
    """
    current = sponsorship.locked()
    if reasons := why_not_draft(current, by):
        raise Refused(reasons)
    last = current.agreements.aggregate(last=Max("number"))["last"] or 0
    values = {**_known(current), **terms}
    agreement = Agreement.objects.create(sponsorship=current, number=last + 1, path=path, created_by=by, **values)
    agreement.log_beginning(by=by)
    return agreement


def _known(sponsorship: Sponsorship) -> dict:
    before = in_force(sponsorship)
    if before is not None:
        return {name: getattr(before, name) for name in (*TERMS, "language")}
    amounts = {f"{name}_amount": getattr(sponsorship, f"{name}_amount") or ZERO for name in Contribution.values}
    return {
        **amounts,
        "starts_on": sponsorship.starts_on,
        "ends_on": sponsorship.ends_on,
        "activity": sponsorship.activity,
        "signatory": sponsorship.signatory,
    }
