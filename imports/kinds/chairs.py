"""Chairs, validated together with their people, as on their page in the panel."""

from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from chairs import verbs
from chairs.admin.forms import ChairForm
from chairs.composition import Composition, composition_of
from chairs.enums import ChairStatus, TeachingKind
from chairs.models import Chair, ChairKind, Discipline, TeachingElement
from clusters.enums import Origin
from clusters.models import Phase
from core.exceptions import Refused
from imports.columns import Choice, Column, Day, Euros, Reference, YesNo
from imports.enums import Outcome
from imports.forms import LineForm, RecordField
from imports.kinds.appointments import place, posts_of
from imports.kinds.base import Kind
from imports.kinds.people import ADDRESS
from imports.lines import Line

# The statuses that a new chair may have, and the verbs that lead there.
REACHED = (ChairStatus.DRAFT, ChairStatus.SUBMITTED, ChairStatus.APPROVED, ChairStatus.ACTIVE)
WAY = {ChairStatus.SUBMITTED: verbs.submit, ChairStatus.APPROVED: verbs.approve, ChairStatus.ACTIVE: verbs.activate}
TEXTS = ["acronym", "summary_en", "summary_fr", "description_en", "description_fr", "website"]
GRANT = ["public_grant", "public_grant_source", "public_grant_on"]


class ChairLine(LineForm, ChairForm):
    """The panel's form of a chair. Its people are those of the lines that name it, and those that it already has."""

    kind = RecordField()
    phase = RecordField()

    class Meta(ChairForm.Meta):
        fields = ["kind", "phase", "title_en", "title_fr", "starts_on", "ends_on", "slug", *TEXTS, *GRANT]

    def __init__(self, run, instance, given):
        super().__init__(run, instance, given)
        for name in ("title_en", "title_fr"):
            self.fields[name].required = False

    def composition(self):
        """Return the chair's composition; None if it has no valid title, or if a line about its people must be corrected first."""
        lines = posts_of(self.run)
        if {"title_en", "title_fr"} & set(self.errors) or lines.has_refused(self.instance, self.given):
            return None
        posts, saved = lines.posts(self.instance, self.given), composition_of(self.instance)
        kept = [post for post in saved.posts if all(place(post) != place(new) for new in posts)]
        has_teaching = saved.has_teaching or bool(self.given.get("teaching_title"))
        return Composition(self.cleaned_data.get("kind"), [*kept, *posts], has_teaching, self.instance.rule)


class Status(Choice):
    """The column of statuses: the export may show any, but a new chair can only have one of REACHED."""

    def allowed(self):
        return [str(status.label) for status in REACHED]


