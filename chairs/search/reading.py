"""Reads chairs with all that the index and the cards show of them, in a constant number of queries.

What many chairs have in common (a cluster, a kind, an employer) is read once and given to each of them: making a record
of it for every chair takes Django longer than everything else.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.db.models import Model, Prefetch, QuerySet

from chairs.models import (
    Activity,
    Appointment,
    Chair,
    ChairKind,
    CompositionRule,
    Discipline,
    StatedPartner,
    TeachingElement,
)
from clusters.models import Cluster, Director, Institution, InstitutionAlias, Phase, Theme
from core.languages import columns_of
from core.primary_keys import any_of

# Only the columns that are needed.
OF_A_CHAIR = (
    *("status", "origin", "cluster", "slug", "kind", "phase", "rule", "acronym", "axis", "programme"),
    *("starts_on", "ends_on", "start_year", "end_year"),
    *columns_of("title", "topic", "summary", "description"),
)
OF_AN_ACTIVITY = (
    *("chair", "target", "deadline", "regime", "closed_at"),
    *columns_of("title", "description", "counterparts"),
)


def whole_chairs(pks: Iterable[int]) -> list[Chair]:
    """Return these chairs by key, with their rows as `listed_appointments`, `listed_activities` and so on."""
    keys = sorted(pks)
    # People are joined, since most chairs have others.
    posts = Appointment.objects.select_related("person").defer("person__website", "person__contact_email")
    chairs = list(
        Chair.objects.filter(pk__in=any_of(keys))
        .order_by("pk")
        .only(*OF_A_CHAIR)
        .prefetch_related(
            _listed("stated_partners", StatedPartner.objects.all()),
            _listed("activities", Activity.objects.only(*OF_AN_ACTIVITY)),
            _listed("teaching", TeachingElement.objects.only("chair", *columns_of("title"))),
            _listed("appointments", posts.order_by("pk")),
        )
    )
    _give_themes(chairs, keys)
    heads = _listed("directors", Director.objects.named().select_related("person"))
    _share(chairs, ["cluster"], Cluster.objects.prefetch_related(heads))
    for name, model in (("kind", ChairKind), ("phase", Phase), ("rule", CompositionRule)):
        _share(chairs, [name], model._default_manager.all())
    appointments = [post for chair in chairs for post in listed(chair, "appointments")]
    employers = Institution.objects.prefetch_related(_listed("aliases", InstitutionAlias.objects.all()))
    _share(appointments, ["affiliation", "other_affiliation"], employers)
    _share(appointments, ["discipline"], Discipline.objects.all())
    return chairs


def listed(record: Model, name: str) -> list[Any]:
    """Return the rows of a record read by `whole_chairs`."""
    rows: list[Any] = getattr(record, f"listed_{name}")
    return rows


def _listed(name: str, records: "QuerySet[Any, Any]") -> "Prefetch[Any, Any, Any]":
    """Prefetch related records as a plain list: faster than Django's default, a queryset per record."""
    return Prefetch(name, records, to_attr=f"listed_{name}")


def _give_themes(chairs: Iterable[Chair], keys: Collection[int]) -> None:
    """Give each chair its themes, in their order."""
    of_chairs = Theme.objects.filter(chairs__in=any_of(keys))
    pairs = list(of_chairs.values_list("chairs", "pk"))
    themes = _by_key(Theme.objects.all(), {theme for _chair, theme in pairs})
    found: defaultdict[int, list[Theme]] = defaultdict(list)
    for chair, theme in pairs:
        found[chair].append(themes[theme])
    for one in chairs:
        one.listed_themes = found[one.pk]


def _share(records: Sequence[Model], names: Iterable[str], related: "QuerySet[Any, Any]") -> None:
    """Give the records what they refer to under these names, each related record once."""
    if not records:
        return
    fields = [records[0]._meta.get_field(name) for name in names]
    found = _by_key(related, {getattr(record, field.attname) for record in records for field in fields})
    for record in records:
        for field in fields:
            field.set_cached_value(record, found.get(getattr(record, field.attname)))


def _by_key(records: "QuerySet[Any, Any]", keys: set[int | None]) -> dict[int, Any]:
    wanted = keys - {None}
    return {one.pk: one for one in records.order_by().filter(pk__in=any_of(wanted))} if wanted else {}
