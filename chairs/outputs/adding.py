"""Adds outputs to chairs, in two steps: a plan of additions, duplicates and refusals; then the additions."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history

from accounts.models import User
from chairs.enums import OutputRegistry
from chairs.hiding import hidden_among, hidden_names
from chairs.models import Chair, Output
from chairs.outputs.candidates import Candidate, Refusal
from chairs.outputs.tasks import complete_new
from core.text import name_key

BATCH_SIZE = 200


@dataclass
class Plan:
    """What adding would do: additions, duplicates with the output that each repeats, and refusals."""

    additions: list[tuple[Chair, Candidate]] = field(default_factory=list)
    duplicates: list[tuple[Candidate, str]] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)


class Known:
    """The outputs that a chair has, by the marks that identify them."""

    def __init__(self, chair: Chair) -> None:
        self.by_mark: dict[tuple, str] = {}
        rows = Output.objects.filter(chair=chair).order_by()
        for title, year, doi, hal_id, refused_at in rows.values_list("title", "year", "doi", "hal_id", "refused_at"):
            said = _("set aside as not the chair’s: “%(label)s”") if refused_at else _("already there: “%(label)s”")
            self.take(Candidate(title=title, year=year, doi=doi, hal_id=hal_id), said)

    def take(self, candidate: Candidate, said: str) -> None:
        for mark in _marks(candidate):
            self.by_mark.setdefault(mark, said % {"label": candidate.label, "line": candidate.line})

    def duplicate_of(self, candidate: Candidate) -> str:
        """Return the description of the output that the candidate repeats; empty if it is new."""
        marks = _marks(candidate) if not (candidate.doi or candidate.hal_id) else _marks(candidate)[:-1]
        return next((self.by_mark[mark] for mark in marks if mark in self.by_mark), "")


def _marks(candidate: Candidate) -> list[tuple]:
    """Return the marks that identify an output: its identifiers, and last its title with the year."""
    marks: list[tuple] = [("doi", candidate.doi)] if candidate.doi else []
    marks += [("hal", candidate.hal_id)] if candidate.hal_id else []
    return [*marks, ("title", name_key(candidate.title), candidate.year) if candidate.title else ("none",)]


def plan_for(chair: Chair, candidates: Iterable[Candidate], refusals: Iterable[Refusal] = ()) -> Plan:
    """Return the plan of adding these candidates to a chair."""
    plan, known = Plan(refusals=list(refusals)), Known(chair)
    for candidate in candidates:
        if said := known.duplicate_of(candidate):
            plan.duplicates.append((candidate, said))
        else:
            known.take(candidate, _("the same as on line %(line)s: “%(label)s”"))
            plan.additions.append((chair, candidate))
    return plan


@transaction.atomic
def add(chair: Chair, candidates: Iterable[Candidate], *, by: User | None, is_confirmed: bool) -> int:
    """Add the new ones of these candidates, planned again under the chair's lock. Return how many were added.

    With `is_confirmed`, the outputs count as confirmed by the person who adds them; otherwise they wait for an answer.
    """
    plan, at = plan_for(chair.locked(), candidates), timezone.now()
    hidden = hidden_names(chair.pk)
    outputs = [_made(chair, candidate, by, at, is_confirmed, hidden) for _chair, candidate in plan.additions]
    bulk_create_with_history(outputs, Output, batch_size=BATCH_SIZE, default_user=by, default_date=at)
    if settings.ASK_REGISTRIES and any(output.completed_at is None for output in outputs):
        complete_new.enqueue(chair.pk)
    return len(outputs)


def _made(
    chair: Chair, candidate: Candidate, by: User | None, at: datetime, is_confirmed: bool, hidden: list[str]
) -> Output:
    values = asdict(candidate)
    del values["line"]
    output = Output(chair=chair, added_by=by, added_at=at, **values)
    if candidate.title:
        output.registry, output.completed_at = OutputRegistry.FILE, at
    if is_confirmed:
        output.confirmed_by, output.confirmed_at = by, at
    output.hidden_authors = hidden_among(hidden, output.authors)
    output.search_key = output.made_search_key()
    return output
