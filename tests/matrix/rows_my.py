"""The pages of people who are not staff: a partner's files, an investigator's chairs."""

import uuid

from chairs.consent.links import token_of
from partners import colleagues
from tests.matrix.expect import EDITORS_HERE, NATION, STAFF_HERE, Row, answers, public, signed_in
from tests.personas import FINANCE, PARTNER, PI, READER, RIVAL

PARTNER_ONLY = answers(404, (200, {PARTNER}))
PARTNER_ACTS = answers(404, (302, {PARTNER}))
ONLY_READ = STAFF_HERE | NATION | {PI}
READ = answers(404, (200, STAFF_HERE | NATION | {PI, PARTNER}))
# The words are the partner's own; who only reads the file is told no.
PROPOSE = answers(404, (200, {PARTNER}), (403, ONLY_READ))
PROPOSED = answers(404, (302, {PARTNER}), (403, ONLY_READ))
# The chair's investigators alone; whoever else reads the proposal is told no.
NOT_TO_ENDORSE = STAFF_HERE | NATION | {PARTNER}
ENDORSE = answers(404, (200, {PI}), (403, NOT_TO_ENDORSE))
ENDORSED = answers(404, (302, {PI}), (403, NOT_TO_ENDORSE))
# An investigator, and staff of the chair's cluster.
KEEP_CHAIR = answers(404, (200, EDITORS_HERE | {PI}), (403, NATION | {READER, FINANCE}))
KEPT_CHAIR = answers(404, (302, EDITORS_HERE | {PI}), (403, NATION | {READER, FINANCE}))

# What is said on a sponsorship: all who see it read it; readers and the nation only read.
WRITTEN = answers(404, (302, EDITORS_HERE | {FINANCE, PI, PARTNER}), (403, NATION | {READER}))

# The partner's signatories alone.
NOT_TO_SIGN = STAFF_HERE | NATION | {PI}
SIGN = answers(404, (200, {PARTNER}), (403, NOT_TO_SIGN))
# What a tax receipt is made of, the office's value of counterparts too, is no investigator's.
READ_RECEIPT = answers(404, (200, STAFF_HERE | NATION | {PARTNER}))
IN_THE_OFFICE = answers(404, (200, STAFF_HERE | NATION))

# The partner's contacts decide; who only reads the file is told no.
NOT_TO_DECIDE = STAFF_HERE | NATION | {PI}
DECIDE = answers(404, (200, {PARTNER}), (403, NOT_TO_DECIDE))
DECIDED = answers(404, (302, {PARTNER}), (403, NOT_TO_DECIDE))
# The chair's investigators write.
WRITE_REPORT = answers(404, (200, {PI}), (403, NOT_TO_ENDORSE))

DRAFT, SUBMITTED, ASKED = "draft", "submitted", "changes_requested"


def reference(status):
    return lambda world: [world.sponsorships[status].reference]


def unnamed(status):
    """What a partner types that wishes to stay unnamed."""
    return lambda world: {"confidentiality": "anonymous", "revision": world.sponsorships[status].revision}


def paper(state):
    return lambda world: [world.papers[state].reference]


def report(status):
    return lambda world: [world.reports[status].reference]


def chair(status):
    return lambda world: [world.cluster.slug, world.chairs[status].slug]


def revision(status):
    return lambda world: {"revision": world.sponsorships[status].revision}


def newcomer(world):
    return [world.company.slug, world.newcomer.pk]


def company(world):
    return [world.company.slug]


def colleague(world):
    return [world.company.slug, world.colleague.pk]


def own_place(world):
    return [world.chairs["active"].appointments.get(person=world.person).pk]


def link(world):
    return token_of(world.asked, "asked@example.org")


def says(answer):
    return lambda world: {"answer": answer}


