"""The list entries of programmes: what a student needs to know first. Built without templates, cached until they change."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, gettext_lazy, ngettext

from clusters.enums import Audience, TeachingLanguage, TrainingLevel
from clusters.models import TrainingProgramme
from clusters.templatetags.records import field, origin_mark
from clusters.training.catalogue import NAMES, OWN, Catalogue, catalogue
from core.addresses import address_of
from core.fetched import give
from core.kept_parts import kept_parts
from core.languages import columns_of, reader_language
from core.prepared import Prepared
from core.primary_keys import any_given, as_one
from core.sets import NOBODY
from core.tables_read import made_of

Named = TypeVar("Named")

# In the order of the fields of `Entry`.
SHOWN = (
    *("pk", "slug", "level", "audience", "teaching_language", "place", "built_with_industry", "origin"),
    *("applications_open_on", "apply_by", "cluster", *columns_of("name")),
)
TAUGHT_IN = {
    TeachingLanguage.FRENCH: gettext_lazy("in French"),
    TeachingLanguage.ENGLISH: gettext_lazy("in English"),
    TeachingLanguage.BOTH: gettext_lazy("in French and English"),
}
# An entry names this many institutions.
INSTITUTIONS_SHOWN = 3


def list_html(pks: Iterable[int], known: Catalogue | None = None) -> SafeString:
    """Return the `<li>` items of a list of programmes, in the order of these keys.

    `known` is the catalogue, if the caller has it already.
    """
    pks = list(pks)
    found = kept_parts([("programme", pk) for pk in pks], lambda names: _entries(names, known or catalogue()))
    items = (found.get(("programme", pk), "") for pk in pks)
    return mark_safe("".join(f"<li>{item}</li>" for item in items if item))


def _entries(names: list[tuple[str, int]], known: Catalogue) -> dict[tuple[str, int], str]:
    keys = as_one(pk for _part, pk in names)
    made_of(*OWN, *NAMES)
    behind: defaultdict[int, list[str]] = defaultdict(list)
    for pk, institution in _institutions(pks=keys):
        behind[pk].append(institution)
    entries = (Entry(known, behind[row[0]], *row) for row in _rows(pks=keys))
    return {("programme", entry.pk): entry.html for entry in entries}


@dataclass(frozen=True)
class Entry:
    """A programme as a list shows it, from plain values: a page shows twenty."""

    catalogue: Catalogue
    institutions: list[str]
    pk: int
    slug: str
    level: str
    audience: str
    teaching_language: str
    place: str
    built_with_industry: bool | None
    origin: str
    applications_open_on: datetime.date | None
    apply_by: datetime.date | None
    cluster_id: int
    name_en: str
    name_fr: str

    @property
    def html(self) -> str:
        return self._heading() + self._facts() + self._behind() + self._themes() + self._unstated()

    def _heading(self) -> str:
        address, mark = address_of("clusters:training_detail", self.slug), origin_mark(self)
        is_dated = self.applications_open_on or self.apply_by
        apply = when_to_apply(self.applications_open_on, self.apply_by)
        line = f'<p class="apply-by">{apply}</p>' if is_dated else ""
        return (
            f'<div class="entry-line"><h3><a href="{address}">{conditional_escape(field(self, "name"))}</a>'
            f"{' ' if mark else ''}{mark}</h3>{line}</div>"
        )

    def _facts(self) -> str:
        facts = [
            escape(_label(TrainingLevel, self.level)),
            escape(TAUGHT_IN.get(self.teaching_language, "")),
            escape(self.place),
            escape(_label(Audience, self.audience)),
            escape(gettext("Built with industry")) if self.built_with_industry else "",
        ]
        return f'<p class="entry-meta">{" ".join(f"<span>{fact}</span>" for fact in facts if fact)}</p>'

    def _unstated(self) -> str:
        """Return one line with all that is not stated, so that it does not crowd out the facts."""
        unstated = [
            gettext("application dates") if not (self.applications_open_on or self.apply_by) else "",
            gettext("level") if not self.level else "",
            gettext("language") if not self.teaching_language else "",
            gettext("place") if not self.place else "",
        ]
        names = ", ".join(filter(None, unstated))
        said = escape(gettext("Not stated: %(names)s") % {"names": names})
        return f'<p class="entry-meta">{said}</p>' if names else ""

    def _behind(self) -> str:
        """Return the clusters and institutions behind it: the keeping cluster first, then sharing ones, then some institutions."""
        clusters = self._those_of("cluster", self.catalogue.names.clusters)
        first = self.catalogue.names.clusters.get(self.cluster_id, "")
        names = [first, *(name for name in clusters if name != first), *self.institutions[:INSTITUTIONS_SHOWN]]
        if (more := len(self.institutions) - INSTITUTIONS_SHOWN) > 0:
            names.append(ngettext("and %(number)d more", "and %(number)d more", more) % {"number": more})
        return f'<div><ul class="inline-list">{"".join(f"<li>{escape(name)}</li>" for name in names)}</ul></div>'

    def _themes(self) -> str:
        themes = self._those_of("theme", self.catalogue.names.themes)
        if not themes:
            return ""
        items = "".join(f"<li>{_in_reader_language(names)}</li>" for names in themes)
        label = escape(gettext("Themes"))
        return f'<div class="entry-meta"><ul class="inline-list" aria-label="{label}">{items}</ul></div>'

    def _those_of(self, kind: str, named: dict[int, Named]) -> list[Named]:
        having = self.catalogue.having
        return [names for pk, names in named.items() if self.pk in having.get(f"{kind}={pk}", NOBODY)]


def programmes_with_parts(pks: Sequence[int]) -> list[TrainingProgramme]:
    """Return the public programmes with these keys, with their clusters, themes and institutions, for their own pages."""
    keys = as_one(pks)
    programmes = {programme.pk: programme for programme in _programmes(pks=keys)}
    for name, (query, one) in PARTS.items():
        rows: defaultdict[int, list] = defaultdict(list)
        for row in query(pks=keys):
            rows[row.trainingprogramme_id].append(getattr(row, one))
        for pk, programme in programmes.items():
            give(programme, name, rows[pk])
    return list(programmes.values())


def when_to_apply(opens: datetime.date | None, last: datetime.date | None) -> str:
    """Return as HTML until when to apply, or that it is too early, too late or not stated."""
    today = timezone.localdate()
    if last and last < today:
        return format_html(gettext("Applications closed on {day}"), day=_day(last))
    if opens and opens > today:
        return format_html(gettext("Applications open on {day}"), day=_day(opens))
    if last:
        return format_html(gettext("Apply by {day}"), day=_day(last))
    if opens:
        return escape(gettext("Applications are open"))
    return format_html('<span class="note">{}</span>', gettext("application dates not stated"))


def _day(day: datetime.date) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', day.isoformat(), date_format(day))


def _label(choices: type[TextChoices], value: str) -> str:
    return str(choices(value).label) if value else ""


def _in_reader_language(names: dict[str, str]) -> str:
    """Return a name in the reader's language, or the other one with its `lang` attribute."""
    here = reader_language()
    if names.get(here):
        return escape(names[here])
    return next((format_html('<span lang="{}">{}</span>', code, name) for code, name in names.items() if name), "")


