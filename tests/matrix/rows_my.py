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
    Row("my_home", signed_in()),
    Row("my_home", signed_in(), query="?page=x", about="nonsense"),
    # A proposal.
    Row("sponsorship_new", answers(302, (200, {PARTNER, RIVAL})), args=chair("active")),
    Row("sponsorship_new", answers(302), args=chair("suspended"), about="in a suspended chair"),
    Row("sponsorship_new", answers(404), args=chair("draft"), about="in a draft chair"),
    Row("my_sponsorship", PARTNER_ONLY, args=reference(DRAFT), about="a draft"),
    Row("my_sponsorship", READ, args=reference(SUBMITTED), about="sent"),
    Row("sponsorship_edit", PARTNER_ONLY, args=reference(DRAFT), about="a draft"),
    Row("sponsorship_edit", PARTNER_ONLY, args=reference(DRAFT), about="a draft, checked", query="?check=1"),
    Row("sponsorship_edit", PROPOSE, args=reference(ASKED), about="changes requested"),
    Row("sponsorship_edit", PROPOSED, args=reference(SUBMITTED), about="sent"),
    Row("sponsorship_submit", PARTNER_ONLY, PARTNER_ACTS, reference(DRAFT), data=revision(DRAFT)),
    Row("sponsorship_resubmit", PROPOSE, PROPOSED, reference(ASKED), data=revision(ASKED)),
    Row("sponsorship_withdraw", PARTNER_ONLY, PARTNER_ACTS, reference(DRAFT), about="a draft"),
    Row("sponsorship_withdraw", PROPOSE, PROPOSED, reference(SUBMITTED), about="sent"),
    Row("sponsorship_document", READ, args=lambda w: [w.document.sponsorship.reference, w.document.pk]),
    Row(
        "sponsorship_document",
        answers(404),
        args=lambda w: [w.sponsorships[SUBMITTED].reference, w.document.pk],
        about="of another proposal",
    ),
    Row("sponsorship_endorse", ENDORSE, ENDORSED, reference(SUBMITTED)),
    Row("sponsorship_endorse", answers(404, (403, {PARTNER})), args=reference(DRAFT), about="a draft"),
    Row("endorsement_take_back", answers(404, (302, {PI}), (403, NOT_TO_ENDORSE)), ENDORSED, reference(SUBMITTED)),
    Row("chair_proposals", signed_in()),
    Row("chair_proposals", signed_in(), query="?page=x", about="nonsense"),
    # Messages.
    Row(
        "sponsorship_messages",
        READ,
        WRITTEN,
        reference(SUBMITTED),
        data=lambda w: {"token": str(uuid.uuid4()), "text": "A word."},
    ),
    Row("sponsorship_messages", answers(404), answers(404), reference(DRAFT), about="a draft"),
    Row(
        "messages_read", signed_in(405), answers(404, (302, STAFF_HERE | NATION | {PI, PARTNER})), reference(SUBMITTED)
    ),
    Row("message_file", READ, args=lambda w: [w.attachment.message.sponsorship.reference, w.attachment.pk]),
    Row(
        "message_file",
        answers(404, (200, STAFF_HERE | NATION)),
        args=lambda w: [w.note_file.message.sponsorship.reference, w.note_file.pk],
        about="of a staff note",
    ),
    # An agreement that is signed here.
    Row("my_agreement", IN_THE_OFFICE, args=paper("draft"), about="a draft"),
    Row("my_agreement", READ, args=paper("issued"), about="issued"),
    Row("my_agreement", READ, args=paper("bound"), about="in force"),
    Row("agreement_document", answers(404), args=paper("draft"), about="a draft"),
    Row("agreement_document", READ, args=paper("issued")),
    Row("agreement_signatures", answers(404), args=paper("issued"), about="not yet signed"),
    Row("agreement_signatures", READ, args=paper("bound")),
    Row("agreement_preview", IN_THE_OFFICE, args=paper("draft")),
    Row("agreement_preview", answers(404), args=paper("issued"), about="issued"),
    Row("agreement_sign", SIGN, SIGN, paper("issued")),
    Row("agreement_sign", answers(404, (302, {PARTNER}), (403, NOT_TO_SIGN)), args=paper("bound"), about="in force"),
    Row("agreement_sign", answers(404, (403, STAFF_HERE | NATION)), args=paper("draft"), about="a draft"),
    Row("agreement_code", signed_in(405), answers(404, (302, {PARTNER}), (403, NOT_TO_SIGN)), paper("issued")),
    # What the public may see: the partner decides.
    Row("sponsorship_publication", PARTNER_ONLY, args=reference(DRAFT), about="a draft"),
    Row("sponsorship_publication", DECIDE, DECIDED, reference(SUBMITTED), data=unnamed(SUBMITTED)),
    # A report on progress.
    Row("report_new", WRITE_REPORT, args=lambda w: [w.sponsorships["active"].reference]),
    Row("report_new", answers(404, (302, {PI}), (403, NOT_TO_ENDORSE)), args=reference(SUBMITTED), about="not running"),
    Row("my_report", answers(404, (200, {PI})), args=report("draft"), about="a draft"),
    Row("my_report", answers(404, (200, STAFF_HERE | NATION | {PI})), args=report("submitted"), about="handed in"),
    Row("my_report", READ, args=report("accepted"), about="accepted"),
    Row("report_edit", answers(404, (200, {PI})), args=report("draft"), about="a draft"),
    Row("report_edit", answers(404, (200, {PI}), (403, STAFF_HERE | NATION)), args=report("sent_back"), about="sent back"),
    Row("report_edit", answers(404, (302, {PI}), (403, NOT_TO_ENDORSE)), args=report("accepted"), about="accepted"),
    Row("report_submit", signed_in(405), answers(404, (302, {PI})), report("draft")),
    Row("report_file", answers(404, (200, STAFF_HERE | NATION | {PI})), args=lambda w: [w.report_file.report.reference, w.report_file.pk]),
    # An organisation.
    Row("partner_new", signed_in()),
    Row("my_partner", PARTNER_ONLY, args=lambda w: [w.company.slug]),
    Row("contact_admit", signed_in(405), PARTNER_ACTS, newcomer),
    Row("contact_refuse", signed_in(405), PARTNER_ACTS, newcomer),
    Row("partner_details", PARTNER_ONLY, PARTNER_ACTS, company, data=lambda w: {"size": "sme"}),
    Row("colleague_invite", PARTNER_ONLY, PARTNER_ACTS, company, data=lambda w: {"email": "new@example.org"}),
    Row("invitation_cancel", signed_in(405), PARTNER_ACTS, lambda w: [w.company.slug, w.invitation.pk]),
    Row("colleague_roles", PARTNER_ONLY, PARTNER_ACTS, colleague),
    Row("colleague_remove", PARTNER_ONLY, PARTNER_ACTS, colleague),
    # Sent to an address that is none of theirs.
    Row("invitation", signed_in(), signed_in(), lambda w: [colleagues.token_of(w.invitation)]),
    Row("invitation", answers(404), answers(404), lambda w: [colleagues.token_of(w.invitation)[:-1]], "altered"),
    # The data of a gift's tax receipt.
    Row("sponsorship_receipt", READ_RECEIPT, args=lambda w: [w.donation.reference]),
    Row("sponsorship_receipt", answers(404), args=reference("active"), about="of a research partnership"),
    # A chair.
    Row("chair_page_text", KEEP_CHAIR, args=chair("active")),
    Row("chair_page_text", KEEP_CHAIR, args=chair("draft"), about="a draft"),
    Row("activity_new", KEEP_CHAIR, args=chair("active")),
    Row("activity_close", KEEP_CHAIR, KEPT_CHAIR, lambda w: [w.activity.pk]),
    # Whether one agrees to be named. The link in the mail needs no account.
    Row("consent_by_account", answers(404, (200, {PI})), answers(404, (302, {PI})), own_place, data=says("withdrawn")),
    Row("consent_by_account", answers(404), answers(404), lambda w: [w.asked.pk], "another's", data=says("accepted")),
    Row("consent_by_link", public(), public(302), lambda w: [link(w)], data=says("declined")),
    Row("consent_by_link", public(404), public(404), lambda w: [link(w)[:-1]], "altered", data=says("accepted")),
]  # fmt: skip
