"""Who may do what with a sponsorship. One expression each; `clusters.perms` has the roles."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from chairs.perms import holds
from clusters.perms import EDITORS, FINANCE, MANAGERS, can_see_private, clusters_with, has_role
from partners.enums import ContactState, Contribution, MessageSide
from partners.models import Agreement, Contact, Instalment, Partner, ProgressReport, Sponsorship
from partners.models.partner import ContactQuerySet

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
WRITING = _(
    "The partner's contacts, the cluster's editors, finance staff and managers, and the chair's investigators write."
)
COLLECTING = _("Finance staff and managers of the chair's cluster record invoices and payments.")
REPORTING = _("The chair's investigators write its reports, unless they act for the partner.")
JUDGING = _(
    "Editors and managers of the chair's cluster accept its reports or send them back, but not their own: not one "
    "that they wrote or handed in, nor one of a chair that they lead, nor one to a partner that they act for."
)
PUBLISHING = _("The partner's contacts say what the public may see of it.")
RUNNING = _("Managers of the chair's cluster start, complete and end its sponsorships.")


def is_contact(partner: Partner, user: User) -> bool:
    """Return whether this person acts for the partner: an approved contact, of any role."""
    return user.is_authenticated and user.is_active and partner.state_of(user) == ContactState.APPROVED


def speaks_for(partner: Partner, user: User | None) -> bool:
    """Return whether this person acts, or once acted, for the partner."""
    return partner.has_had_contact(user)


def is_on_behalf(sponsorship: Sponsorship) -> bool:
    """Return whether somebody of the office drafted it for the partner."""
    return not speaks_for(sponsorship.partner, sponsorship.created_by)


def drafted_on_behalf_by(sponsorship: Sponsorship, user: User) -> bool:
    """Return whether they drafted it on the partner's behalf, unless the four-eyes rule is switched off."""
    is_own = sponsorship.created_by_id == user.pk and is_on_behalf(sponsorship)
    return is_own and sponsorship.chair.cluster.needs_four_eyes


def accepted_alone_by(sponsorship: Sponsorship, user: User) -> bool:
    """Return whether this person alone has accepted so far, unless the four-eyes rule is switched off."""
    if not sponsorship.chair.cluster.needs_four_eyes:
        return False
    accepted = [line.by_id for line in sponsorship.transitions.all() if line.verb == "accept"]
    return accepted[-1:] == [user.pk]


def promises_more_alone(agreement: Agreement, user: User) -> bool:
    """Return whether this person alone wrote higher amounts than those accepted or in force (four-eyes rule)."""
    if agreement.created_by_id != user.pk or not agreement.sponsorship.chair.cluster.needs_four_eyes:
        return False
    agreed = agreement.amended or agreement.sponsorship
    names = [f"{name}_amount" for name in Contribution.values]
    return any((getattr(agreement, name) or 0) > (getattr(agreed, name) or 0) for name in names)


def can_propose(sponsorship: Sponsorship, user: User) -> bool:
    """Draft, submit, revise: the partner; on its behalf, who drafted it so (see `can_write_for`)."""
    return is_contact(sponsorship.partner, user) or can_write_for(sponsorship, user)


def can_write_for(sponsorship: Sponsorship, user: User) -> bool:
    """Write in the partner's name: the editor or manager who drafted it on its behalf, until the partner takes it over.

    Nobody else of the office: what a person writes in another's name stays one person's, whom the record names. Where
    they left, the partner goes on itself.
    """
    is_kept = sponsorship.created_by_id == user.pk and sponsorship.taken_over_at is None
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
    is_side = speaks_for(sponsorship.partner, user) or drafted_on_behalf_by(sponsorship, user)
    return can_decide(sponsorship, user) and not is_side


def can_resolve(sponsorship: Sponsorship, user: User) -> bool:
    """Resolve a conflict: whoever reviews and is not a party to it."""
    is_side = (
        speaks_for(sponsorship.partner, user)
        or drafted_on_behalf_by(sponsorship, user)
        or holds(sponsorship.chair_id, user)
    )
    return can_review(sponsorship, user) and not is_side


def can_manage_agreement(agreement: Agreement, user: User) -> bool:
    """Draft, issue, make void: managers of the chair's cluster."""
    return can_decide(agreement.sponsorship, user)


def can_countersign(agreement: Agreement, user: User) -> bool:
    """Bind the managing institution: a manager who is not of the partner's side. One person does not sign for both."""
    return can_manage_agreement(agreement, user) and not speaks_for(agreement.sponsorship.partner, user)


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


def side_of(sponsorship: Sponsorship, user: User) -> str | None:
    """Return for which side this person writes messages on a sent sponsorship; None if they may not write.

    The partner's contacts, whatever else they are; editors, finance staff and managers of the chair's cluster; the
    chair's investigators of today.
    """
    if sponsorship.submitted_at is None:
        return None
    if is_contact(sponsorship.partner, user):
        return MessageSide.PARTNER
    if has_role(user, sponsorship.chair.cluster_id, EDITORS | FINANCE):
        return MessageSide.OFFICE
    is_investigator = holds(sponsorship.chair_id, user)
    return MessageSide.INVESTIGATOR if is_investigator else None


def can_report_on(sponsorship: Sponsorship, user: User) -> bool:
    """Write reports: the chair's investigators of today; but nobody reports to a partner for which they act."""
    is_theirs = holds(sponsorship.chair_id, user)
    return is_theirs and not is_contact(sponsorship.partner, user)


def can_write_report(report: ProgressReport, user: User) -> bool:
    """Write and hand in a report (see `can_report_on`)."""
    return can_report_on(report.sponsorship, user)


def can_judge_report(report: ProgressReport, user: User) -> bool:
    """Accept a report or send it back: editors and managers of the chair's cluster, on neither side of the report.

    An investigator may have rewritten a colleague's draft, and a contact would accept a report to themselves.
    """
    sponsorship = report.sponsorship
    if not can_review(sponsorship, user) or is_contact(sponsorship.partner, user):
        return False
    handed_in_by = [line.by_id for line in report.transitions.all() if line.verb == "submit"]
    is_theirs = user.pk in (report.created_by_id, *handed_in_by)
    return not is_theirs and not holds(sponsorship.chair_id, user)


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


def leads(partner: Partner, user: User) -> bool:
    """Return whether this person keeps the partner's people: an approved primary contact."""
    return user.is_authenticated and user.is_active and partner.contacts.primary().filter(user=user).exists()


def can_admit(contact: Contact, user: User) -> bool:
    """Admit a colleague: the partner's primary contact, or staff of a cluster that has dealt with the partner."""
    return answerable(Contact.objects.filter(pk=contact.pk), user).exists()


def answerable(contacts: ContactQuerySet, user: User) -> ContactQuerySet:
    """Narrow contacts to those whose request this person may answer (see `can_admit`): never their own.

    Staff who admitted themselves would read what the partner is to the other clusters.
    """
    if not user.is_authenticated or not user.is_active:
        return contacts.none()
    led = Contact.objects.primary().filter(user=user).values("partner")
    known = Sponsorship.objects.sent().filter(chair__cluster__in=clusters_with(user, EDITORS)).values("partner")
    return contacts.filter(Q(partner__in=led) | Q(partner__in=known)).exclude(user=user)