MY = [
    Row("portal:home", signed_in()),
    Row("portal:home", signed_in(), query="?page=x", about="nonsense"),
    # A proposal.
    Row("sponsorships:new", answers(302, (200, {PARTNER, RIVAL}), anonymous=200), args=chair("active")),
    Row("sponsorships:new", answers(302, anonymous=302), args=chair("suspended"), about="in a suspended chair"),
    Row("sponsorships:new", answers(404, anonymous=404), args=chair("draft"), about="in a draft chair"),
    Row("sponsorships:detail", PARTNER_ONLY, args=reference(DRAFT), about="a draft"),
    Row("sponsorships:detail", READ, args=reference(SUBMITTED), about="sent"),
    Row("sponsorships:edit", PARTNER_ONLY, args=reference(DRAFT), about="a draft"),
    Row("sponsorships:edit", PARTNER_ONLY, args=reference(DRAFT), about="a draft, checked", query="?check=1"),
    Row("sponsorships:edit", PARTNER_ONLY, args=reference(DRAFT), about="a step", query="?step=how-much&check=1"),
    Row("sponsorships:edit", PROPOSE, args=reference(ASKED), about="changes requested"),
    Row("sponsorships:edit", PROPOSED, args=reference(SUBMITTED), about="sent"),
    Row("sponsorships:submit", PARTNER_ONLY, PARTNER_ACTS, reference(DRAFT), data=revision(DRAFT)),
    Row("sponsorships:resubmit", PROPOSE, PROPOSED, reference(ASKED), data=revision(ASKED)),
    Row("sponsorships:withdraw", PARTNER_ONLY, PARTNER_ACTS, reference(DRAFT), about="a draft"),
    Row("sponsorships:withdraw", PROPOSE, PROPOSED, reference(SUBMITTED), about="sent"),
    Row("sponsorships:document", READ, args=lambda w: [w.document.sponsorship.reference, w.document.pk]),
    Row(
        "sponsorships:document",
        answers(404),
        args=lambda w: [w.sponsorships[SUBMITTED].reference, w.document.pk],
        about="of another proposal",
    ),
    Row("sponsorships:endorse", ENDORSE, ENDORSED, reference(SUBMITTED)),
    Row("sponsorships:endorse", answers(404, (403, {PARTNER})), args=reference(DRAFT), about="a draft"),
    Row("sponsorships:take_back", answers(404, (302, {PI}), (403, NOT_TO_ENDORSE)), ENDORSED, reference(SUBMITTED)),
    Row("sponsorships:chair_proposals", signed_in()),
    Row("sponsorships:chair_proposals", signed_in(), query="?page=x", about="nonsense"),
    # Messages.
    Row(
        "conversations:thread",
        READ,
        WRITTEN,
        reference(SUBMITTED),
        data=lambda w: {"token": str(uuid.uuid4()), "text": "A word."},
    ),
    Row("conversations:thread", answers(404), answers(404), reference(DRAFT), about="a draft"),
    Row(
        "conversations:read", signed_in(405), answers(404, (302, STAFF_HERE | NATION | {PI, PARTNER})), reference(SUBMITTED)
    ),
    Row("conversations:file", READ, args=lambda w: [w.attachment.message.sponsorship.reference, w.attachment.pk]),
    Row(
        "conversations:file",
        answers(404, (200, STAFF_HERE | NATION)),
        args=lambda w: [w.note_file.message.sponsorship.reference, w.note_file.pk],
        about="of a staff note",
    ),
    # An agreement that is signed here.
    Row("sponsorships:agreement", IN_THE_OFFICE, args=paper("draft"), about="a draft"),
    Row("sponsorships:agreement", READ, args=paper("issued"), about="issued"),
    Row("sponsorships:agreement", READ, args=paper("bound"), about="in force"),
    Row("sponsorships:agreement_document", answers(404), args=paper("draft"), about="a draft"),
    Row("sponsorships:agreement_document", READ, args=paper("issued")),
    Row("sponsorships:agreement_signatures", answers(404), args=paper("issued"), about="not yet signed"),
    Row("sponsorships:agreement_signatures", READ, args=paper("bound")),
    Row("sponsorships:agreement_preview", IN_THE_OFFICE, args=paper("draft")),
    Row("sponsorships:agreement_preview", answers(404), args=paper("issued"), about="issued"),
    Row("sponsorships:agreement_sign", SIGN, SIGN, paper("issued")),
    Row("sponsorships:agreement_sign", answers(404, (302, {PARTNER}), (403, NOT_TO_SIGN)), args=paper("bound"), about="in force"),
    Row("sponsorships:agreement_sign", answers(404, (403, STAFF_HERE | NATION)), args=paper("draft"), about="a draft"),
    Row("sponsorships:agreement_code", signed_in(405), answers(404, (302, {PARTNER}), (403, NOT_TO_SIGN)), paper("issued")),
    # What the public may see: the partner decides.
    Row("sponsorships:publication", PARTNER_ONLY, args=reference(DRAFT), about="a draft"),
    Row("sponsorships:publication", DECIDE, DECIDED, reference(SUBMITTED), data=unnamed(SUBMITTED)),
    # A report on progress.
    Row("progress:new", WRITE_REPORT, args=lambda w: [w.sponsorships["active"].reference]),
    Row("progress:new", answers(404, (302, {PI}), (403, NOT_TO_ENDORSE)), args=reference(SUBMITTED), about="not running"),
    Row("progress:detail", answers(404, (200, {PI})), args=report("draft"), about="a draft"),
    Row("progress:detail", answers(404, (200, STAFF_HERE | NATION | {PI})), args=report("submitted"), about="handed in"),
    Row("progress:detail", READ, args=report("accepted"), about="accepted"),
    Row("progress:edit", answers(404, (200, {PI})), args=report("draft"), about="a draft"),
    Row("progress:edit", answers(404, (200, {PI}), (403, STAFF_HERE | NATION)), args=report("sent_back"), about="sent back"),
    Row("progress:edit", answers(404, (302, {PI}), (403, NOT_TO_ENDORSE)), args=report("accepted"), about="accepted"),
    Row("progress:submit", signed_in(405), answers(404, (302, {PI})), report("draft")),
    Row("progress:file", answers(404, (200, STAFF_HERE | NATION | {PI})), args=lambda w: [w.report_file.report.reference, w.report_file.pk]),
    # An organisation.
    Row("partners:new", signed_in()),
    Row("partners:detail", PARTNER_ONLY, args=lambda w: [w.company.slug]),
    Row("partners:contact_admit", signed_in(405), PARTNER_ACTS, newcomer),
    Row("partners:contact_refuse", signed_in(405), PARTNER_ACTS, newcomer),
    Row("partners:edit", PARTNER_ONLY, PARTNER_ACTS, company, data=lambda w: {"size": "sme"}),
    Row("partners:colleague_invite", PARTNER_ONLY, PARTNER_ACTS, company, data=lambda w: {"email": "new@example.org"}),
    Row("partners:invitation_cancel", signed_in(405), PARTNER_ACTS, lambda w: [w.company.slug, w.invitation.pk]),
    Row("partners:colleague_roles", PARTNER_ONLY, PARTNER_ACTS, colleague),
    Row("partners:colleague_remove", PARTNER_ONLY, PARTNER_ACTS, colleague),
    # Sent to an address that is none of theirs.
    Row("partners:invitation", signed_in(), signed_in(), lambda w: [colleagues.token_of(w.invitation)]),
    Row("partners:invitation", answers(404), answers(404), lambda w: [colleagues.token_of(w.invitation)[:-1]], "altered"),
    # The data of a gift's tax receipt.
    Row("sponsorships:receipt", READ_RECEIPT, args=lambda w: [w.donation.reference]),
    Row("sponsorships:receipt", answers(404), args=reference("active"), about="of a research partnership"),
    # A chair.
    Row("chairs:page_text", KEEP_CHAIR, args=chair("active")),
    Row("chairs:page_text", KEEP_CHAIR, args=chair("draft"), about="a draft"),
    Row("chairs:activity_new", KEEP_CHAIR, args=chair("active")),
    Row("chairs:outputs_keep", KEEP_CHAIR, KEEP_CHAIR, chair("active"), data=lambda w: {"pasted": "10.1000/182"}),
    Row("chairs:outputs_keep", KEEP_CHAIR, args=chair("draft"), about="of a draft"),
    Row("chairs:activity_close", KEEP_CHAIR, KEPT_CHAIR, lambda w: [w.activity.pk]),
    # Whether one agrees to be named. The link in the mail needs no account.
    Row("chairs:consent_by_account", answers(404, (200, {PI})), answers(404, (302, {PI})), own_place, data=says("withdrawn")),
    Row("chairs:consent_by_account", answers(404), answers(404), lambda w: [w.asked.pk], "another's", data=says("accepted")),
    Row("chairs:consent_by_link", public(), public(302), lambda w: [link(w)], data=says("declined")),
    Row("chairs:consent_by_link", public(404), public(404), lambda w: [link(w)[:-1]], "altered", data=says("accepted")),
]  # fmt: skip
