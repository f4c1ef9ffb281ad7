"""Imports in the panel: who brings files, who reads what they would change, and who enters them."""

from tests.matrix.expect import EDITORS_ANYWHERE, EDITORS_HERE, NATION, OUTSIDERS, STAFF_HERE, Row, answers
from tests.matrix.rows_admin import verb_row
from tests.personas import FINANCE, MANAGER

IMPORTERS = EDITORS_HERE | {FINANCE}
SEEN = answers(404, (200, STAFF_HERE | NATION), (403, OUTSIDERS))
NAME = "admin:imports_import"

DESK = [
    Row(f"{NAME}_template", answers(403, (200, EDITORS_ANYWHERE | {FINANCE})), args=lambda w: ["all"]),
    Row(
        f"{NAME}_template",
        answers(403, (404, EDITORS_ANYWHERE | {FINANCE})),
        args=lambda w: ["none"],
        about="no such kind",
    ),
    Row(f"{NAME}_portfolio", answers(405, (403, OUTSIDERS)), SEEN, args=lambda w: [w.cluster.slug]),
    Row(f"{NAME}_progress", SEEN, args=lambda w: [w.batch.pk], is_fragment=True),
    Row(f"{NAME}_file", SEEN, args=lambda w: [w.batch.pk, w.batch.files.get().pk]),
]
VERBS = [
    # Whoever brought it enters it.
    verb_row(f"{NAME}_act", "enter", lambda world: world.batch, {MANAGER}),
    verb_row(f"{NAME}_act", "check", lambda world: world.batch, IMPORTERS),
    verb_row(f"{NAME}_act", "discard", lambda world: world.batch, IMPORTERS),
]
