"""The desk of staff and what stands round it: the cluster's team."""

from clusters import team
from core.mail.letters import stop_url
from tests.matrix.expect import KEEPERS, MANAGERS_HERE, NATION, OUTSIDERS, STAFF_HERE, Row, answers, public
from tests.personas import COORDINATOR, EDITOR, FINANCE, READER, SUPERUSER

LEADING = MANAGERS_HERE | {COORDINATOR, SUPERUSER}
TEAM = answers(404, (200, STAFF_HERE | NATION), (403, OUTSIDERS))
ASKED = answers(404, (403, STAFF_HERE | NATION | OUTSIDERS), (200, LEADING))
DONE = answers(404, (403, STAFF_HERE | NATION | OUTSIDERS), (302, LEADING))


def here(world):
    return [world.cluster.slug]


def role(world):
    return [world.cluster.slug, world.role.pk]


def of_file(world):
    return ["sponsorships", "sponsorship", world.sponsorships["changes_requested"].pk]


def delegation(world):
    return [world.delegation.pk]


DESK = answers(200, (403, OUTSIDERS))
POSTED = answers(405, (403, OUTSIDERS))
SEEN = answers(404, (200, STAFF_HERE | NATION), (403, OUTSIDERS))
GOES_ON = answers(404, (302, STAFF_HERE | NATION), (403, OUTSIDERS))
FOLLOWED = MANAGERS_HERE | {EDITOR, FINANCE}
TASKS = [
    Row("panel_desk:mine", DESK),
    Row("panel_desk:team", DESK),
    Row("panel_desk:changes", DESK, answers(302, (403, OUTSIDERS))),
    Row("panel_desk:stand_ins", DESK),
    Row(
        "panel_desk:name_stand_in",
        answers(404, (200, STAFF_HERE), (403, OUTSIDERS)),
        answers(404, (302, STAFF_HERE - {FINANCE}), (200, {FINANCE}), (403, OUTSIDERS)),
        here,
        data=lambda w: {"to": w.cast[FINANCE].pk, "starts_on": w.delegation.starts_on, "ends_on": w.delegation.ends_on},
    ),
    Row(
        "panel_desk:end_stand_in",
        POSTED,
        answers(404, (302, MANAGERS_HERE | {FINANCE, READER}), (403, OUTSIDERS)),
        delegation,
    ),
    Row("panel_desk:act_for", POSTED, answers(404, (302, {READER}), (403, OUTSIDERS)), delegation),
    Row("panel_desk:stop_acting", POSTED, answers(302, (403, OUTSIDERS))),
    Row("panel_desk:calendar", DESK),
    Row("panel_desk:calendar", DESK, query="?month=%00", about="nonsense"),
    Row("panel_desk:calendar_address", POSTED, answers(302, (403, OUTSIDERS))),
    Row("panel_desk:task", SEEN, args=of_file),
    Row("panel_desk:task", answers(404, (403, OUTSIDERS)), args=lambda w: ["accounts", "user", 1], about="not kept"),
    Row("panel_desk:take", POSTED, GOES_ON, of_file),
    Row("panel_desk:give_back", POSTED, GOES_ON, of_file),
    Row("panel_desk:note", POSTED, GOES_ON, of_file, data=lambda w: {"text": "A staff note."}),
    Row(
        "panel_desk:assign",
        answers(404, (403, STAFF_HERE | NATION | OUTSIDERS), (200, MANAGERS_HERE)),
        answers(404, (403, STAFF_HERE | NATION | OUTSIDERS), (200, MANAGERS_HERE)),
        of_file,
    ),
    Row(
        "panel_desk:remind",
        answers(404, (403, STAFF_HERE | NATION | OUTSIDERS), (200, FOLLOWED)),
        answers(404, (403, STAFF_HERE | NATION | OUTSIDERS), (302, FOLLOWED)),
        of_file,
    ),
]
KEPT = answers(403, (200, KEEPERS))
PANEL = [
    *TASKS,
    Row("panel_mails:wordings", KEPT),
    Row("panel_mails:wording", KEPT, KEPT, lambda w: ["sponsorships", "accepted_partner"]),
    Row("panel_mails:wording", answers(403, (404, KEEPERS)), None, lambda w: ["account", "sign_in_code"], "fixed"),
    Row(
        "panel_mails:default",
        answers(405, (403, OUTSIDERS)),
        answers(403, (302, KEEPERS)),
        lambda w: ["sponsorships", "accepted_partner"],
    ),
    Row("panel_team:mine", answers(302, (403, OUTSIDERS))),
    Row("panel_team:cluster", TEAM, args=here),
    Row("panel_team:cluster", answers(404, (403, OUTSIDERS)), args=lambda w: ["nowhere"], about="unknown"),
    Row("panel_team:invite", ASKED, DONE, here, data=lambda w: {"email": "joining@example.org", "role": "reader"}),
    Row("panel_team:cancel", ASKED, DONE, lambda w: [w.cluster.slug, w.staff_invitation.pk]),
    Row("panel_team:change", ASKED, DONE, role, data=lambda w: {"role": "editor"}),
    Row("panel_team:end", ASKED, DONE, role),
    Row("panel_team:end", answers(404, (403, OUTSIDERS)), None, lambda w: [w.cluster.slug, 10**6], "no such role"),
]
# For programs, at a private address: whoever has it reads what its owner sees.
FEEDS = [
    Row("desk:ics", public(), None, lambda w: [w.calendar_address.token]),
    Row("stop_letters", public(), public(), lambda w: [stop_url("x@example.org").rstrip("/").rpartition("/")[2]]),
    Row("stop_letters", public(404), public(404), lambda w: ["altered"], "altered"),
    Row("desk:ics", public(404), None, lambda w: ["no-such-token"], "unknown"),
]
# A mailed link, for whoever reads that mailbox.
PUBLIC = [
    Row("clusters:team_invitation", public(), None, lambda w: [team.token_of(w.staff_invitation)]),
    Row("clusters:team_invitation", public(404), None, lambda w: [team.token_of(w.staff_invitation)[:-1]], "altered"),
]
