"""Completes outputs known only by an identifier from a registry, in the worker.

An output that cannot be completed keeps the reason; the nightly job tries again, up to `MAX_TRIES` times.
"""

from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from chairs.enums import OutputProblem, OutputRegistry
from chairs.hiding import hidden_among, hidden_names
from chairs.models import Output
from chairs.outputs.candidates import Candidate
from chairs.outputs.registries import Registries, Unanswered

# A registry that has not had an identifier for so many nights will not get it.
MAX_TRIES = 30
# How many outputs one task, and one night, may ask the registries about.
MAX_A_TASK, MAX_A_NIGHT = 100, 500
FILLED = ("title", "authors", "venue", "year", "language", "url", "stated_references")


def complete_chair(chair_id: int) -> bool:
    """Complete outputs of a chair that were never tried. Return whether there are more."""
    new = Output.objects.incomplete().filter(chair=chair_id, tries=0).order_by("pk")
    complete(new[:MAX_A_TASK])
    return settings.ASK_REGISTRIES and new.exists()


def complete_waiting() -> int:
    """Complete outputs that could not be completed before, those with the fewest tries first. Return how many succeeded."""
    waiting = Output.objects.incomplete().filter(tries__lt=MAX_TRIES).order_by("tries", "pk")
    return complete(waiting[:MAX_A_NIGHT])


def complete(outputs: Iterable[Output]) -> int:
    """Complete each output; return how many succeeded. Does nothing if `ASK_REGISTRIES` is off."""
    if not settings.ASK_REGISTRIES:
        return 0
    with Registries() as registries:
        return sum([_complete(output, registries) for output in outputs])


def _complete(output: Output, registries: Registries) -> bool:
    try:
        registry, candidate = registries.about(output)
        if not candidate.title:
            raise Unanswered(OutputProblem.UNREADABLE)
    except Unanswered as failure:
        _note(output, failure.problem)
        return False
    _fill(output, registry, candidate)
    return True


def _note(output: Output, problem: OutputProblem) -> None:
    """Record why the output is not complete, without a history entry for each try."""
    Output.objects.filter(pk=output.pk).update(problem=problem, tries=output.tries + 1)


@transaction.atomic
def _fill(output: Output, registry: OutputRegistry, candidate: Candidate) -> None:
    """Fill the empty fields from the registry; values that somebody entered meanwhile are kept."""
    kept = Output.objects.select_for_update().filter(pk=output.pk, completed_at=None).first()
    if kept is None:
        return
    for name in FILLED:
        if not getattr(kept, name):
            setattr(kept, name, getattr(candidate, name))
    kept.kind = candidate.kind
    for name in ("doi", "hal_id"):
        other = Output.objects.filter(chair=kept.chair_id, **{name: getattr(candidate, name)}).exclude(pk=kept.pk)
        if not getattr(kept, name) and getattr(candidate, name) and not other.exists():
            setattr(kept, name, getattr(candidate, name))
    kept.hidden_authors = hidden_among(hidden_names(kept.chair_id), kept.authors)
    kept.registry, kept.completed_at, kept.problem, kept.tries = registry, timezone.now(), "", kept.tries + 1
    kept.save()
