"""The filters of a list, and how many records each value would leave.

Within a facet, values add up (one or the other); between facets, they narrow (one and the other).
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from chairs.enums import PUBLIC_STATUS_LABELS
from chairs.models import ChairKind, Discipline
from clusters.models import Cluster, Institution, Phase, Theme
from clusters.templatetags.records import field
from core.models import PastAddress
from core.primary_keys import any_of
from core.text import name_key

# A slug, or a cluster's and its theme's. Other values are not looked up.
ADDRESS = re.compile(r"[-a-zA-Z0-9_]{1,100}(/[-a-zA-Z0-9_]{1,100})?")
# More than anybody ticks; what is beyond is not read.
MAX_VALUES = 50
YES = "1"
OTHER_WAYS_TO_SAY_YES = ("true", "yes", "on")


@dataclass(frozen=True)
class Choice:
    """One value of a facet: what stands in the address, what the reader sees, and what is filtered by."""

    value: str
    label: str
    key: object
    count: int = 0
    is_chosen: bool = False
    # Applied by default, without having been chosen.
    is_shown: bool = False


class Facet:
    """Something that a list can be narrowed by. `name` is the parameter in the address."""

    def __init__(self, name: str, label: str, path: str):
        self.name = name
        self.label = label
        self.path = path

    def find(self, values: Iterable[str]) -> dict[str, Choice]:
        """Return the choice that each known value stands for."""
        raise NotImplementedError

    def choices_for(self, keys: Iterable) -> list[Choice]:
        """Return the choices with these keys, in the order in which a reader looks for them."""
        raise NotImplementedError

    def narrow(self, records: QuerySet, keys: list) -> QuerySet:
        """Return the records that have one of the keys. By a subquery: a join would count a record several times."""
        manager = records.model._default_manager
        return records.filter(pk__in=manager.filter(**{f"{self.path}__in": keys}).values("pk"))

    def counts(self, records: QuerySet) -> dict:
        """Return how many of the records have each key."""
        rows = records.order_by().values_list(self.path).annotate(Count("pk", distinct=True))
        return {key: count for key, count in rows if key is not None}


class RecordFacet(Facet):
    """A facet whose values are records with an address of their own."""

    def __init__(self, name: str, label: str, path: str, model: type[Model], text: str = ""):
        super().__init__(name, label, path)
        self.model = model
        self.text = text  # the translated field to show; without it, the record as it names itself

    def find(self, values):
        records = self.model._default_manager.filter(slug__in=values)
        found = {record.slug: self._choice(record) for record in records}
        return found | self._moved([value for value in values if value not in found])

    def _moved(self, values: list[str]) -> dict[str, Choice]:
        """Return the choices that earlier addresses stand for."""
        moved = PastAddress.objects.records_at(self.model, values)
        records = self.model._default_manager.in_bulk(set(moved.values()))
        return {slug: self._choice(records[key]) for (_all, slug), key in moved.items() if key in records}

    def choices_for(self, keys):
        return self._in_order(self.model._default_manager.filter(pk__in=any_of(keys)))

    def _in_order(self, records) -> list[Choice]:
        return [self._choice(r) for r in sorted(records, key=lambda r: name_key(getattr(r, self.text or "name")))]

    def _choice(self, record) -> Choice:
        return Choice(record.slug, field(record, self.text) if self.text else str(record), record.pk)


class ThemeFacet(RecordFacet):
    """Two clusters may have a theme of the same slug: a value is `cluster/theme`, or the theme alone if no other is."""

    def find(self, values):
        slugs = {value.rpartition("/")[2] for value in values}
        found, namesakes = {}, defaultdict(list)
        for theme in Theme.objects.filter(slug__in=slugs).select_related("cluster"):
            choice = found[f"{theme.cluster.slug}/{theme.slug}"] = self._choice(theme)
            namesakes[theme.slug].append(choice)
        found |= {slug: choices[0] for slug, choices in namesakes.items() if len(choices) == 1}
        return found | self._moved([value for value in values if value not in found])

    def _moved(self, values):
        """A theme has moved where it has another address, or where its cluster has."""
        places = [value.rpartition("/")[::2] for value in values]
        past = PastAddress.objects.records_at(Theme, [slug for _cluster, slug in places])
        names = {name for name, _slug in places}
        clusters = {name: key for (_all, name), key in PastAddress.objects.records_at(Cluster, names).items()}
        clusters |= dict(Cluster.objects.filter(slug__in=names).values_list("slug", "pk"))
        either = Q(pk__in=past.values()) | Q(cluster__in=clusters.values(), slug__in=[slug for _name, slug in places])
        themes = {theme.pk: theme for theme in Theme.objects.filter(either).select_related("cluster")}
        here = {(theme.cluster_id, theme.slug): pk for pk, theme in themes.items()}
        found = {}
        for value, (name, slug) in zip(values, places, strict=True):
            place = clusters.get(name), slug
            keys = {here.get(place) or past.get(place)} if name else {key for at, key in past.items() if at[1] == slug}
            if len(keys) == 1 and (theme := themes.get(keys.pop())):
                found[value] = self._choice(theme)
        return found

    def choices_for(self, keys):
        return self._in_order(Theme.objects.filter(pk__in=any_of(keys)).select_related("cluster"))

    def _choice(self, theme):
        return Choice(f"{theme.cluster.slug}/{theme.slug}", field(theme, self.text), theme.pk)


class PhaseFacet(RecordFacet):
    """The programme's phases, the latest first, and `all`: the list opens on the current one."""

    ALL = "all"

    def find(self, values):
        return super().find(values) | {self.ALL: Choice(self.ALL, _("Every phase"), self.ALL)}

    def choices_for(self, keys):
        phases = Phase.objects.filter(pk__in=[key for key in keys if key != self.ALL])
        return [*map(self._choice, phases), Choice(self.ALL, _("Every phase"), self.ALL)]

    def narrow(self, records, keys):
        return records if self.ALL in keys else super().narrow(records, keys)

    def counts(self, records):
        counts = super().counts(records)
        return counts | {self.ALL: sum(counts.values())}


