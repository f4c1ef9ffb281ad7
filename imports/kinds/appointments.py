"""The people of chairs: each line belongs to a chair of the same files, or to an existing one."""

from collections import defaultdict
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from chairs.admin.consent import ConsentForm
from chairs.composition import POSTED_AT, Post, broken_rules_of
from chairs.enums import PI_ROLES, AppointmentRole, Seniority
from chairs.investigators import GUARDED
from chairs.models import Appointment, Chair
from chairs.perms import changes_by_two
from clusters.enums import Origin
from core.text import name_key
from imports.columns import Choice, Column, Day, Reference, Waits, as_text
from imports.enums import Outcome
from imports.forms import LineForm, RecordField
from imports.kinds.base import Kind
from imports.lines import Line

CODE = "chair_people"


class AppointmentLine(LineForm, ConsentForm):
    """An appointment, validated like a row on its chair's page."""

    person = RecordField()
    affiliation = RecordField(required=False)
    other_affiliation = RecordField(required=False)
    discipline = RecordField(required=False)

    class Meta:
        model = Appointment
        fields = [
            *("person", "role", "affiliation", "other_affiliation", "laboratory", "discipline", "seniority"),
            *("starts_on", "ends_on", "consent_given_on"),
        ]

    def post(self) -> Post:
        named = (
            "person",
            "role",
            "affiliation",
            "other_affiliation",
            "discipline",
            "seniority",
            "starts_on",
            "ends_on",
        )
        return Post(**{name: self.cleaned_data.get(name) for name in named})


def place(post: Any) -> tuple:
    """Return what identifies an appointment within its chair: person, role and first day."""
    return post.person.pk, post.role, post.starts_on


class Appointments(Kind):
    code = CODE
    label = _("People of the chairs")
    help = _("One line for each person of a chair.")
    who = _("Editors and managers of the cluster register its chairs.")
    form = AppointmentLine
    named_in = ()
    told_in = ("person", "chair")
    columns = (
        Reference("chair", _("Chair"), _("Its title or address."), is_required=True, of_kind="chairs", example="Trustworthy AI"),
        Reference("person", _("Person"), _("Their ORCID iD, address or exact name."), is_required=True, of_kind="people", example="0000-0002-1825-0097"),
        Choice("role", _("Role"), choices=tuple(AppointmentRole.choices), is_required=True, example=AppointmentRole.PI.label),
        Reference("affiliation", _("Affiliation that counts"), _("The legal entity that employs the person."), of_kind="institutions", example="Université de Lille"),
        Reference("other_affiliation", _("Other affiliation"), _("Shown, but not counted."), of_kind="institutions"),
        Column("laboratory", _("Laboratory")),
        Reference("discipline", _("Discipline"), of_kind="disciplines"),
        Choice("seniority", _("Seniority"), choices=tuple(Seniority.choices)),
        Day("starts_on", _("From")),
        Day("ends_on", _("Until")),
        Day("consent_given_on", _("Agreed to be named on"), _("Empty: the public page says “to be announced”.")),
    )  # fmt: skip

    def visible(self, run) -> Any:
        posts = Appointment.objects.filter(chair__cluster=run.cluster).exclude(chair__origin=Origin.SOURCED)
        return posts.select_related("chair__cluster", "person", *POSTED_AT).order_by("chair_id", "pk")

    def process(self, run, lines) -> None:
        """Enter the lines that were not entered together with a line about their chair."""
        posts = posts_of(run)
        for line in lines:
            if line.is_right and id(line) not in posts.entered:
                posts.enter_late(line)
        posts.check_late()
        for line in lines:
            run.done(line)


