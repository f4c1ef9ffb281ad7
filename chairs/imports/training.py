"""Loads training programmes that a source proves, and the counts that sources state for the nation and for clusters."""

from django.utils.translation import gettext as _

from chairs.imports.chair_lines import conflicts_of
from chairs.imports.cluster_parts import named_phase
from chairs.imports.fields import Fields, name_of
from chairs.imports.institutions import Institutions
from chairs.imports.report import Outcome, Rejected, Report
from chairs.imports.saving import refuse_others, settle, settle_set
from clusters.enums import Audience, Origin, Qualifier, StatedKind, StatedSubject, TeachingLanguage, TrainingLevel
from clusters.models import Cluster, Phase, StatedCount, TrainingProgramme

PROGRAMMES, COUNTS = "training_programmes", "stated_counts"
# Fields that only the file fills in, and no form.
FILE_ONLY = ("slug", "stated_intakes", "conflicts", "sources", "notes")
# A source may also state a target.
INTAKE_QUALIFIERS = [*Qualifier.values, StatedKind.TARGET]


def load_programmes(records: list, file, report: Report) -> None:
    known = {programme.slug: programme for programme in TrainingProgramme.objects.all()}
    clusters, institutions, seen = clusters_by_slug(), Institutions(), report.met[PROGRAMMES]
    for number, raw in enumerate(records, 1):
        with report.record(PROGRAMMES, file, name_of(raw, number, "slug")) as outcomes:
            outcomes.append((PROGRAMMES, _load_programme(Fields(raw), known, clusters, institutions, seen)))
    report.left[PROGRAMMES] = [
        str(programme) for slug, programme in known.items() if programme.origin == Origin.SOURCED and slug not in seen
    ]


def _load_programme(
    fields: Fields, known: dict, clusters: dict[str, Cluster], institutions: Institutions, seen: set[str]
) -> Outcome:
    keeping = clusters_named(fields, clusters)
    behind = institutions.all_named(fields, "institutions") + institutions.all_named(fields, "companies")
    if not keeping and not fields.errors:
        fields.refuse("clusters", _("At least one cluster is expected here."))
    values = _values_of_programme(fields)
    fields.check()
    slug = values["slug"]
    if slug in seen:
        raise Rejected.because(_("The file has this address twice; only the first counts."), "slug")
    seen.add(slug)
    programme = known.get(slug) or TrainingProgramme(slug=slug, origin=Origin.SOURCED)
    refuse_others(programme)
    many = {"shared_with": keeping[1:], "institutions": behind}
    outcome = settle(programme, _kept_by_file(programme, values | {"cluster": keeping[0]}, many))
    changes = [settle_set(getattr(programme, name), records) for name, records in many.items() if records]
    return Outcome.UPDATED if any(changes) and outcome is Outcome.UNCHANGED else outcome


def _kept_by_file(programme: TrainingProgramme, values: dict, many: dict[str, list]) -> dict:
    """Return the values to write: those that the file states, and defaults for those that it no longer states.

    Fields that the file never stated belong to staff.
    """
    given = {name: value for name, value in values.items() if value not in (None, "")}
    stated = [name for name in {**given, **many} if name not in FILE_ONLY and (name in given or many[name])]
    gone = set(programme.stated_fields) - set(stated)
    for name in gone & set(many):
        getattr(programme, name).clear()
    emptied = {name: programme._meta.get_field(name).get_default() for name in gone - set(many)}
    return given | emptied | {"stated_fields": stated}


def _values_of_programme(fields: Fields) -> dict:
    if not fields.text("slug"):
        fields.refuse("slug", _("The address is missing."))
    names = fields.both("name", "name")
    if not any(names.values()):
        fields.refuse("name", _("The name is missing."))
    return names | {
        "slug": fields.text("slug"),
        "level": fields.choice("level", TrainingLevel.values),
        "audience": fields.choice("audience", Audience.values),
        "teaching_language": fields.choice("teaching_language", TeachingLanguage.values),
        "built_with_industry": fields.flag("built_with_industry"),
        "starts": fields.text("starts"),
        "website": fields.source("url"),
        "stated_intakes": [_stated_intake(intake) for intake in fields.parts("intakes")],
        "conflicts": conflicts_of(fields),
        "sources": fields.all_sources(),
        "notes": fields.all_notes(),
    }


