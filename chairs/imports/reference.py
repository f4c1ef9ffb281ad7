"""Loads phases, disciplines and chair kinds with their rules: what a site needs before its first chair.

Existing records are left alone: the national coordinator edits them.
"""

from django.utils.translation import gettext as _

from chairs.imports.fields import Fields, name_of
from chairs.imports.report import Outcome, Rejected, Report
from chairs.imports.saving import settle
from chairs.models import ChairKind, CompositionRule, Discipline
from clusters.models import Cluster, Phase, Theme
from core.text import fold

RULE_NUMBERS = ("version", "min_pis", "max_pis", "min_institutions", "min_disciplines")
RULE_FLAGS = ("needs_junior_and_senior", "needs_teaching", "is_open_to_partners")


def load_phases(records: list, file, report: Report) -> None:
    _load_new(Phase, "phases", records, file, report, _make_phase)


def load_disciplines(records: list, file, report: Report) -> None:
    _load_new(Discipline, "disciplines", records, file, report, _make_discipline)


def load_theme_names(records: list, file, report: Report) -> None:
    """Add the name in the other language to themes that lack it: most sources name them in one language only."""
    themes = {
        (theme.cluster.slug, fold(name)): theme
        for theme in Theme.objects.select_related("cluster")
        for name in (theme.name_en, theme.name_fr)
        if name
    }
    for number, raw in enumerate(records, 1):
        with report.record("themes", file, name_of(raw, number, "cluster")) as outcomes:
            fields = Fields(raw)
            names = fields.both("name", "name")
            cluster, _source = fields.text("cluster"), fields.source()
            fields.check()
            theme = next(
                (themes[cluster, fold(name)] for name in names.values() if (cluster, fold(name)) in themes), None
            )
            # A cluster file may lack the theme, and a name that staff wrote stays.
            lacking = {name: said for name, said in names.items() if theme is not None and not getattr(theme, name)}
            outcomes.append(("themes", settle(theme, lacking) if lacking else Outcome.UNCHANGED))


def load_kinds(records: list, file, report: Report) -> None:
    clusters = {cluster.slug: cluster for cluster in Cluster.objects.all()}
    _load_new(ChairKind, "kinds", records, file, report, lambda fields: _make_kind(fields, clusters))


def _make_phase(fields: Fields) -> None:
    values = {
        "slug": fields.text("slug"),
        **fields.both("name", "name"),
        "start_year": fields.whole("start_year"),
        "end_year": fields.whole("end_year"),
        "is_current": bool(fields.flag("current")),
    }
    fields.check()
    settle(Phase(), values)


def _make_discipline(fields: Fields) -> None:
    values = {"slug": fields.text("slug"), **fields.both("name", "name")}
    fields.check()
    settle(Discipline(), values)


def _make_kind(fields: Fields, clusters: dict) -> None:
    values = {
        "slug": fields.text("slug"),
        **fields.both("name", "name"),
        **fields.both("acronym", "acronym"),
        **fields.both("description", "description"),
    }
    used_by = fields.texts("clusters")
    for slug in used_by:
        if slug not in clusters:
            fields.refuse("clusters", _("No cluster has the address “%(slug)s”.") % {"slug": slug})
    rules = [_rule_values(rule) for rule in fields.parts("rules")]
    fields.check()
    kind = ChairKind()
    settle(kind, values)
    kind.clusters.set(clusters[slug] for slug in used_by)
    for rule in rules:
        settle(CompositionRule(kind=kind), rule)


def _rule_values(fields: Fields) -> dict:
    values = {name: fields.whole(name) for name in RULE_NUMBERS} | {name: fields.flag(name) for name in RULE_FLAGS}
    given = {name: value for name, value in values.items() if value is not None}
    return given | {
        "valid_from": fields.date("valid_from"),
        "source": fields.source(),
        "note": fields.text("note"),
    }


def _load_new(model, kind: str, records: list, file, report: Report, make) -> None:
    """Create each record that the database lacks, inside its own savepoint."""
    known = set(model.objects.values_list("slug", flat=True))
    seen: set[str] = set()
    for number, raw in enumerate(records, 1):
        with report.record(kind, file, name_of(raw, number, "slug")) as outcomes:
            fields = Fields(raw)
            slug = fields.text("slug")
            if slug and slug in seen:
                raise Rejected.because(_("The file has this address twice; only the first counts."), "slug")
            seen.add(slug)
            if slug not in known:
                make(fields)
            outcomes.append((kind, Outcome.UNCHANGED if slug in known else Outcome.CREATED))
