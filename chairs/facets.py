"""The filters of a list: what their values are called, in which order they stand, and what an address means by them.

Within a filter, values add up (one or the other); between filters, they narrow (one and the other). Which records have a
value, the read side knows (`chairs.cards.directory`): it names it by the filter and the key, as in “cluster=3”.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Model, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from chairs.enums import PUBLIC_STATUS_LABELS
from chairs.models import ChairKind, Discipline
from clusters.models import Cluster, Institution, Phase, Theme
from clusters.templatetags.records import field
from core.models import PastAddress
from core.text import name_key

# A slug, or a cluster's and its theme's. Other values are not looked up.
ADDRESS = re.compile(r"[-a-zA-Z0-9_]{1,100}(/[-a-zA-Z0-9_]{1,100})?")
# More than anybody ticks; what is beyond is not read.
MAX_VALUES = 50
YES = "1"
OTHER_WAYS_TO_SAY_YES = ("true", "yes", "on")


@dataclass(frozen=True)
class Choice:
    """One value of a facet: what stands in the address, what the reader sees, and what it is known by."""

    value: str
    label: str
    key: object
    count: int = 0
    is_chosen: bool = False
    # Applied by default, without having been chosen.
    is_shown: bool = False


@dataclass(frozen=True)
class Choices:
    """All values of a facet in a language, in the order in which a reader looks for them."""

    every: list[Choice]

    @cached_property
    def by_value(self) -> dict[str, Choice]:
        return {choice.value: choice for choice in self.every}

    @cached_property
    def by_key(self) -> dict[object, Choice]:
        return {choice.key: choice for choice in self.every}


class Facet:
    """Something that a list can be narrowed by. `name` is the parameter in the address."""

    # The tables from which the choices are made.
    tables: tuple[str, ...] = ()

    def __init__(self, name: str, label: str):
        self.name = name
        self.label = label

    def choices(self) -> Choices:
        """Return all values, in the reader's language."""
        return Choices(list(self._every()))

    def find(self, values: list[str], known: Choices) -> dict[str, Choice]:
        """Return the choice that each known value of an address stands for."""
        found = {value: known.by_value[value] for value in values if value in known.by_value}
        return found | self._found_otherwise([value for value in values if value not in found], known)

    def asked(self, keys: Iterable[object]) -> list[str]:
        """Return what the read side calls the values with these keys."""
        return [f"{self.name}={key}" for key in keys]

    def _every(self) -> Iterator[Choice]:
        raise NotImplementedError

    def _found_otherwise(self, values: list[str], known: Choices) -> dict[str, Choice]:
        return {}


class RecordFacet(Facet):
    """A facet whose values are records with an address of their own, also found at its earlier ones."""

    def __init__(self, name: str, label: str, model: type[Model], text: str = ""):
        super().__init__(name, label)
        self.model = model
        self.text = text  # the translated field to show; without it, the record as it names itself
        self.tables = (model._meta.db_table,)

    def _records(self) -> Iterable[Model]:
        return sorted(
            self.model._default_manager.all(), key=lambda record: name_key(getattr(record, self.text or "name"))
        )

    def _every(self):
        return (Choice(self._value(record), self._label(record), record.pk) for record in self._records())

    def _value(self, record) -> str:
        return record.slug

    def _label(self, record) -> str:
        return field(record, self.text) if self.text else str(record)

    def _found_otherwise(self, values, known):
        if not values:
            return {}
        moved = PastAddress.objects.records_at(self.model, values)
        return {slug: known.by_key[key] for (_all, slug), key in moved.items() if key in known.by_key}


class ThemeFacet(RecordFacet):
    """Two clusters may have a theme of the same slug: a value is `cluster/theme`, or the theme alone if no other is."""

    def __init__(self, name: str, label: str, text: str):
        super().__init__(name, label, Theme, text)
        self.tables = (Theme._meta.db_table, Cluster._meta.db_table)

    def _records(self):
        themes = Theme.objects.select_related("cluster")
        return sorted(themes, key=lambda theme: name_key(getattr(theme, self.text)))

    def _value(self, record):
        return f"{record.cluster.slug}/{record.slug}"

    def _found_otherwise(self, values, known):
        if not values:
            return {}
        namesakes = defaultdict(list)
        for choice in known.every:
            namesakes[choice.value.partition("/")[2]].append(choice)
        found = {value: namesakes[value][0] for value in values if len(namesakes.get(value, ())) == 1}
        return found | self._moved([value for value in values if value not in found], known)

    def _moved(self, values: list[str], known: Choices) -> dict[str, Choice]:
        """A theme has moved where it has another address, or where its cluster has."""
        if not values:
            return {}
        places = [value.rpartition("/")[::2] for value in values]
        past = PastAddress.objects.records_at(Theme, [slug for _cluster, slug in places])
        names = {name for name, _slug in places}
        clusters = {name: key for (_all, name), key in PastAddress.objects.records_at(Cluster, names).items()}
        clusters |= dict(Cluster.objects.filter(slug__in=names).values_list("slug", "pk"))
        either = Q(pk__in=past.values()) | Q(cluster__in=clusters.values(), slug__in=[slug for _name, slug in places])
        here = {
            (cluster, slug): pk
            for pk, cluster, slug in Theme.objects.filter(either).values_list("pk", "cluster", "slug")
        }
        found = {}
        for value, (name, slug) in zip(values, places, strict=True):
            place = clusters.get(name), slug
            keys = {here.get(place) or past.get(place)} if name else {key for at, key in past.items() if at[1] == slug}
            if len(keys) == 1 and (choice := known.by_key.get(keys.pop())):
                found[value] = choice
        return found


class PhaseFacet(RecordFacet):
    """The programme's phases, the latest first, and `all`: the list opens on the current one."""

    ALL = "all"

    def _records(self):
        return Phase.objects.all()

    def _every(self):
        yield from super()._every()
        yield Choice(self.ALL, _("Every phase"), self.ALL)


class StatusFacet(Facet):
    """Where a chair stands, in the public's words."""

    def _every(self):
        return (Choice(str(status.value), label, status.value) for status, label in PUBLIC_STATUS_LABELS.items())


class OpenFacet(Facet):
    """Whether a partner can propose to fund research now: a single box to tick."""

    def _every(self):
        yield Choice(YES, _("Open to sponsors"), YES)

    def _found_otherwise(self, values, known):
        return {value: known.by_key[YES] for value in values if value in OTHER_WAYS_TO_SAY_YES}


CLUSTER = RecordFacet("cluster", _("Cluster"), Cluster)
THEME = ThemeFacet("theme", _("Theme"), "name")
CHAIR_FACETS = (
    PhaseFacet("phase", _("Phase"), Phase, "name"),
    CLUSTER,
    OpenFacet("open", _("Sponsors")),
    RecordFacet("kind", _("Kind of chair"), ChairKind, "name"),
    THEME,
    RecordFacet("institution", _("Institution"), Institution),
    RecordFacet("discipline", _("Discipline"), Discipline, "name"),
    StatusFacet("status", _("Status")),
)
OPPORTUNITY_FACETS = (CLUSTER, THEME)
