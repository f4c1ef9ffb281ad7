"""Hides a person at their request from everything public, and shows them again.

Pages, lists, search, suggestions, exports and the sitemap read `Appointment.named()`, `Director.named()` and
`is_publicly_named`, which leave hidden people out. The authors of an output are text: their hidden names are kept
beside it.
"""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models.signals import post_save

from chairs.models import Appointment, Output
from clusters.models import Person
from core.similar_names import are_alike


def hidden_names(chair: int) -> list[str]:
    """Return the names of a chair's hidden people, and those of its hidden authors whom nobody else is called like.

    A name may have been hidden that the record has no longer: of somebody anonymised, renamed or merged.
    """
    people = Person.objects.filter(appointments__chair=chair).order_by("name").distinct()
    names = list(people.filter(is_hidden=True).values_list("name", flat=True))
    outputs = Output.objects.filter(chair=chair).exclude(hidden_authors=[]).order_by("pk")
    hidden = {author for authors in outputs.values_list("hidden_authors", flat=True) for author in authors}
    if others := hidden - set(hidden_among(names, hidden)):
        names += sorted(others - set(hidden_among(_names_ever_of(people.filter(is_hidden=False)), others)))
    return names


def _names_ever_of(people: Any) -> list[str]:
    """Return the names that these people have and had."""
    now, once = list(people), Person.history.filter(id__in=people.order_by().values("pk")).order_by()
    return [*(person.name for person in now), *once.values_list("name", flat=True).distinct()]


def hidden_among(names: list[str], authors: Iterable[str]) -> list[str]:
    """Return the authors of an output whose name is like one of these."""
    return [author for author in authors if any(are_alike(author, name, of_people=True) for name in names)]


@transaction.atomic
def hide(person: Person) -> None:
    """Remove the person's name from everything public, at once."""
    _set(person, is_hidden=True)


@transaction.atomic
def show_again(person: Person) -> None:
    """Make the person public again, as far as sources and consents allow."""
    _set(person, is_hidden=False)


def _set(person: Person, *, is_hidden: bool) -> None:
    person.is_hidden = is_hidden
    person.save()
    _name_again(Output.objects.filter(chair__appointments__person=person).distinct())


def _name_again(outputs: Iterable[Output]) -> None:
    """Keep anew which authors of these outputs are not shown."""
    for output in outputs:
        hidden = hidden_among(hidden_names(output.chair_id), output.authors)
        if hidden != output.hidden_authors:
            output.hidden_authors = hidden
            output.save()


def after_appointment_saved(sender: Any, instance: Appointment, raw: bool = False, **kwargs: Any) -> None:
    """Hide somebody who was hidden before they came among the authors that the chair has already."""
    if not raw and instance.person.is_hidden:
        _name_again(Output.objects.filter(chair=instance.chair_id))


def connect() -> None:
    post_save.connect(after_appointment_saved, sender=Appointment, dispatch_uid="hiding")
