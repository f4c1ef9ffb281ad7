"""An entry of the list of programmes: what a student needs to know first. Written by hand, kept until it changes."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, gettext_lazy

from clusters.enums import TeachingLanguage
from clusters.models import TrainingProgramme
from clusters.templatetags.records import field, origin_mark
from core.fetched import give
from core.kept_parts import kept_parts
from core.languages import columns_of
from core.prepared import Prepared
from core.primary_keys import any_given, as_one

SHOWN = (
    *("slug", "level", "audience", "teaching_language", "place", "built_with_industry", "origin"),
    *("application_page", "applications_open_on", "apply_by", *columns_of("name")),
    *("cluster", "cluster__name", "cluster__acronym", "cluster__slug"),
)
TAUGHT_IN = {
    TeachingLanguage.FRENCH: gettext_lazy("in French"),
    TeachingLanguage.ENGLISH: gettext_lazy("in English"),
    TeachingLanguage.BOTH: gettext_lazy("in French and English"),
}
# Of the institutions behind it, an entry names so many.
INSTITUTIONS_SHOWN = 3


def list_html(pks: Iterable[int]) -> SafeString:
    """Return the items of a list of programmes, in the order of these keys."""
    pks = list(pks)
    found = kept_parts([("programme", pk) for pk in pks], _entries)
    items = (found.get(("programme", pk), "") for pk in pks)
    return mark_safe("".join(f"<li>{item}</li>" for item in items if item))


def _entries(names: list[tuple[str, int]]) -> dict[tuple[str, int], str]:
    programmes = programmes_with_parts([pk for _part, pk in names])
    return {("programme", programme.pk): entry_html(programme) for programme in programmes}


def programmes_with_parts(pks: Sequence[int], *, whole: bool = False) -> list[TrainingProgramme]:
    """Return the public programmes with these keys, each with its clusters, themes and institutions."""
    keys = as_one(pks)
    programmes = {programme.pk: programme for programme in (_whole if whole else _programmes)(pks=keys)}
    for name, (query, one) in PARTS.items():
        rows: defaultdict[int, list] = defaultdict(list)
        for row in query(pks=keys):
            rows[row.trainingprogramme_id].append(getattr(row, one))
        for pk, programme in programmes.items():
            give(programme, name, rows[pk])
    return list(programmes.values())


def entry_html(programme: TrainingProgramme) -> str:
    return _heading(programme) + _facts(programme) + _behind(programme) + _themes_html(programme)


def _heading(programme: TrainingProgramme) -> str:
    link = format_html('<a href="{}">{}</a>', programme.get_absolute_url(), field(programme, "name"))
    mark = origin_mark(programme)
    line = format_html("<h3>{}{}{}</h3>", link, " " if mark else "", mark)
    return f'<div class="entry-line">{line}<p class="apply-by">{when_to_apply(programme)}</p></div>'


def when_to_apply(programme: TrainingProgramme, on: datetime.date | None = None) -> str:
    """Return until when one applies, or that it is too early, too late or not said."""
    on = on or timezone.localdate()
    opens, last = programme.applications_open_on, programme.apply_by
    if last and last < on:
        return format_html(gettext("Applications closed on {day}"), day=_day(last))
    if opens and opens > on:
        return format_html(gettext("Applications open on {day}"), day=_day(opens))
    if last:
        return format_html(gettext("Apply by {day}"), day=_day(last))
    if opens:
        return gettext("Applications are open")
    return format_html('<span class="note">{}</span>', gettext("application dates not stated"))


def _day(day: datetime.date) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', day.isoformat(), date_format(day))


def _facts(programme: TrainingProgramme) -> str:
    facts = [
        programme.get_level_display() or _unknown(gettext("level not stated")),
        str(TAUGHT_IN.get(programme.teaching_language, "")) or _unknown(gettext("language not stated")),
        programme.place or _unknown(gettext("place not stated")),
    ]
    if programme.audience:
        facts.append(programme.get_audience_display())
    if programme.built_with_industry:
        facts.append(gettext("Built with industry"))
    spans = (f"<span>{conditional_escape(fact)}</span>" for fact in facts)
    return f'<p class="entry-meta">{" ".join(spans)}</p>'


def _unknown(text: str) -> str:
    return format_html('<span class="note">{}</span>', text)


def _behind(programme: TrainingProgramme) -> str:
    """Return who runs it: its clusters, then the first institutions behind it."""
    clusters = [programme.cluster, *programme.shared_with.all()]
    institutions = programme.institutions.all()
    names = [str(record) for record in [*clusters, *institutions[:INSTITUTIONS_SHOWN]]]
    if (more := len(institutions) - INSTITUTIONS_SHOWN) > 0:
        names.append(gettext("and %(number)d more") % {"number": more})
    return format_html(
        '<div><ul class="inline-list">{}</ul></div>', format_html_join("", "<li>{}</li>", ([name] for name in names))
    )


def _themes_html(programme: TrainingProgramme) -> str:
    themes = programme.themes.all()
    if not themes:
        return ""
    items = format_html_join("", "<li>{}</li>", ([field(theme, "name")] for theme in themes))
    return f'<div class="entry-meta"><ul class="inline-list" aria-label="{conditional_escape(gettext("Themes"))}">{items}</ul></div>'


def _public():
    programmes = TrainingProgramme.objects.published().filter(pk__in=any_given("pks")).order_by()
    return programmes.select_related("cluster")


_programmes = Prepared(lambda: _public().only(*SHOWN))
_whole = Prepared(_public)


def _parts(name: str, one: str, *shown: str, order: str) -> tuple[Prepared, str]:
    """Return the query for one of the relations of some programmes, and the name of what it leads to."""
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
    # In the order in which they were named.
    "institutions": _parts("institutions", "institution", "name", "slug", "kind", order="pk"),
}
