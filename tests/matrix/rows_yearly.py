"""Yearly reports: chairs' on the pages of their investigators, and theirs and the clusters' in the panel."""

from dataclasses import replace

from tests.lifecycle import expectations
from tests.matrix.expect import (
    EDITORS_HERE,
    MANAGERS_HERE,
    NATION,
    OUTSIDERS,
    STAFF,
    STAFF_HERE,
    Row,
    answers,
    signed_in,
)
from tests.matrix.rows_admin import verb_row
from tests.personas import FINANCE, PI, READER
from yearly.verbs import version

WRITERS = EDITORS_HERE | {PI}
ONLY_READ = NATION | {READER, FINANCE}
WRITE = answers(404, (200, WRITERS), (403, ONLY_READ))
SEEN = answers(404, (200, STAFF_HERE | NATION), (403, OUTSIDERS))


def year(status):
    def args(world):
        report = world.chair_years[status]
        return [report.chair.cluster.slug, report.chair.slug, report.year]

    return args


def years(world):
    return year("draft")(world)[:2]


def of_report(*more):
    return lambda world: [world.year_report.pk, *more]


def silent(world):
    report = world.chair_years["sent_back"]
    return [report.year, report.chair_id]


def judged(verb, allowed) -> Row:
    name, of = "admin:yearly_chairyearreport_verb", next(iter(expectations.REPORT_MOVES[verb]))

    def data(world):
        """Judged by whoever read the version that stands."""
        return {"note": "A reason.", "seen": version(world.chair_years[of])}

    return replace(verb_row(name, verb, lambda world: world.chair_years[of], allowed), data=data)


MY = [
    Row("yearly:years", WRITE, args=years),
    Row("yearly:report", answers(404, (200, STAFF_HERE | NATION | {PI})), args=year("submitted")),
    Row("yearly:report", answers(404), args=lambda w: [*years(w), 1995], about="of a year without the chair"),
    Row("yearly:edit", WRITE, args=year("draft")),
    Row("yearly:edit", answers(404, (302, WRITERS), (403, ONLY_READ)), args=year("accepted"), about="accepted"),
    Row("yearly:submit", signed_in(405), answers(404, (302, WRITERS), (403, ONLY_READ)), year("draft")),
]
VERBS = [
    *(judged(verb, allowed) for verb, allowed in expectations.CHAIR_YEAR_ALLOWED.items()),
    verb_row("admin:yearly_yearreport_verb", "freeze", lambda world: world.year_report, MANAGERS_HERE),
]
DESK = [
    Row("admin:yearly_chairyearreport_missing", answers(403, (200, STAFF))),
    Row(
        "admin:yearly_chairyearreport_missing",
        answers(403, (200, STAFF)),
        query="?year=x&cluster=%00",
        about="nonsense",
    ),
    Row(
        "admin:yearly_chairyearreport_remind",
        answers(405, (403, OUTSIDERS)),
        answers(404, (302, EDITORS_HERE), (403, OUTSIDERS | ONLY_READ)),
        silent,
    ),
    Row("admin:yearly_yearreport_read", SEEN, args=of_report()),
    Row("admin:yearly_yearreport_records", SEEN, args=of_report("chairs")),
    Row(
        "admin:yearly_yearreport_records",
        answers(404, (403, OUTSIDERS)),
        args=of_report("nothing"),
        about="no such indicator",
    ),
    Row("admin:yearly_yearreport_file", SEEN, args=of_report("en", "json"), about="json"),
    Row("admin:yearly_yearreport_file", SEEN, args=of_report("fr", "xlsx"), about="xlsx"),
    Row("admin:yearly_yearreport_file", SEEN, args=of_report("en", "pdf"), about="pdf"),
    Row(
        "admin:yearly_yearreport_file",
        answers(404, (403, OUTSIDERS)),
        args=of_report("en", "exe"),
        about="no such form",
    ),
    Row("admin:yearly_yearreport_chart", SEEN, args=of_report("chairs", "en", "svg"), about="svg"),
    Row("admin:yearly_yearreport_chart", SEEN, args=of_report("chairs", "fr", "png"), about="png"),
]
