"""Confirms outputs as the chair's, or sets them aside. The latter are kept, or they would be proposed again."""

from django.db import transaction
from django.db.models import Case, QuerySet, Value, When
from django.utils import timezone

from accounts.models import User
from chairs.models import Output
from chairs.models.output import LATEST_FIRST
from core.on_behalf import colleague_of

CONFIRM, SET_ASIDE = "confirm", "set_aside"


@transaction.atomic
def answer(outputs: "QuerySet[Output]", verdict: str, *, by: User | None) -> int:
    """Confirm outputs, or set them aside. Return how many changed; the others already had this answer."""
    changed = 0
    for output in outputs.select_for_update(of=("self",)).order_by("pk"):
        if is_answered(output, verdict):
            continue
        at, is_ours = timezone.now(), verdict == CONFIRM
        nobody, act = (None, None, None), (by, colleague_of(by), at)
        output.confirmed_by, output.confirmed_for, output.confirmed_at = act if is_ours else nobody
        output.refused_by, output.refused_for, output.refused_at = nobody if is_ours else act
        output._history_user = by
        output.save()
        changed += 1
    return changed


def is_answered(output: Output, verdict: str) -> bool:
    return (output.confirmed_at if verdict == CONFIRM else output.refused_at) is not None


def waiting_first(outputs: "QuerySet[Output]") -> "QuerySet[Output]":
    """Order outputs for review: unanswered, then confirmed, then set aside."""
    state = Case(
        When(refused_at__isnull=False, then=Value(2)), When(confirmed_at__isnull=False, then=Value(1)), default=Value(0)
    )
    return outputs.annotate(state=state).order_by("state", LATEST_FIRST, "title", "pk")