@Prepared
def _programmes():
    programmes = TrainingProgramme.objects.published().filter(pk__in=any_given("pks")).order_by()
    return programmes.select_related("cluster")


@Prepared
def _rows():
    return TrainingProgramme.objects.published().filter(pk__in=any_given("pks")).order_by().values_list(*SHOWN)


@Prepared
def _institutions():
    rows = TrainingProgramme.institutions.through.objects.filter(trainingprogramme__in=any_given("pks"))
    return rows.order_by("institution__name_key").values_list("trainingprogramme_id", "institution__name")


def _parts(name: str, one: str, *shown: str, order: str) -> tuple[Prepared, str]:
    """Return the query for a relation of some programmes, and the field of the relation that leads to its records."""
    rows = getattr(TrainingProgramme, name).through.objects

    def parts():
        columns = [f"{one}__{column}" for column in shown]
        related = {column.rpartition("__")[0] for column in columns}
        found = rows.filter(trainingprogramme__in=any_given("pks")).order_by(order)
        return found.select_related(*related).only("trainingprogramme_id", *columns)

    return Prepared(parts), one


PARTS = {
    "shared_with": _parts("shared_with", "cluster", "name", "acronym", "slug", order="cluster__name"),
    "themes": _parts("themes", "theme", *columns_of("name"), "slug", "cluster__slug", order="theme__name_key"),
    "institutions": _parts(
        "institutions", "institution", "name", "slug", "kind", "origin", order="institution__name_key"
    ),
}
