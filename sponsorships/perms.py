"""Permissions on sponsorships, agreements and instalments, one function each. `clusters.perms` has the roles."""

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from chairs.perms import holds
from clusters.perms import can_see_private, has_role
from clusters.scopes import EDITORS, FINANCE, MANAGERS
from clusters.standing_in import both_of, is_by
from core.on_behalf import hands_of
from partners.perms import is_contact, speaks_for
from sponsorships.enums import Contribution
from sponsorships.models import Agreement, Instalment, Sponsorship

PROPOSING = _(
    "The partner's contacts send and revise it; whoever drafted it on the partner's behalf may do so until the "
    "partner takes it over."
)
WITHDRAWING = _("The partner's contacts withdraw it. The cluster does not: its managers decline it, with a reason.")
ENDORSING = _(
    "An investigator of the chair endorses it, unless they act for the partner; editors and managers read it."
)
DECIDING = _("Managers of the chair's cluster decide on its sponsorships.")

ACCEPTING = _(
    "Managers of the chair's cluster accept its sponsorships, but none of a partner for which they act or acted, and "
    "none that they drafted on its behalf: another manager must."
)

RESOLVING = _(
    "Editors and managers of the chair's cluster value counterparts and resolve conflicts in writing, unless they act or acted for the partner, drafted the proposal on its behalf or are an investigator of the chair."
)
MANAGING_AGREEMENTS = _("Managers of the chair's cluster issue, countersign and record its agreements.")
COUNTERSIGNING = _(
    "Managers of the chair's cluster countersign its agreements, but none with a partner for which they act or acted: "
    "another manager must."
)
RECORDING = _(
    "Managers of the chair's cluster record what was signed elsewhere, but not alone: another manager than the one who accepted the sponsorship or wrote an agreement that promises more, and nobody who acts or acted for the partner."
)
SIGNING = _("The partner's signatories sign its agreements.")
COLLECTING = _("Finance staff and managers of the chair's cluster record invoices and payments.")
PUBLISHING = _("The partner's contacts say what the public may see of it.")
RUNNING = _("Managers of the chair's cluster start, complete and end its sponsorships.")


def is_on_behalf(sponsorship: Sponsorship) -> bool:
    """Return whether staff drafted the sponsorship on the partner's behalf."""
    return not speaks_for(sponsorship.partner, sponsorship.created_by)


def is_of_partner(sponsorship: Sponsorship, user: User) -> bool:
    """Return whether this person, or the colleague they stand in for, acts or acted for the partner."""
    return any(speaks_for(sponsorship.partner, one) for one in both_of(user))


def drafted_on_behalf_by(sponsorship: Sponsorship, user: User) -> bool:
    """Return whether this person drafted it on the partner's behalf; always False if the four-eyes rule is off."""
    if not sponsorship.chair.cluster.needs_four_eyes:
        return False
    return is_by(user, sponsorship.created_by_id, sponsorship) and is_on_behalf(sponsorship)


def accepted_alone_by(sponsorship: Sponsorship, user: User) -> bool:
    """Return whether this person made the latest acceptance; always False if the four-eyes rule is off."""
    if not sponsorship.chair.cluster.needs_four_eyes:
        return False
    accepted = [line for line in sponsorship.transitions.all() if line.verb == "accept"][-1:]
    return any({line.by_id, line.on_behalf_of_id} & hands_of(user) for line in accepted)


def promises_more_alone(agreement: Agreement, user: User) -> bool:
    """Return whether this person wrote higher amounts than those accepted or in force; False if the four-eyes rule is off."""
    if not agreement.sponsorship.chair.cluster.needs_four_eyes:
        return False
    if not is_by(user, agreement.created_by_id, agreement):
        return False
    agreed = agreement.amended or agreement.sponsorship
    names = [f"{name}_amount" for name in Contribution.values]
    return any((getattr(agreement, name) or 0) > (getattr(agreed, name) or 0) for name in names)


def can_propose(sponsorship: Sponsorship, user: User) -> bool:
    """Return whether the user may draft, send and revise it: the partner's contacts, and see `can_write_for`."""
    return is_contact(sponsorship.partner, user) or can_write_for(sponsorship, user)