def _stated_intake(fields: Fields) -> dict:
    """Return a number of people as its source states it, as JSON values."""
    people, most = fields.whole("people"), fields.whole("people_max")
    for name, number in (("people", people), ("people_max", most)):
        if number is not None and number < 0:
            fields.refuse(name, _("The number cannot be negative."))
    return {
        "year": fields.text("year"),
        "qualifier": fields.choice("qualifier", INTAKE_QUALIFIERS),
        "people": people,
        "people_max": most,
        "source": fields.source(),
        "note": fields.text("note"),
    }


class CountLoader:
    """Loads stated counts; sources that disagree keep a row each."""

    def __init__(self, report: Report):
        self.clusters, self.phases = clusters_by_slug(), {phase.slug: phase for phase in Phase.objects.all()}
        self.met = report.met[COUNTS]
        sourced = StatedCount.objects.filter(origin=Origin.SOURCED).prefetch_related("clusters")
        self.known = list(sourced.order_by("position", "pk"))

    def load_one(self, fields: Fields, position: int) -> Outcome:
        about = clusters_named(fields, self.clusters)
        values = self._values(fields) | {"position": position}
        fields.check()
        count = self._waiting(values, about) or StatedCount(origin=Origin.SOURCED)
        outcome = settle(count, values)
        settle_set(count.clusters, about)
        self.met.add(count.pk)
        return outcome

    def _values(self, fields: Fields) -> dict:
        subject = fields.choice("what", StatedSubject.values)
        if not subject:
            fields.refuse("what", _("What is counted is missing."))
        if not fields.source():
            fields.refuse("source", _("The source is missing."))
        return {
            "subject": subject,
            "kind": fields.choice("kind", StatedKind.values, StatedKind.STATED),
            "phase": named_phase(fields, self.phases, required=False),
            "value": fields.whole("value"),
            "qualifier": fields.choice("qualifier", Qualifier.values),
            "as_of": fields.text("as_of"),
            "source": fields.source(),
            "note": fields.text("note"),
        }

    def _waiting(self, values: dict, about: list[Cluster]) -> StatedCount | None:
        """Return the row of the same source about the same subject that no record of the file has matched yet; else None."""
        telling = ("subject", "kind", "as_of", "source", "phase")
        wanted = {cluster.pk for cluster in about}
        for count in self.known:
            same = all(getattr(count, name) == values[name] for name in telling)
            if same and count.pk not in self.met and {cluster.pk for cluster in count.clusters.all()} == wanted:
                return count
        return None


def load_stated_counts(records: list, file, report: Report) -> None:
    loader = CountLoader(report)
    for number, raw in enumerate(records, 1):
        with report.record(COUNTS, file, name_of(raw, number, "what")) as outcomes:
            outcomes.append((COUNTS, loader.load_one(Fields(raw), number)))
    report.left[COUNTS] = [f"{count} ({count.source})" for count in loader.known if count.pk not in loader.met]


def clusters_by_slug() -> dict[str, Cluster]:
    return {cluster.slug: cluster for cluster in Cluster.objects.all()}


def clusters_named(fields: Fields, clusters: dict[str, Cluster]) -> list[Cluster]:
    """Return the clusters under `clusters`, or the one under `cluster`, in the file's order; note unknown ones."""
    name = "cluster" if fields.text("cluster") else "clusters"
    slugs = [fields.text("cluster")] if name == "cluster" else list(dict.fromkeys(fields.texts("clusters")))
    for slug in slugs:
        if slug not in clusters:
            fields.refuse(name, _("No cluster has the address “%(slug)s”.") % {"slug": slug})
    return [clusters[slug] for slug in slugs if slug in clusters]
