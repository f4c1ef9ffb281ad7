"""What the design (§4) says of every verb, written by hand: never read from the code that it judges."""

from dataclasses import dataclass

from tests.personas import EDITOR, FINANCE, MANAGER, PARTNER, PI, SECOND_MANAGER

CHAIR_STATUSES = [
    "sourced",
    "draft",
    "submitted",
    "changes_requested",
    "approved",
    "active",
    "suspended",
    "closed",
    "declined",
    "withdrawn",
]
CHAIR_MOVES = {
    "adopt": {"sourced": "active"},
    "adopt_approved": {"sourced": "approved"},
    "adopt_closed": {"sourced": "closed"},
    "submit": {"draft": "submitted", "changes_requested": "submitted"},
    "request_changes": {"submitted": "changes_requested"},
    "approve": {"submitted": "approved"},
    "activate": {"approved": "active"},
    "suspend": {"active": "suspended"},
    "resume": {"suspended": "active"},
    "close": {"active": "closed", "suspended": "closed"},
    "decline": {"submitted": "declined", "changes_requested": "declined"},
    "withdraw": {
        "draft": "withdrawn",
        "submitted": "withdrawn",
        "changes_requested": "withdrawn",
        "approved": "withdrawn",
    },
}
CHAIR_MOMENTS = {
    "submitted": "submitted_at",
    "changes_requested": "changes_requested_at",
    "approved": "approved_at",
    "active": "activated_at",
    "suspended": "suspended_at",
    "closed": "closed_at",
    "declined": "declined_at",
    "withdrawn": "withdrawn_at",
}
CHAIR_NOTES = {"request_changes", "suspend", "decline", "withdraw"}
# The cast's MANAGER registered the chair; four eyes keep their own decisions from them.
CHAIR_ALLOWED = {
    "adopt": {MANAGER, SECOND_MANAGER},
    "adopt_approved": {MANAGER, SECOND_MANAGER},
    "adopt_closed": {MANAGER, SECOND_MANAGER},
    "submit": {EDITOR, MANAGER, SECOND_MANAGER},
    "request_changes": {MANAGER, SECOND_MANAGER},
    "approve": {SECOND_MANAGER},
    "activate": {MANAGER, SECOND_MANAGER},
    "suspend": {SECOND_MANAGER},
    "resume": {MANAGER, SECOND_MANAGER},
    "close": {SECOND_MANAGER},
    "decline": {SECOND_MANAGER},
    "withdraw": {EDITOR, MANAGER, SECOND_MANAGER},
}
# Where the status changes who may. What a manager approved, and the public sees, only a manager takes back.
CHAIR_ALLOWED_WHEN = {("withdraw", "approved"): {MANAGER, SECOND_MANAGER}}

SPONSORSHIP_STATUSES = [
    "draft",
    "submitted",
    "in_review",
    "changes_requested",
    "accepted",
    "active",
    "completed",
    "declined",
    "withdrawn",
    "terminated",
]
SPONSORSHIP_MOVES = {
    "submit": {"draft": "submitted"},
    "resubmit": {"changes_requested": "in_review"},
    "review": {"submitted": "in_review"},
    "request_changes": {"in_review": "changes_requested"},
    "accept": {"in_review": "accepted"},
    "decline": {
        "submitted": "declined",
        "in_review": "declined",
        "changes_requested": "declined",
        "accepted": "declined",
    },
    "withdraw": {
        "draft": "withdrawn",
        "submitted": "withdrawn",
        "in_review": "withdrawn",
        "changes_requested": "withdrawn",
        "accepted": "withdrawn",
    },
    "activate": {"accepted": "active"},
    "complete": {"active": "completed"},
    "terminate": {"active": "terminated"},
}
SPONSORSHIP_MOMENTS = {
    "submitted": "submitted_at",
    "in_review": "review_started_at",
    "changes_requested": "changes_requested_at",
    "accepted": "accepted_at",
    "active": "activated_at",
    "completed": "completed_at",
    "declined": "declined_at",
    "withdrawn": "withdrawn_at",
    "terminated": "terminated_at",
}
SPONSORSHIP_NOTES = {"request_changes", "decline", "terminate"}
# Of a proposal that the partner itself drafted: its words are nobody else's, and nobody else takes it back.
SPONSORSHIP_ALLOWED = {
    "submit": {PARTNER},
    "resubmit": {PARTNER},
    "review": {EDITOR, MANAGER, SECOND_MANAGER},
    "request_changes": {EDITOR, MANAGER, SECOND_MANAGER},
    "accept": {MANAGER, SECOND_MANAGER},
    "decline": {MANAGER, SECOND_MANAGER},
    "withdraw": {PARTNER},
    "activate": {MANAGER, SECOND_MANAGER},
    "complete": {MANAGER, SECOND_MANAGER},
    "terminate": {MANAGER, SECOND_MANAGER},
}