def can_write_for(sponsorship: Sponsorship, user: User) -> bool:
    """Return whether the user may write in the partner's name: only the author of an office draft, or their stand-in.

    This ends once the partner takes the draft over. No other staff may: the record names one author. If the author has
    left the office, the partner continues alone.
    """
    is_kept = sponsorship.created_by_id in hands_of(user) and sponsorship.taken_over_at is None
    return is_kept and can_review(sponsorship, user) and not speaks_for(sponsorship.partner, user)


def can_withdraw(sponsorship: Sponsorship, user: User) -> bool:
    """Return whether the user may withdraw it: only the partner's contacts. Staff decline it instead, with a reason."""
    return is_contact(sponsorship.partner, user)


def can_review(sponsorship: Sponsorship, user: User) -> bool:
    """Return whether the user may review and ask for changes: editors and managers of the chair's cluster."""
    return has_role(user, sponsorship.chair.cluster_id, EDITORS)


def can_decide(sponsorship: Sponsorship, user: User) -> bool:
    """Return whether the user may accept and decline: managers of the chair's cluster."""
    return has_role(user, sponsorship.chair.cluster_id, MANAGERS)


def can_accept(sponsorship: Sponsorship, user: User) -> bool:
    """Return whether the user may accept it.

    A manager may not accept what they drafted themselves (four-eyes rule), nor a proposal of a partner for which they
    act or acted. Otherwise they could leave the partner and accept their own proposal.
    """
    is_side = is_of_partner(sponsorship, user) or drafted_on_behalf_by(sponsorship, user)
    return can_decide(sponsorship, user) and not is_side


def can_resolve(sponsorship: Sponsorship, user: User) -> bool:
    """Return whether the user may resolve a conflict: a reviewer who is not a party to it."""
    is_side = (
        is_of_partner(sponsorship, user)
        or drafted_on_behalf_by(sponsorship, user)
        or any(holds(sponsorship.chair_id, one) for one in both_of(user))
    )
    return can_review(sponsorship, user) and not is_side


def can_manage_agreement(agreement: Agreement, user: User) -> bool:
    """Return whether the user may draft, issue and void an agreement: managers of the chair's cluster."""
    return can_decide(agreement.sponsorship, user)


def can_countersign(agreement: Agreement, user: User) -> bool:
    """Return whether the user may sign for the managing institution: a manager who never acted for the partner."""
    return can_manage_agreement(agreement, user) and not is_of_partner(agreement.sponsorship, user)


def can_record(agreement: Agreement, user: User) -> bool:
    """Return whether the user may record the agreement as signed elsewhere.

    They may countersign it, did not accept the sponsorship and did not raise its amounts (four-eyes rule): unlike for
    an agreement signed here, no signature confirms the terms.
    """
    if not can_countersign(agreement, user):
        return False
    return not accepted_alone_by(agreement.sponsorship, user) and not promises_more_alone(agreement, user)


def can_sign(agreement: Agreement, user: User) -> bool:
    """Return whether the user may sign for the partner: any approved signatory, not only the one in the agreement."""
    partner = agreement.sponsorship.partner
    may_sign = any(one.is_signatory and one.user_id == user.pk for one in partner.contacts.all())
    return may_sign and is_contact(partner, user)


def can_collect(instalment: Instalment, user: User) -> bool:
    """Return whether the user may invoice, receive, write off and reverse: finance staff and managers of the cluster."""
    return can_keep_accounts(instalment.sponsorship, user)


def can_keep_accounts(sponsorship: Sponsorship, user: User) -> bool:
    """Return whether the user may write in a sponsorship's account: finance staff and managers of the chair's cluster."""
    return has_role(user, sponsorship.chair.cluster_id, FINANCE)


def can_read_receipt(sponsorship: Sponsorship, user: User) -> bool:
    """Return whether the user may read the data of a gift's tax receipt: the partner's contacts and the cluster's staff."""
    return is_contact(sponsorship.partner, user) or can_see_private(user, sponsorship.chair.cluster_id)


def can_publish(sponsorship: Sponsorship, user: User) -> bool:
    """Return whether the user may choose what the public sees: only the partner's contacts, at any time."""
    return is_contact(sponsorship.partner, user)


def can_endorse(sponsorship: Sponsorship, user: User) -> bool:
    """Return whether the user may endorse it: the chair's investigators, unless they act for the partner."""
    is_theirs = sponsorship.submitted_at is not None and holds(sponsorship.chair_id, user)
    return is_theirs and not is_contact(sponsorship.partner, user)
