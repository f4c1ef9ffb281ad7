"""The pages about a whole list of the panel: whoever may open the list may take it out, and sees no more than in it."""

from tests.matrix.expect import EDITORS_ANYWHERE, MANAGERS_HERE, NATION, OUTSIDERS, STAFF, Row, answers
from tests.personas import COORDINATOR, EDITOR, FINANCE, MANAGER, OTHER_MANAGER

PANEL = answers(403, (200, STAFF))
ONLY_MINE = answers(404, (403, OUTSIDERS), (200, {MANAGER}))


def export_row(model: str, gets: dict, column: str) -> Row:
    return Row(
        "admin:list_export",
        gets,
        gets,
        lambda world: model.split("."),
        model,
        data=lambda world: {"columns": [column], "format": "csv"},
    )


ACTING = answers(400, (403, OUTSIDERS), (200, EDITORS_ANYWHERE))
AT_ONCE = answers(405, (403, OUTSIDERS))

WRITERS = answers(403, (200, EDITORS_ANYWHERE | {COORDINATOR}))
WRITERS_OF_MONEY = answers(403, (200, EDITORS_ANYWHERE | {COORDINATOR, FINANCE}))

LISTS = [
    Row("admin:at_once", AT_ONCE, ACTING, lambda w: ["chairs", "chair"], "chairs", data=lambda w: {"act": "approve", "chosen": [w.chairs["submitted"].pk]}),
    Row("admin:at_once", AT_ONCE, answers(400, (403, OUTSIDERS), (200, (EDITORS_ANYWHERE | {FINANCE}) - {EDITOR})), lambda w: ["sponsorships", "instalment"], "instalments", data=lambda w: {"act": "invoice", "whole": "1"}),
    Row("admin:at_once", AT_ONCE, answers(200, (403, OUTSIDERS)), lambda w: ["core", "helddecision"], "held decisions", data=lambda w: {"act": "release", "whole": "1"}),
    Row("admin:done_at_once", ONLY_MINE, args=lambda w: [w.done.pk]),
    export_row("chairs.chair", PANEL, "status"),
    export_row("sponsorships.sponsorship", PANEL, "partner"),
    export_row("core.outgoingmail", answers(403, (200, NATION | MANAGERS_HERE | {OTHER_MANAGER})), "subject"),
    Row("admin:list_addresses", WRITERS, WRITERS, lambda w: ["partners", "contact"], "contacts"),
    Row("admin:list_addresses", WRITERS, WRITERS, lambda w: ["chairs", "chair"], "investigators"),
    Row("admin:list_addresses", WRITERS_OF_MONEY, WRITERS_OF_MONEY, lambda w: ["sponsorships", "instalment"], "instalments"),
    Row("admin:list_letter", WRITERS, WRITERS, lambda w: ["partners", "contact"], "contacts", data=lambda w: {"subject": "Open day", "text": "Come."}),
    Row("admin:list_letter", WRITERS, WRITERS, lambda w: ["chairs", "chair"], "investigators", data=lambda w: {"subject": "Open day", "text": "Come."}),
    Row("admin:list_keep", PANEL, answers(403, (302, STAFF)), lambda w: ["chairs", "chair"], "chairs", data=lambda w: {"name": "Kept", "columns": ["status"]}),
    Row("admin:list_export", answers(404, (403, OUTSIDERS)), args=lambda w: ["no", "such"], about="no such list"),
    Row(
        "admin:saved_view", ONLY_MINE, ONLY_MINE | {MANAGER: 302}, lambda w: [w.view.pk], data=lambda w: {"name": "New"}
    ),
]  # fmt: skip
