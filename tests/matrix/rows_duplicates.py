"""Where records of one thing are compared, merged, and parted again."""

from tests.matrix.expect import (
    EDITORS_ANYWHERE,
    EDITORS_HERE,
    KEEPERS,
    MANAGERS_HERE,
    NATION,
    OUTSIDERS,
    STAFF,
    STAFF_HERE,
    Row,
    answers,
)
from tests.personas import OTHER_MANAGER

SEE_HERE = STAFF_HERE | NATION
# What differs between two that are alike: the first stays as it is.
CHOSEN = {name: "kept" for name in ("name", "family_name", "acronym", "city")}
MANAGERS_ANYWHERE = MANAGERS_HERE | {OTHER_MANAGER}


def rows_of(key, record, twin, merge, lists, see, may) -> list[Row]:
    """The pages of one kind: `merge` is one that was made, `may` who merges this record, `lists` who merges any."""
    name, no = f"admin:{key}", (403, see | OUTSIDERS)
    pair = lambda w: {"record": [record(w).pk, twin(w).pk]}  # noqa: E731
    return [
        Row(f"{name}_duplicates", answers(403, (200, lists)), answers(403, (404, lists)), about="without a pair"),
        Row(f"{name}_duplicates", answers(403, (200, lists)), answers(403, (404, lists), (302, may)), about="a pair", data=pair),
        Row(f"{name}_duplicates_of", answers(404, no, (200, may)), args=lambda w: [record(w).pk], query="?q=a"),
        Row(f"{name}_merge", answers(404, no, (200, may)), answers(404, no, (302, may)), lambda w: [record(w).pk, twin(w).pk], data=lambda w: CHOSEN),
        Row(f"{name}_undo_merge", answers(404, no, (200, may)), answers(404, no, (302, may)), lambda w: [merge(w).pk]),
        Row(f"{name}_undo_merge", answers(404, (403, OUTSIDERS)), args=lambda w: [10**6], about="no such merge"),
    ]  # fmt: skip


DUPLICATES = [
    *rows_of("clusters_person", lambda w: w.twins["person"][0], lambda w: w.twins["person"][1], lambda w: w.merges["person"], EDITORS_ANYWHERE | KEEPERS, SEE_HERE, EDITORS_HERE | KEEPERS),
    *rows_of("clusters_institution", lambda w: w.twins["institution"][0], lambda w: w.twins["institution"][1], lambda w: w.merges["institution"], KEEPERS, STAFF, KEEPERS),
    *rows_of("partners_partner", lambda w: w.twins["partner"][0], lambda w: w.twins["partner"][1], lambda w: w.merges["partner"], MANAGERS_ANYWHERE | KEEPERS, SEE_HERE, MANAGERS_HERE | KEEPERS),
]  # fmt: skip
