"""Chairs that a public source proves, with the people and partners that it names."""

from django.utils.translation import gettext as _

from chairs.composition import broken_rules_of
from chairs.enums import ChairStatus
from chairs.imports.chair_lines import appointments_of, conflicts_of, stated_partners_of, teaching_of
from chairs.imports.cluster_parts import named_phase
from chairs.imports.fields import LANGUAGES, Fields, name_of
from chairs.imports.institutions import Institutions
from chairs.imports.report import Outcome, Rejected, Report
from chairs.imports.saving import refuse_others, settle, settle_lines
from chairs.models import Appointment, Chair, ChairKind, StatedPartner, TeachingElement
from clusters.enums import Origin
from clusters.models import Cluster, Phase
from core.primary_keys import BATCH_SIZE
from core.text import fold, name_key

KIND = "chairs"
# Report progress each time after so many records.
STRIDE = 100


class ChairLoader:
    """Loads chairs one by one; related records are read once, in advance."""

    def __init__(self, file, report: Report):
        self.file, self.report = file, report
        self.clusters = {cluster.slug: cluster for cluster in Cluster.objects.prefetch_related("themes")}
        self.phases = {phase.slug: phase for phase in Phase.objects.all()}
        self.kinds = {kind.slug: kind for kind in ChairKind.objects.all()}
        self.institutions = Institutions()
        chairs = Chair.objects.select_related("cluster", "kind", "phase").prefetch_related(
            "appointments__person",
            "appointments__affiliation",
            "appointments__discipline",
            "stated_partners",
            "teaching",
            "themes",
        )
        self.known = {(chair.cluster_id, chair.slug): chair for chair in chairs.iterator(BATCH_SIZE)}
        # Including chairs of files loaded before this one.
        self.seen = report.met[KIND]

    def load(self, records: list) -> None:
        for number, raw in enumerate(records, 1):
            name = name_of(raw, number, "slug", "title")
            with self.report.record(KIND, self.file, name) as outcomes:
                outcomes.append((KIND, self._load_one(Fields(raw), outcomes)))
            if number % STRIDE == 0:
                self.report.say(f"  {number}/{len(records)}")
        gone = [self.known[key] for key in self.known.keys() - self.seen]
        self.report.left[KIND] = [str(chair) for chair in gone if chair.origin == Origin.SOURCED]

    def _load_one(self, fields: Fields, outcomes: list) -> Outcome:
        values, cluster = self._values(fields), self.clusters.get(fields.text("cluster"))
        if cluster is None:
            fields.refuse("cluster", _("No cluster has the address “%(slug)s”.") % {"slug": fields.text("cluster")})
        fields.check()
        key = cluster.pk, values["slug"]
        if key in self.seen:
            raise Rejected.because(_("The file has this address twice; only the first counts."), "slug")
        self.seen.add(key)
        chair = self.known.get(key) or Chair(cluster=cluster, origin=Origin.SOURCED, status=ChairStatus.SOURCED)
        refuse_others(chair)
        outcome = settle(chair, values)
        changed = self._settle_lines(chair, fields, outcomes, is_new=outcome is Outcome.CREATED)
        if chair.kind is not None and (sentences := broken_rules_of(chair)):
            raise Rejected({"kind": sentences})
        return Outcome.UPDATED if changed and outcome is Outcome.UNCHANGED else outcome

    def _values(self, fields: Fields) -> dict:
        language = fields.choice("title_lang", LANGUAGES, "en")
        if fields.text("title"):
            title = {f"title_{language}": fields.text("title")}
        else:
            title = fields.both("label", "title")
        return title | {
            "slug": self._slug(fields),
            "acronym": fields.text("acronym"),
            "kind": self._kind(fields),
            "phase": named_phase(fields, self.phases),
            f"topic_{language}": fields.text("topic"),
            "axis": fields.text("axis"),
            "programme": fields.text("programme"),
            "start_year": fields.whole("start_year"),
            "end_year": fields.whole("end_year"),
            "stated_funding": fields.text("stated_funding"),
            "conflicts": conflicts_of(fields),
            "sources": fields.sources(),
            "notes": fields.texts("notes"),
        }

    def _slug(self, fields: Fields) -> str:
        if not fields.text("slug"):
            fields.refuse("slug", _("The address is missing."))
        return fields.text("slug")

    def _kind(self, fields: Fields) -> ChairKind | None:
        slug = fields.text("kind")
        if slug and slug not in self.kinds:
            fields.refuse("kind", _("No chair kind has the address “%(slug)s”.") % {"slug": slug})
        return self.kinds.get(slug)

    def _settle_lines(self, chair: Chair, fields: Fields, outcomes: list, *, is_new: bool) -> bool:
        """Set the chair's people, partners, teaching and themes as the file has them. Return whether anything changed."""
        mine = [] if is_new else [post.person for post in chair.appointments.all()]
        appointments = appointments_of(fields, self.institutions, outcomes, mine)
        partners, teaching = stated_partners_of(fields), teaching_of(fields)
        fields.check()
        lines = (
            (chair.appointments, appointments, "person", Appointment),
            (chair.stated_partners, partners, "name", StatedPartner),
            (chair.teaching, teaching, "title", TeachingElement),
        )
        changes = [
            settle_lines([] if is_new else list(existing.all()), wanted, key, lambda model=model: model(chair=chair))
            for existing, wanted, key, model in lines
        ]
        return any([*changes, self._add_themes(chair, is_new)])

    def _add_themes(self, chair: Chair, is_new: bool) -> bool:
        """Add the themes of the chair's phase that its axis or programme names; keep the others. Return whether any was added."""
        names = {name_key(chair.axis), name_key(chair.programme)} - {""}
        present = set() if is_new else {theme.pk for theme in chair.themes.all()}
        named = [
            theme
            for theme in self.clusters[chair.cluster.slug].themes.all()
            if names & {fold(theme.name_en or ""), fold(theme.name_fr or "")}
            and theme.phase_id == chair.phase_id
            and theme.pk not in present
        ]
        chair.themes.add(*named)
        return bool(named)


def load_chairs(records: list, file, report: Report) -> None:
    ChairLoader(file, report).load(records)