class Chairs(Kind):
    code = "chairs"
    label = _("Chairs")
    help = _("A chair is checked against the rule of its kind together with its people, which the next sheet has.")
    who = _("Editors and managers of the cluster register its chairs.")
    form = ChairLine
    named_in = ("title_en", "title_fr", "slug")
    told_in = ("title_en", "title_fr")
    columns = (
        Column("title_en", _("Title (English)"), _("The title in one language is enough."), example="Trustworthy AI"),
        Column("title_fr", _("Title (French)")),
        Column("slug", _("Address"), ADDRESS),
        Reference("kind", _("Kind"), is_required=True, of_kind="chair_kinds"),
        Reference("phase", _("Phase"), _("The current phase where it is empty."), of_kind="phases"),
        Column("acronym", _("Acronym")),
        Day("starts_on", _("Starts on"), example="2025-09-01"),
        Day("ends_on", _("Ends on"), example="2029-08-31"),
        Status("status", _("Status"), _("How far a new chair has come. “Draft” where it is empty."), choices=tuple(ChairStatus.choices)),
        YesNo("save_incomplete", _("Save as an incomplete draft"), _("“Yes”: keep it although a rule of its kind is broken."), value=lambda chair: False),
        Column("summary_en", _("In plain words (English)")),
        Column("summary_fr", _("In plain words (French)")),
        Column("description_en", _("Research programme (English)")),
        Column("description_fr", _("Research programme (French)")),
        Column("website", _("Web page")),
        Euros("public_grant", _("Public grant (€)")),
        Column("public_grant_source", _("Who says so"), _("Of the public grant.")),
        Day("public_grant_on", _("As of"), _("Of the public grant.")),
        Column("teaching_title", _("Teaching element"), _("What a new chair teaches; more of it on its page."), value=lambda chair: ""),
        Choice("teaching_kind", _("Kind of teaching"), choices=tuple(TeachingKind.choices), value=lambda chair: ""),
    )  # fmt: skip

    def visible(self, run) -> Any:
        """Return the cluster's own chairs, without those from sources, which no import changes."""
        chairs = Chair.objects.filter(cluster=run.cluster).exclude(origin=Origin.SOURCED)
        return chairs.select_related("cluster", "kind", "phase", "rule").order_by("pk")

    def names_of(self, record):
        return [record.title_en, record.title_fr]

    def new(self, run, line):
        return Chair(cluster=run.cluster, phase=run.current_phase, registered_by=run.by, origin=Origin.REGISTERED)

    def find(self, run, line):
        given, known = line.given, run.known(self.code)
        if slug := given.get("slug"):
            if found := known.find_by_key(slug):
                return found[0]
            raise Refused([_t("The cluster has no chair at the address “%(slug)s”.") % {"slug": slug}])
        found = [chair for name in ("title_en", "title_fr") if given.get(name) for chair in known.find(given[name])]
        different = {chair.pk: chair for chair in found}
        if len(different) > 1:
            raise Refused([_t("Several chairs have this title: give the address.")])
        return next(iter(different.values()), None)

    def process_one(self, run, line):
        super().process_one(run, line)
        if line.is_right and line.outcome == Outcome.CREATED:
            self.reach(run, line)

    def bind(self, run, line):
        form = super().bind(run, line)
        if form is not None and posts_of(run).has_refused(form.instance, line.given):
            line.is_waiting = True
        if form is not None and form.instance.pk is None and line.given.get("status", ChairStatus.DRAFT) not in REACHED:
            line.refuse("status", _t("A new chair is a draft, submitted, approved or active."))
        return form

    def save(self, run, form, line):
        is_new = form.instance.pk is None
        chair = form.save()
        if is_new:
            chair.log_beginning(by=run.by)
        if is_new and (title := line.given.get("teaching_title")):
            kind = line.given.get("teaching_kind") or TeachingKind.COURSE
            TeachingElement.objects.create(chair=chair, kind=kind, title_en=title, title_fr=title)
        posts_of(run).enter(chair, line.given)
        return chair

    def reach(self, run, line: Line) -> None:
        """Bring a new chair to its status, with the verbs of its page."""
        wanted = line.given.get("status") or ChairStatus.DRAFT
        chair = line.record
        for status, verb in WAY.items():
            if chair.status == wanted:
                break
            try:
                by = run.by if status == ChairStatus.SUBMITTED else run.decider
                chair = verb(chair, by=by)
            except Refused as refused:
                line.refuse("status", *refused.reasons)
                return
        line.record = chair
        run.known(self.code).add(chair)


class Named(Kind):
    """Reference data that lines can name but not change."""

    columns = ()

    def __init__(self, code, label, model, also=()):
        self.code, self.label, self.model, self.also = code, label, model, also

    def visible(self, run):
        return self.model.objects.all()

    def names_of(self, record):
        return [value for name in ("name_en", "name_fr", "acronym") if (value := getattr(record, name, ""))]


REFERENCE_DATA = (
    Named("chair_kinds", _("Kinds of chairs"), ChairKind),
    Named("phases", _("Phases"), Phase),
    Named("disciplines", _("Disciplines"), Discipline),
)
