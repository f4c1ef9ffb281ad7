"""The steps of a sponsorship, in the words that its partner reads."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.notices import notes_for_partner
from partners.enums import ContactState
from sponsorships.enums import AgreementStatus, SponsorshipStatus
from sponsorships.models import InstalmentTransition
from sponsorships.models.sponsorship_transition import PARTNERS_VERBS

# The next step in the partner's words, by status.
NEXT_STEPS = {
    SponsorshipStatus.DRAFT: gettext_lazy("The cluster does not see this proposal yet. Complete it, then send it."),
    SponsorshipStatus.SUBMITTED: gettext_lazy(
        "The cluster's office has received it and will start to review it. You will get an e-mail."
    ),
    SponsorshipStatus.IN_REVIEW: gettext_lazy(
        "The cluster's office is reviewing it with the chair. You will get an e-mail when they have a question or a "
        "decision."
    ),
    SponsorshipStatus.CHANGES_REQUESTED: gettext_lazy(
        "The cluster's office has a question for you. Change what is needed, then send the proposal again."
    ),
    SponsorshipStatus.ACCEPTED: gettext_lazy(
        "The cluster's office prepares the agreement with you. Nothing is due before it is signed."
    ),
    SponsorshipStatus.ACTIVE: gettext_lazy(
        "The agreement is signed and the research is under way. What is asked of you, and when, is shown below."
    ),
    SponsorshipStatus.COMPLETED: gettext_lazy("The research is done. Thank you."),
    SponsorshipStatus.DECLINED: gettext_lazy("This will go no further. You can propose something else."),
    SponsorshipStatus.WITHDRAWN: gettext_lazy("This will go no further. You can propose something else."),
    SponsorshipStatus.TERMINATED: gettext_lazy(
        "The sponsorship ended early. Only what was asked before remains to be paid."
    ),
}

# For an accepted proposal: what its agreement waits for.
TO_SIGN = gettext_lazy(
    "The agreement is ready: the organisation's signatory reads and signs it. Nothing is due before it is signed."
)
TO_COUNTERSIGN = gettext_lazy("The organisation has signed the agreement. The managing institution signs next.")
TO_START = gettext_lazy("The agreement is signed. The cluster's office starts the sponsorship next.")

STEPS = {
    "submit": gettext_lazy("The proposal was sent."),
    "review": gettext_lazy("The cluster started to review it."),
    "request_changes": gettext_lazy("The cluster asked for changes."),
    "resubmit": gettext_lazy("The revised proposal was sent."),
    "accept": gettext_lazy("The cluster accepted the proposal."),
    "decline": gettext_lazy("The cluster did not accept the proposal."),
    "withdraw": gettext_lazy("The proposal was withdrawn."),
    "activate": gettext_lazy("The research began."),
    "complete": gettext_lazy("The research is done, and all that was agreed is settled."),
    "terminate": gettext_lazy("The sponsorship ended early."),
    # Acts that do not change the status.
    "record_in_kind": gettext_lazy("The cluster recorded what was given in kind or skills."),
    "reverse_in_kind": gettext_lazy(
        "The cluster reversed a contribution in kind or skills: it was recorded by mistake."
    ),
    "take_over": gettext_lazy("The partner took over what the cluster's office had drafted for it."),
    "publish": gettext_lazy("What the public may see was changed."),
    "endorse": gettext_lazy("An investigator of the chair endorsed the proposal."),
    "take_back_endorsement": gettext_lazy("An investigator of the chair withdrew an endorsement."),
}
# The partner reads that an investigator endorsed, not who or why: the note is for the office.
OF_INVESTIGATORS = {"endorse", "take_back_endorsement"}
# Staff notes that do not appear in the partner's timeline.
OF_THE_OFFICE = {"resolve_conflict", "value_counterparts"}
# Verbs of an instalment or of the chair whose notes the partner reads in its timeline.
OF_INSTALMENTS = {
    "refund": gettext_lazy("%(instalment)s: the overpayment was refunded."),
    "reverse_payment": gettext_lazy("%(instalment)s: a payment was reversed."),
    "cancel_invoice": gettext_lazy("%(instalment)s: its invoice or call was cancelled."),
}
OF_THE_CHAIR = {
    "suspend": gettext_lazy("The chair was suspended."),
    "resume": gettext_lazy("The chair resumes."),
    "close": gettext_lazy("The chair was closed."),
    "withdraw": gettext_lazy("The chair was withdrawn."),
}


@dataclass(frozen=True)
class TimelineEntry:
    at: datetime
    what: str
    who: str
    note: str = ""
    remarks: tuple = ()


def next_step(sponsorship) -> str:
    """Return a sentence about the next step, and whose turn it is."""
    if sponsorship.status == SponsorshipStatus.ACCEPTED:
        if sponsorship.agreements.in_force().exists():
            return str(TO_START)
        issued = sponsorship.agreements.filter(status=AgreementStatus.AWAITING_SIGNATURE).last()
        if issued is not None:
            return str(TO_COUNTERSIGN if issued.partner_signed_at else TO_SIGN)
    return str(NEXT_STEPS[sponsorship.status])


@dataclass(frozen=True)
class NextAct:
    """A link that takes the partner to the next step."""

    label: str
    url: str


def next_act(sponsorship) -> NextAct | None:
    """Return the next act for an accepted sponsorship: sign the agreement, or write to the office; None for others."""
    if sponsorship.status != SponsorshipStatus.ACCEPTED:
        return None
    issued = sponsorship.agreements.filter(status=AgreementStatus.AWAITING_SIGNATURE, partner_signed_at=None).last()
    if issued is not None:
        return NextAct(_("Read and sign the agreement"), issued.get_absolute_url())
    return NextAct(_("Write to the office"), reverse("conversations:thread", args=[sponsorship.reference]))


def timeline(sponsorship) -> list[TimelineEntry]:
    """Return the steps of a sponsorship, oldest first. Staff appear as the cluster's office, without name or address."""
    # Without people who only asked to act for the partner: staff notes about them stay internal.
    speaking = sponsorship.partner.contacts.filter(state__in=[ContactState.APPROVED, ContactState.REMOVED])
    colleagues = set(speaking.values_list("user", flat=True))
    begun = _who(sponsorship, sponsorship.created_by, colleagues, is_partners_act=True)
    steps = [TimelineEntry(sponsorship.created_at, _("The draft was begun."), begun)]
    # Notes of these verbs are written for the partner; those of other verbs stay in the office.
    for_partner = notes_for_partner(type(sponsorship))
    lines = sponsorship.transitions.exclude(verb__in=OF_THE_OFFICE)
    for line in lines.select_related("by").prefetch_related("remarks"):
        if line.verb in OF_INVESTIGATORS:
            steps.append(TimelineEntry(line.at, str(STEPS[line.verb]), ""))
            continue
        is_theirs = line.by_id in colleagues
        shown = line.note if is_theirs or line.verb in for_partner else ""
        what = str(STEPS.get(line.verb, line.done))
        who = _who(sponsorship, line.by, colleagues, is_partners_act=line.verb in PARTNERS_VERBS)
        steps.append(TimelineEntry(line.at, what, who, shown, tuple(line.remarks.all())))
    return sorted([*steps, *_beside(sponsorship)], key=lambda step: step.at)


