"""Figures: the public's, a partner's own, staff's in the panel; each as a page, as files, and as the entries behind it."""

from django.utils import timezone

from tests.matrix.expect import MANAGERS_HERE, NATION, OUTSIDERS, STAFF, STAFF_HERE, Row, answers, public
from tests.personas import COORDINATOR, PARTNER

THEN = "?on=2024-12-31&known=2025-01-31"
NONSENSE = "?known=tomorrow&on=2026-13-40&figure=x&chair=%00&partner=%27&quarter=2026-Q9&status=x&cluster=%00&activity=-1&page=x"
# A file with other figures than those asked for would not say so.
WRONG_DAY = "?on=yesterday"
OWN = answers(404, (200, {PARTNER}))
THE_NATION = answers(403, (200, NATION))
HERE = answers(404, (200, STAFF_HERE | NATION), (403, OUTSIDERS))


def csv(world):
    return ["csv"]


def ours(world):
    return [world.company.slug]


def here(world):
    return [world.cluster.slug]


def with_form(args, form="csv"):
    return lambda world: [*args(world), form]


def share(world):
    return [world.shared.chair_id, world.shared.pk]


PUBLIC = [
    Row("figures:public", public()),
    Row("figures:public", public(), query=NONSENSE, about="nonsense"),
    Row("figures:public", public(), query=THEN, about="as known then"),
    Row("figures:public_export", public(), args=csv, about="csv"),
    Row("figures:public_export", public(), args=lambda w: ["xlsx"], about="xlsx"),
    Row("figures:public_export", public(400), args=csv, query=WRONG_DAY, about="wrong day"),
    Row("figures:public_entries", public()),
    Row("figures:public_entries", public(), query=NONSENSE, about="nonsense"),
    Row("figures:public_entries_export", public(), args=csv),
    Row("figures:public_entries_export", public(400), args=csv, query=NONSENSE, about="nonsense"),
    Row("figures:figure", public(), args=lambda w: ["map"]),
    Row("figures:figure", public(), args=lambda w: ["grants"], query=NONSENSE, about="nonsense"),
    Row("figures:figure", public(404), args=lambda w: ["luck"], about="unknown"),
    Row("figures:figure_export", public(), args=lambda w: ["start-ups", "csv"], about="csv"),
    Row("figures:figure_export", public(), args=lambda w: ["leverage", "json"], about="json"),
    Row("figures:figure_export", public(400), args=lambda w: ["leverage", "json"], query=WRONG_DAY, about="wrong day"),
]
MY = [
    Row("figures:partner", OWN, args=ours),
    Row("figures:partner_export", OWN, args=with_form(ours)),
    Row("figures:partner_entries", OWN, args=ours),
    Row("figures:partner_entries_export", OWN, args=with_form(ours, "xlsx")),
]
DESK = [
    Row("panel_audit:archive", THE_NATION),
    Row("panel_audit:file", THE_NATION),
    Row("panel_operations:state", THE_NATION),
    Row("panel_figures:nation", answers(403, (200, NATION), (302, STAFF - NATION))),
    Row("panel_figures:nation_export", THE_NATION, args=csv),
    Row("panel_figures:nation_entries", THE_NATION),
    Row("panel_figures:nation_entries", THE_NATION, query=NONSENSE, about="nonsense"),
    Row("panel_figures:nation_entries_export", THE_NATION, args=csv),
    Row("panel_figures:cluster", HERE, args=here),
    Row("panel_figures:cluster", answers(404, (403, OUTSIDERS)), args=lambda w: ["nowhere"], about="unknown"),
    Row("panel_figures:cluster_export", HERE, args=with_form(here, "xlsx")),
    Row("panel_figures:cluster_entries", HERE, args=here),
    Row("panel_figures:cluster_entries_export", HERE, args=with_form(here)),
    Row("panel_figures:nation_changed", THE_NATION, query=THEN),
    Row("panel_figures:nation_changed_export", THE_NATION, args=csv, query=THEN),
    Row("panel_figures:cluster", HERE, args=here, query=THEN, about="as known then"),
    Row("panel_figures:cluster_changed", HERE, args=here, query=THEN),
    Row("panel_figures:cluster_changed_export", HERE, args=with_form(here), query=THEN),
    # Managers close a year; the coordinator opens it, or lets one act count in it.
    Row(
        "panel_figures:cluster_close",
        answers(404, (200, MANAGERS_HERE), (403, (STAFF_HERE | NATION | OUTSIDERS) - MANAGERS_HERE)),
        answers(404, (302, MANAGERS_HERE), (403, (STAFF_HERE | NATION | OUTSIDERS) - MANAGERS_HERE)),
        args=here,
        data=lambda w: {"year": str(timezone.localdate().year - 1), "note": "Reported"},
    ),
    Row(
        "panel_figures:cluster_reopen",
        answers(404, (200, {COORDINATOR}), (403, (STAFF_HERE | NATION | OUTSIDERS) - {COORDINATOR})),
        answers(404, (302, {COORDINATOR}), (403, (STAFF_HERE | NATION | OUTSIDERS) - {COORDINATOR})),
        args=lambda w: [w.cluster.slug, w.closed_year.pk],
        data=lambda w: {"note": "A file was missing"},
    ),
    # Two clusters share this chair: the other's manager reads it, and agrees to the other share alone.
    Row(
        "admin:chairs_chair_agree",
        answers(403, (200, MANAGERS_HERE)),
        answers(403, (302, MANAGERS_HERE)),
        share,
        data=lambda w: {"percent": "60.00"},
    ),
]
