"""Who may do what with a sponsorship. One expression each; `clusters.perms` has the roles."""

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from chairs.perms import holds
from clusters.perms import can_see_private, has_role
from clusters.scopes import EDITORS, FINANCE, MANAGERS
from clusters.standing_in import both_of, hands_of, is_by
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
    """Return whether somebody of the office drafted it for the partner."""
    return not speaks_for(sponsorship.partner, sponsorship.created_by)


def is_of_partner(sponsorship: Sponsorship, user: User) -> bool:
    """Return whether this person, or whom they stand in for, acts or acted for the partner."""
    return any(speaks_for(sponsorship.partner, one) for one in both_of(user))


def drafted_on_behalf_by(sponsorship: Sponsorship, user: User) -> bool:
    """Return whether they drafted it on the partner's behalf, unless the four-eyes rule is switched off."""
    if not sponsorship.chair.cluster.needs_four_eyes:
        return False
    return is_by(user, sponsorship.created_by_id, sponsorship) and is_on_behalf(sponsorship)


def accepted_alone_by(sponsorship: Sponsorship, user: User) -> bool:
    """Return whether this person alone has accepted so far, unless the four-eyes rule is switched off."""
    if not sponsorship.chair.cluster.needs_four_eyes:
        return False
    accepted = [line for line in sponsorship.transitions.all() if line.verb == "accept"][-1:]
    return any({line.by_id, line.on_behalf_of_id} & hands_of(user) for line in accepted)


def promises_more_alone(agreement: Agreement, user: User) -> bool:
    """Return whether this person alone wrote higher amounts than those accepted or in force (four-eyes rule)."""
    if not agreement.sponsorship.chair.cluster.needs_four_eyes:
        return False
    if not is_by(user, agreement.created_by_id, agreement):
        return False
    agreed = agreement.amended or agreement.sponsorship
    names = [f"{name}_amount" for name in Contribution.values]
    return any((getattr(agreement, name) or 0) > (getattr(agreed, name) or 0) for name in names)


def can_propose(sponsorship: Sponsorship, user: User) -> bool:
    """Draft, submit, revise: the partner; on its behalf, who drafted it so (see `can_write_for`)."""
    return is_contact(sponsorship.partner, user) or can_write_for(sponsorship, user)


def can_write_for(sponsorship: Sponsorship, user: User) -> bool:
    """Write in the partner's name: the editor or manager who drafted it on its behalf, until the partner takes it over.

    Or who stands in for them. Nobody else of the office: what a person writes in another's name stays one person's, whom the record names. Where
    they left, the partner goes on itself.
    """
    is_kept = sponsorship.created_by_id in hands_of(user) and sponsorship.taken_over_at is None
    return is_kept and can_review(sponsorship, user) and not speaks_for(sponsorship.partner, user)


def can_withdraw(sponsorship: Sponsorship, user: User) -> bool:
    """Withdraw it: only the partner. Staff decline it instead, with a reason."""
    return is_contact(sponsorship.partner, user)


def can_review(sponsorship: Sponsorship, user: User) -> bool:
    """Review and ask for changes: editors and managers of the chair's cluster."""
    return has_role(user, sponsorship.chair.cluster_id, EDITORS)


def can_decide(sponsorship: Sponsorship, user: User) -> bool:
    """Accept and decline: managers of the chair's cluster."""
    return has_role(user, sponsorship.chair.cluster_id, MANAGERS)


def can_accept(sponsorship: Sponsorship, user: User) -> bool:
    """Accept.

    Whoever decides, but not what they drafted themselves (four-eyes rule), and nobody who acts or acted for the
    partner. Otherwise somebody could leave the partner and accept what they proposed in its name.
    """
    is_side = is_of_partner(sponsorship, user) or drafted_on_behalf_by(sponsorship, user)
    return can_decide(sponsorship, user) and not is_side


def can_resolve(sponsorship: Sponsorship, user: User) -> bool:
    """Resolve a conflict: whoever reviews and is not a party to it."""
    is_side = (
        is_of_partner(sponsorship, user)
        or drafted_on_behalf_by(sponsorship, user)
        or any(holds(sponsorship.chair_id, one) for one in both_of(user))
    )
    return can_review(sponsorship, user) and not is_side


def can_manage_agreement(agreement: Agreement, user: User) -> bool:
    """Draft, issue, make void: managers of the chair's cluster."""
    return can_decide(agreement.sponsorship, user)


def can_countersign(agreement: Agreement, user: User) -> bool:
    """Bind the managing institution: a manager who is not of the partner's side. One person does not sign for both."""
    return can_manage_agreement(agreement, user) and not is_of_partner(agreement.sponsorship, user)


def can_record(agreement: Agreement, user: User) -> bool:
    """Record as signed elsewhere: who could countersign, and neither who accepted nor who wrote a higher promise (four
    eyes). Unlike an agreement signed here, no signature confirms what was agreed."""
    if not can_countersign(agreement, user):
        return False
    return not accepted_alone_by(agreement.sponsorship, user) and not promises_more_alone(agreement, user)


def can_sign(agreement: Agreement, user: User) -> bool:
    """Sign for the partner: its approved signatories, whichever of them the agreement names."""
    partner = agreement.sponsorship.partner
    may_sign = any(one.is_signatory and one.user_id == user.pk for one in partner.contacts.all())
    return may_sign and is_contact(partner, user)


def can_collect(instalment: Instalment, user: User) -> bool:
    """Invoice, receive, write off, reverse: finance staff and managers of the chair's cluster."""
    return can_keep_accounts(instalment.sponsorship, user)


def can_keep_accounts(sponsorship: Sponsorship, user: User) -> bool:
    """Write in a sponsorship's account: finance staff and managers of the chair's cluster."""
    return has_role(user, sponsorship.chair.cluster_id, FINANCE)


def can_read_receipt(sponsorship: Sponsorship, user: User) -> bool:
    """Read what a gift's tax receipt is made of, the value of its counterparts too: the partner's contacts and staff."""
    return is_contact(sponsorship.partner, user) or can_see_private(user, sponsorship.chair.cluster_id)


def can_publish(sponsorship: Sponsorship, user: User) -> bool:
    """Say what the public may see: the partner's contacts alone, at any time."""
    return is_contact(sponsorship.partner, user)


def can_endorse(sponsorship: Sponsorship, user: User) -> bool:
    """Endorse: the chair's investigators; nobody endorses what they propose themselves for a partner."""
    is_theirs = sponsorship.submitted_at is not None and holds(sponsorship.chair_id, user)
    return is_theirs and not is_contact(sponsorship.partner, user)
