"""Loads the clusters with their grants; `cluster_parts` loads their other parts."""

from django.utils.translation import gettext as _

from chairs.imports.cluster_parts import PARTS
from chairs.imports.fields import Fields, name_of
from chairs.imports.institutions import Institutions
from chairs.imports.report import Rejected, Report
from chairs.imports.saving import settle
from clusters.models import Cluster, Phase

KIND = "clusters"
EUROS = "EUR"


def load_clusters(records: list, file, report: Report) -> None:
    known = {cluster.slug: cluster for cluster in Cluster.objects.all()}
    institutions = Institutions()
    phases = {phase.slug: phase for phase in Phase.objects.all()}
    seen: set[str] = set()
    for number, raw in enumerate(records, 1):
        name = name_of(raw, number, "slug", "name")
        with report.record(KIND, file, name) as outcomes:
            cluster = _load_cluster(Fields(raw), known, seen, outcomes)
        if outcomes:
            for load_part in PARTS:
                load_part(cluster, raw, institutions, phases, file, report)
            report.say(f"  {name}")
    report.left[KIND] = [str(known[slug]) for slug in known.keys() - seen]


def _load_cluster(fields: Fields, known: dict, seen: set, outcomes: list) -> Cluster:
    values = _values(fields)
    fields.check()
    if values["slug"] in seen:
        raise Rejected.because(_("The file has this address twice; only the first counts."), "slug")
    seen.add(values["slug"])
    cluster = known.get(values["slug"]) or Cluster()
    outcome = settle(cluster, values)
    outcomes.append((KIND, outcome))
    return cluster


def _values(fields: Fields) -> dict:
    grant, period, opening = fields.part("public_grant"), fields.part("period"), fields.part("inauguration")
    grant.choice("unit", [EUROS])
    return {
        "slug": fields.text("slug"),
        "name": fields.text("name"),
        "acronym": fields.text("acronym"),
        "city": fields.text("city"),
        "region": fields.text("region"),
        "latitude": fields.number("latitude"),
        "longitude": fields.number("longitude"),
        "public_grant": grant.number("value"),
        "public_grant_source": grant.source(),
        "duration_years": fields.whole("duration_years"),
        "start_year": period.whole("start"),
        "end_year": period.whole("end"),
        "selected_on": fields.date("selected_on"),
        "selected_note": fields.text("selected_note"),
        "inaugurated_on": opening.date("date"),
        "inauguration_place": opening.text("place"),
        "inauguration_note": opening.text("note"),
        "inauguration_source": opening.source(),
        "anr_reference": fields.text("anr_reference"),
        "website": fields.source("website"),
        "notes": fields.texts("notes"),
        "sources": fields.sources(),
    }
