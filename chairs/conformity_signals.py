"""Signal receivers that review a chair's composition when it or one of its rows is saved: see `chairs.conformity`.

Bulk updates send no signal: the nightly task reviews their chairs.
"""

from django.db.models import Q
from django.db.models.signals import post_delete, post_save

from chairs.conformity import review_later
from chairs.models import Appointment, Chair, TeachingElement
from clusters.models import Institution
from core.primary_keys import any_of


def after_chair_saved(sender, instance, raw=False, update_fields=None, **kwargs):
    # Approval, and the review itself, have just checked the composition for the same day.
    is_judged = update_fields is not None and not {"non_conforming_since", "approved_at"}.isdisjoint(update_fields)
    if not raw and not is_judged and _is_watched(instance):
        review_later([instance.pk])


def after_row_changed(sender, instance, raw=False, **kwargs):
    if not raw and _is_watched(instance.chair):
        review_later([instance.chair_id])


def after_institution_saved(sender, instance, raw=False, created=False, **kwargs):
    """Review the chairs of the institution and of all that it took over: its successor or its kind may have changed."""
    if not raw and not created:
        employed = Q(appointments__affiliation__in=any_of(_and_predecessors(instance)))
        review_later(Chair.objects.held_to_their_rule().filter(employed).values_list("pk", flat=True).distinct())


def _is_watched(chair: Chair) -> bool:
    return chair.must_conform or chair.non_conforming_since is not None


def _and_predecessors(institution: Institution) -> set[int]:
    found, latest = {institution.pk}, {institution.pk}
    while latest:
        latest = set(Institution.objects.filter(successor__in=any_of(latest)).values_list("pk", flat=True)) - found
        found |= latest
    return found


def connect() -> None:
    post_save.connect(after_chair_saved, sender=Chair, dispatch_uid="composition")
    post_save.connect(after_institution_saved, sender=Institution, dispatch_uid="composition")
    for model in (Appointment, TeachingElement):
        post_save.connect(after_row_changed, sender=model, dispatch_uid="composition")
        post_delete.connect(after_row_changed, sender=model, dispatch_uid="composition")