class Posts:
    """The lines about people, grouped by the text that names their chair."""

    def __init__(self, run: Any):
        self.run = run
        self.by_chair: dict[str, list[tuple[Line, Any]]] = defaultdict(list)
        self.entered: set[int] = set()
        # Chairs that only lines about people changed, by key: the chair, one of its lines, and whether it kept its rule
        # before.
        self.late: dict[int, tuple[Chair, Line, bool]] = {}
        for line in run.lines[CODE]:
            form = self._read(line)
            self.by_chair[name_key(as_text(line.cells.get("chair", "")))].append((line, form))

    def _read(self, line: Line) -> Any:
        """Return the line's valid form, or None. Its chair may not exist yet."""
        line.kind.read_cells(self.run, line, but=("chair",))
        form = AppointmentLine(self.run, Appointment(), line.given)
        if not line.is_right:
            line.refuse_rest(form, knows_record=False)
            return None
        if not form.is_valid():
            line.refuse_errors({name: list(errors) for name, errors in form.errors.items()})
        return form

    def _of(self, chair: Chair, given: dict) -> list[tuple[Line, Any]]:
        named = ("title_en", "title_fr", "slug")
        names = {name_key(str(name)) for of in named for name in (given.get(of), getattr(chair, of)) if name}
        return [row for name in sorted(names) for row in self.by_chair.get(name, ())]

    def has_refused(self, chair: Chair, given: dict) -> bool:
        """Return whether a line about the chair's people is refused."""
        return not all(line.is_right for line, _form in self._of(chair, given))

    def posts(self, chair: Chair, given: dict) -> list[Post]:
        return [form.post() for line, form in self._of(chair, given) if line.is_right]

    def enter(self, chair: Chair, given: dict) -> None:
        """Save the people of a chair that a line has just created or changed."""
        for line, form in self._of(chair, given):
            if line.is_right:
                self._save(chair, line, form)

    def enter_late(self, line: Line) -> None:
        """Save a person of a chair that no other line has created or changed."""
        try:
            chair = self.run.find("chairs", as_text(line.cells["chair"]))
        except Waits:
            line.is_waiting = True
            return
        except ValidationError as refusal:
            line.refuse("chair", *refusal.messages)
            return
        was_right = not broken_rules_of(chair) if chair.pk not in self.late else self.late[chair.pk][2]
        form = next(form for found, form in self.by_chair[name_key(as_text(line.cells["chair"]))] if found is line)
        self._save(chair, line, form)
        if line.outcome != Outcome.UNCHANGED:
            self.late.setdefault(chair.pk, (chair, line, was_right))

    def check_late(self) -> None:
        """Check the rules of these chairs, as their pages do. A draft that was incomplete before may stay so."""
        for chair, line, was_right in self.late.values():
            if chair.is_forming and was_right:
                line.refuse("", *broken_rules_of(Chair.objects.get(pk=chair.pk)))

    def _save(self, chair: Chair, line: Line, form: Any) -> None:
        self.entered.add(id(line))
        rows = chair.appointments.filter(person=line.given["person"], role=line.given["role"])
        same = [row for row in rows if row.starts_on == form.cleaned_data["starts_on"]] or list(rows)
        if len(same) == 1:
            form = AppointmentLine(self.run, same[0], line.given)
            if not self.run.claim(line, same[0]):
                return
            if not form.changed_data:
                return
        elif form.instance.pk is None:
            form.instance.chair = chair
        if form.is_valid():
            self._ask_for_a_second(chair, form)
            line.kind.enter(self.run, form, line)

    def _ask_for_a_second(self, chair: Chair, form: Any) -> None:
        """Note that a second person must confirm a change of investigators in a running chair, as on its page."""
        roles = {form.cleaned_data["role"], form.initial.get("role") if form.instance.pk else None}
        is_guarded = form.instance.pk is None or set(form.changed_data) & set(GUARDED)
        if roles & set(PI_ROLES) and is_guarded and changes_by_two(chair):
            self.run.needs_second = True


def posts_of(run: Any) -> Posts:
    """Return the lines about people in a run, read once per run."""
    return run.shared(Posts)