def _beside(sponsorship) -> list[TimelineEntry]:
    """Return the entries about the sponsorship's instalments and chair that the partner was told of, with the office's note."""
    if sponsorship.submitted_at is None:
        return []
    office = office_of(sponsorship)
    of_money = InstalmentTransition.objects.filter(record__sponsorship=sponsorship, verb__in=OF_INSTALMENTS)
    of_chair = sponsorship.chair.transitions.filter(verb__in=OF_THE_CHAIR, at__gte=sponsorship.submitted_at)
    money = [
        TimelineEntry(line.at, OF_INSTALMENTS[line.verb] % {"instalment": line.record}, office, line.note)
        for line in of_money.select_related("record")
    ]
    return money + [TimelineEntry(line.at, str(OF_THE_CHAIR[line.verb]), office, line.note) for line in of_chair]


def office_of(sponsorship) -> str:
    return _("the office of %(cluster)s") % {"cluster": sponsorship.chair.cluster}


def last_question(sponsorship) -> str:
    """Return what the cluster asked for while the partner's answer is awaited, else an empty text."""
    if sponsorship.status != SponsorshipStatus.CHANGES_REQUESTED:
        return ""
    asked = sponsorship.transitions.filter(verb="request_changes").last()
    return asked.note if asked else ""


def _who(sponsorship, user, colleagues: set[int], *, is_partners_act: bool) -> str:
    """Return a colleague's name or the office, adding the partner if the office acted on its behalf."""
    if user and user.pk in colleagues:
        return user.name
    office = office_of(sponsorship)
    if not is_partners_act:
        return office
    return _("%(name)s, on behalf of %(partner)s") % {"name": office, "partner": sponsorship.partner}