AGREEMENT_STATUSES = ["draft", "awaiting", "signed", "recorded", "void"]
AGREEMENT_MOVES = {
    "issue": {"draft": "awaiting"},
    "sign": {"awaiting": "awaiting"},
    "countersign": {"awaiting": "signed"},
    "record": {"draft": "recorded"},
    "void": {"draft": "void", "awaiting": "void"},
}
# By verb: the partner's signature leaves the status where it was.
AGREEMENT_MOMENTS = {
    "issue": "issued_at",
    "sign": "partner_signed_at",
    "countersign": "signed_at",
    "record": "recorded_at",
    "void": "voided_at",
}
AGREEMENT_NOTES = {"void"}
AGREEMENT_ALLOWED = {
    "issue": {MANAGER, SECOND_MANAGER},
    "sign": {PARTNER},
    "countersign": {MANAGER, SECOND_MANAGER},
    "record": {MANAGER, SECOND_MANAGER},
    "void": {MANAGER, SECOND_MANAGER},
}

INSTALMENT_STATUSES = ["planned", "due", "invoiced", "received", "written_off"]
INSTALMENT_MOVES = {
    "fall_due": {"planned": "due"},
    "invoice": {"due": "invoiced"},
    "receive_part": {"invoiced": "invoiced"},
    "receive": {"invoiced": "received"},
    "overpay": {"received": "received"},
    "refund": {"received": "received"},
    "reverse_payment": {"invoiced": "invoiced", "received": "invoiced"},
    "cancel_invoice": {"invoiced": "due"},
    "write_off": {"invoiced": "written_off"},
    "undo_write_off": {"written_off": "invoiced"},
}
# By verb: a partial payment, an overpayment, a refund and a reversal stamp entries, not the instalment.
INSTALMENT_MOMENTS = {
    "fall_due": "due_at",
    "invoice": "invoiced_at",
    "receive": "received_at",
    "cancel_invoice": "due_at",
    "write_off": "written_off_at",
    "undo_write_off": "invoiced_at",
}
# Where the status stays, they are in the log and in the ledger: the history of the fields has nothing to tell.
LEAVES_FIELDS = {"receive_part", "overpay", "refund", "reverse_payment"}
INSTALMENT_NOTES = {"refund", "reverse_payment", "cancel_invoice", "write_off", "undo_write_off"}
INSTALMENT_ALLOWED = {verb: {FINANCE, MANAGER, SECOND_MANAGER} for verb in INSTALMENT_MOVES}


REPORT_STATUSES = ["draft", "submitted", "sent_back", "accepted"]
REPORT_MOVES = {
    "submit": {"draft": "submitted", "sent_back": "submitted"},
    "send_back": {"submitted": "sent_back"},
    "accept": {"submitted": "accepted"},
}
REPORT_MOMENTS = {"submitted": "submitted_at", "sent_back": "sent_back_at", "accepted": "accepted_at"}
REPORT_NOTES = {"send_back"}
REPORT_ALLOWED = {
    "submit": {PI},
    "send_back": {EDITOR, MANAGER, SECOND_MANAGER},
    "accept": {EDITOR, MANAGER, SECOND_MANAGER},
}

# What a chair says of a year; staff may write and hand it in on the investigators' behalf.
CHAIR_YEAR_ALLOWED = {
    "submit": {PI, EDITOR, MANAGER, SECOND_MANAGER},
    "send_back": {EDITOR, MANAGER, SECOND_MANAGER},
    "accept": {MANAGER, SECOND_MANAGER},
}

YEAR_REPORT_STATUSES = ["draft", "accepted"]
YEAR_REPORT_MOVES = {"freeze": {"draft": "accepted"}}
YEAR_REPORT_MOMENTS = {"accepted": "accepted_at"}
YEAR_REPORT_NOTES: set = set()
YEAR_REPORT_ALLOWED = {"freeze": {MANAGER, SECOND_MANAGER}}


@dataclass(frozen=True)
class Life:
    """All that the tables say of one thing that has a life."""

    name: str
    statuses: list
    moves: dict
    allowed: dict
    allowed_when: dict

    def who_may(self, verb: str, status: str) -> set:
        """Return who can perform the verb in this status; nobody where it leads nowhere."""
        if status not in self.moves[verb]:
            return set()
        return self.allowed_when.get((verb, status), self.allowed[verb])


LIVES = [
    Life("chair", CHAIR_STATUSES, CHAIR_MOVES, CHAIR_ALLOWED, CHAIR_ALLOWED_WHEN),
    Life("sponsorship", SPONSORSHIP_STATUSES, SPONSORSHIP_MOVES, SPONSORSHIP_ALLOWED, {}),
    Life("agreement", AGREEMENT_STATUSES, AGREEMENT_MOVES, AGREEMENT_ALLOWED, {}),
    Life("instalment", INSTALMENT_STATUSES, INSTALMENT_MOVES, INSTALMENT_ALLOWED, {}),
    Life("report", REPORT_STATUSES, REPORT_MOVES, REPORT_ALLOWED, {}),
    Life("chair_year", REPORT_STATUSES, REPORT_MOVES, CHAIR_YEAR_ALLOWED, {}),
    Life("year_report", YEAR_REPORT_STATUSES, YEAR_REPORT_MOVES, YEAR_REPORT_ALLOWED, {}),
]