class StatusFacet(Facet):
    """Where a chair stands, in the public's words."""

    def find(self, values):
        return {choice.value: choice for choice in self.choices_for(PUBLIC_STATUS_LABELS)}

    def choices_for(self, keys):
        return [Choice(str(s.value), label, s.value) for s, label in PUBLIC_STATUS_LABELS.items() if s.value in keys]


class OpenFacet(Facet):
    """Whether a partner can propose to fund research now: a single box to tick."""

    def find(self, values):
        choice = Choice(YES, _("Open to sponsors"), YES)
        return dict.fromkeys([YES, *OTHER_WAYS_TO_SAY_YES], choice)

    def choices_for(self, keys):
        return [self.find(keys)[key] for key in keys]

    def narrow(self, records, keys):
        return records.fundable()

    def counts(self, records):
        return {YES: self.narrow(records, [YES]).count()}


CHAIR_FACETS = (
    PhaseFacet("phase", _("Phase"), "phase", Phase, "name"),
    RecordFacet("cluster", _("Cluster"), "cluster", Cluster),
    OpenFacet("open", _("Sponsors"), "pk"),
    RecordFacet("kind", _("Kind of chair"), "kind", ChairKind, "name"),
    ThemeFacet("theme", _("Theme"), "themes", Theme, "name"),
    RecordFacet("institution", _("Institution"), "appointments__affiliation", Institution),
    RecordFacet("discipline", _("Discipline"), "appointments__discipline", Discipline, "name"),
    StatusFacet("status", _("Status"), "status"),
)
OPPORTUNITY_FACETS = (
    RecordFacet("cluster", _("Cluster"), "chair__cluster", Cluster),
    ThemeFacet("theme", _("Theme"), "chair__themes", Theme, "name"),
)
