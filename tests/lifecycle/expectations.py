"""What the design (§4) says of every verb, written by hand: never read from the code that it judges."""

from dataclasses import dataclass

from tests.personas import EDITOR, MANAGER, PARTNER, SECOND_MANAGER

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
    "decline": {"submitted": "declined", "in_review": "declined", "changes_requested": "declined"},
    "withdraw": {
        "draft": "withdrawn",
        "submitted": "withdrawn",
        "in_review": "withdrawn",
        "changes_requested": "withdrawn",
        "accepted": "withdrawn",
    },
}
SPONSORSHIP_MOMENTS = {
    "submitted": "submitted_at",
    "in_review": "review_started_at",
    "changes_requested": "changes_requested_at",
    "accepted": "accepted_at",
    "declined": "declined_at",
    "withdrawn": "withdrawn_at",
}
SPONSORSHIP_NOTES = {"request_changes", "decline"}
# Of a proposal that the partner itself drafted; what it has sent, staff may revise or withdraw on its behalf.
SPONSORSHIP_ALLOWED = {
    "submit": {PARTNER},
    "resubmit": {PARTNER, EDITOR, MANAGER, SECOND_MANAGER},
    "review": {EDITOR, MANAGER, SECOND_MANAGER},
    "request_changes": {EDITOR, MANAGER, SECOND_MANAGER},
    "accept": {MANAGER, SECOND_MANAGER},
    "decline": {MANAGER, SECOND_MANAGER},
    "withdraw": {PARTNER},
}
SPONSORSHIP_ALLOWED_WHEN = {
    ("withdraw", status): {PARTNER, EDITOR, MANAGER, SECOND_MANAGER}
    for status in ("submitted", "in_review", "changes_requested", "accepted")
}


@dataclass(frozen=True)
class Life:
    """All that the tables say of one thing that has a life."""

    name: str
    statuses: list
    moves: dict
    allowed: dict
    allowed_when: dict

    def who_may(self, verb: str, status: str) -> set:
        """Answer who can perform the verb in this status; nobody where it leads nowhere."""
        if status not in self.moves[verb]:
            return set()
        return self.allowed_when.get((verb, status), self.allowed[verb])


LIVES = [
    Life("chair", CHAIR_STATUSES, CHAIR_MOVES, CHAIR_ALLOWED, CHAIR_ALLOWED_WHEN),
    Life("sponsorship", SPONSORSHIP_STATUSES, SPONSORSHIP_MOVES, SPONSORSHIP_ALLOWED, SPONSORSHIP_ALLOWED_WHEN),
]
