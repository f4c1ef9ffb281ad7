"""What is kept about people: their own page by a link, and what staff do about it."""

from rights.links import token_of
from tests.matrix.expect import (
    EDITORS_HERE,
    KEEPERS,
    NATION,
    OUTSIDERS,
    STAFF,
    STAFF_HERE,
    Row,
    answers,
    public,
)
from tests.personas import PI

SEE_HERE = STAFF_HERE | NATION
HIDE = EDITORS_HERE | KEEPERS


def person(world):
    return [world.person.pk]


def act(name, may, done=302, **more) -> Row:
    """A page on which something is confirmed about a person of the cluster."""
    no = (403, SEE_HERE | OUTSIDERS)
    return Row(f"panel_rights:{name}", answers(404, no, (200, may)), answers(404, no, (done, may)), person, **more)


def look(name) -> Row:
    return Row(f"panel_rights:{name}", answers(404, (403, SEE_HERE | OUTSIDERS), (200, KEEPERS)), args=person)


MY = [
    Row(
        "rights:about_me",
        public(),
        public(302),
        lambda w: [token_of(w.person, w.person.user.email)],
        data=lambda w: {"act": "correct", "text": "A reason."},
    ),
    Row(
        "rights:about_me_signed_in",
        answers(404, (200, {PI})),
        answers(404, (302, {PI})),
        data=lambda w: {"act": "correct", "text": "A reason."},
    ),
    Row("rights:about_me", public(404), public(404), lambda w: ["altered"], "altered"),
]
ASK = answers(404, (403, SEE_HERE | OUTSIDERS), (200, EDITORS_HERE))
ASKED = answers(404, (403, SEE_HERE | OUTSIDERS), (302, EDITORS_HERE))
# What two people change.
BY_TWO = [
    Row("admin:chairs_chair_ask", ASK, ASKED, lambda w: [w.chair.pk], data=lambda w: {"starts_on": "2020-01-01", "why": "A reason."}),
    # What is posted asks for nothing else than there is.
    Row("admin:chairs_chair_investigators", ASK, ASK, lambda w: [w.chair.pk], data=lambda w: {"why": "A reason."}),
    Row("admin:partners_partner_ask", ASK, ASKED, lambda w: [w.sponsor.pk], data=lambda w: {"name": "Another", "why": "A reason."}),
    Row("admin:partners_contact_ask", ASK, ASKED, lambda w: [w.newcomer.pk], data=lambda w: {"is_signatory": "on", "why": "A reason."}),
    Row("admin:clusters_changerequest_decide", ASK, ASKED, lambda w: [w.asked_change.pk], data=lambda w: {"decision": "refuse"}),
]  # fmt: skip
DESK = [
    *BY_TWO,
    act("hide", HIDE),
    act("link", HIDE),
    # Somebody who holds a place in a running chair is not anonymised.
    act("anonymise", KEEPERS, done=200),
    Row(
        "panel_rights:forget_contact",
        answers(404, (403, SEE_HERE | OUTSIDERS), (200, KEEPERS)),
        answers(404, (403, SEE_HERE | OUTSIDERS), (302, KEEPERS)),
        lambda w: [w.known.pk],
    ),
    # A file is missing: the page says so.
    act("photograph", HIDE, done=200),
    act("photograph_end", HIDE),
    look("file"),
    look("file_json"),
    look("file_xlsx"),
    Row(
        "panel_rights:retention",
        answers(403, (200, STAFF)),
        answers(403, (302, KEEPERS)),
        data=lambda w: {"period": "accounts"},
    ),
    Row(
        "admin:rights_correctionrequest_answer",
        answers(404, (403, SEE_HERE | OUTSIDERS), (200, EDITORS_HERE)),
        answers(404, (403, SEE_HERE | OUTSIDERS), (302, EDITORS_HERE)),
        lambda w: [w.correction.pk],
        data=lambda w: {"note": "A reason."},
    ),
]
