"""Filters with records as values, such as clusters and themes, for the lists of every app."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Model, Q
from django.utils.translation import gettext_lazy as _

from clusters.models import Cluster, Theme
from clusters.templatetags.records import field
from core.facets import Choice, Choices, Facet
from core.models import PastAddress
from core.text import name_key


class RecordFacet(Facet):
    """A filter whose values are records, by their slugs; past slugs are recognised too."""

    def __init__(self, name: str, label: str, model: type[Model], text: str = ""):
        super().__init__(name, label)
        self.model = model
        self.text = text  # the translated field to show; if empty, the record's `str`
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
    """Themes as `cluster/theme`, since two clusters may use the same slug; the theme's slug alone works if it is unique."""

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
        """Return the choices of values whose theme, or whose cluster, has another slug now."""
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


CLUSTER = RecordFacet("cluster", _("Cluster"), Cluster)
THEME = ThemeFacet("theme", _("Theme"), "name")
