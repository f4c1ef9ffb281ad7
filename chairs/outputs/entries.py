"""The list entries of outputs, built without records and templates: a page has dozens."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, gettext_lazy, ngettext

from chairs.enums import OutputKind
from chairs.models import Output
from chairs.models.output import doi_address, hal_address, shown_authors
from clusters.enums import Origin
from core.addresses import address_of
from core.languages import CONTENT_LANGUAGES, reader_language
from core.prepared import Prepared
from core.primary_keys import any_given, as_one

# A list names so many authors; the registry has the others.
MAX_NAMED = 8
HEADINGS = {
    OutputKind.PUBLICATION.value: gettext_lazy("Publications"),
    OutputKind.SOFTWARE.value: gettext_lazy("Software"),
    OutputKind.DATA_SET.value: gettext_lazy("Data sets"),
}


class Row(NamedTuple):
    """The columns of an output in the list of all outputs, in the order of `_rows`."""

    pk: int
    kind: str
    title: str
    authors: list[str]
    hidden_authors: list[str]
    venue: str
    year: int | None
    language: str
    doi: str | None
    hal_id: str | None
    url: str
    origin: str
    chair_slug: str
    chair_title_en: str | None
    chair_title_fr: str | None
    cluster_slug: str
    cluster_acronym: str
    cluster_name: str


def rows_of(pks: Sequence[int]) -> list[Row]:
    """Return these outputs in this order, without deleted ones."""
    found = {row[0]: Row(*row) for row in _rows(pks=as_one(pks))}
    return [found[pk] for pk in pks if pk in found]


def entry_html(output: Output | Row, *, is_headed: bool = False) -> SafeString:
    """Return an output's entry as HTML: title, authors, venue, year and links. The title is a heading if `is_headed`."""
    named = shown_authors(output.authors, output.hidden_authors)
    authors = f'<p class="note">{escape(_authors(named))}</p>' if named else ""
    facts = [escape(fact) for fact in (output.venue, output.year) if fact] + _links(output)
    meta = "".join(f"<span>{fact}</span>" for fact in facts)
    mark = _demonstration_mark() if output.origin == Origin.DEMONSTRATION else ""
    before, after = ('<h3 class="plain">', "</h3>") if is_headed else ("<p>", "</p>")
    return mark_safe(f'{before}{_title(output)}{mark}{after}{authors}<p class="entry-meta">{meta}</p>')


def in_list(rows: Iterable[Row]) -> SafeString:
    """Return the `<li>` items of the list of all outputs, each with its kind, chair and cluster.

    The titles are headings, as in the other lists: screen reader users jump from one to the next.
    """
    kinds = {kind: escape(label) for kind, label in OutputKind.choices}
    return mark_safe(
        "".join(f"<li>{entry_html(row, is_headed=True)}{_chair_line(row, kinds[row.kind])}</li>" for row in rows)
    )


def grouped(outputs: Iterable[Output]) -> list[dict]:
    """Return outputs, already sorted by kind and year, grouped under headings."""
    kinds = groupby(outputs, key=lambda output: output.kind)
    return [{"heading": HEADINGS[kind], "years": _by_year(of_kind)} for kind, of_kind in kinds]


def by_kind(outputs: Iterable[Output]) -> list[dict]:
    """Return outputs, already sorted by year, grouped under headings in the order of the kinds."""
    order = list(HEADINGS)
    return grouped(sorted(outputs, key=lambda output: order.index(output.kind)))


def _by_year(outputs: Iterable[Output]) -> list[dict]:
    years = groupby(outputs, key=lambda output: output.year)
    return [{"year": year, "entries": [entry_html(output) for output in of_year]} for year, of_year in years]


def _title(output: Output | Row) -> str:
    """Return the title, with its `lang` attribute if it differs from the page's; a notice if there is no title."""
    if not output.title:
        missing = escape(gettext("Title not known yet"))
        return f"<strong>{missing}</strong>"
    language = f' lang="{escape(foreign)}"' if (foreign := foreign_language(output)) else ""
    return f"<strong{language}>{escape(output.title)}</strong>"


def foreign_language(output: Output | Row) -> str:
    """Return the language of the title; an empty text if it is the reader's, or if no source says which it is."""
    return "" if output.language == reader_language() else output.language


def _authors(authors: list[str]) -> str:
    named, others = ", ".join(authors[:MAX_NAMED]), len(authors) - MAX_NAMED
    if others <= 0:
        return named
    said = ngettext("%(names)s and %(number)s other", "%(names)s and %(number)s others", others)
    return said % {"names": named, "number": others}


def _links(output: Output | Row) -> list[str]:
    """Return links to the output, or identifiers as plain text if they have no address."""
    addresses = (
        (doi_address(output.doi, output.origin), output.doi),
        (hal_address(output.hal_id, output.origin), output.hal_id),
    )
    found = [_link(url, text) if url else escape(text) for url, text in addresses if text]
    if not found and output.url and output.origin != Origin.DEMONSTRATION:
        return [_link(output.url, gettext("Web page"))]
    return found


def _link(url: str, text: str) -> str:
    return f'<a href="{escape(url)}" rel="external noopener">{escape(text)}</a>'


def _chair_line(row: Row, kind: str) -> str:
    here = reader_language()
    titles = {"en": row.chair_title_en, "fr": row.chair_title_fr}
    language = next((code for code in (here, *CONTENT_LANGUAGES) if titles.get(code)), here)
    title = escape(titles.get(language) or "")
    if language != here:
        title = f'<span lang="{language}">{title}</span>'
    address = address_of("chairs:detail", row.cluster_slug, row.chair_slug)
    cluster = escape(row.cluster_acronym or row.cluster_name)
    return f'<p class="entry-meta"><span>{kind}</span><span><a href="{address}">{title}</a></span><span>{cluster}</span></p>'


def _demonstration_mark() -> str:
    said = escape(gettext("Demonstration"))
    return f' <span class="origin origin-demonstration">{said}</span>'


@Prepared
def _rows() -> Any:
    records = Output.objects.filter(pk__in=any_given("pks")).order_by()
    own = (
        "pk",
        "kind",
        "title",
        "authors",
        "hidden_authors",
        "venue",
        "year",
        "language",
        "doi",
        "hal_id",
        "url",
        "origin",
    )
    of_chair = ("chair__slug", "chair__title_en", "chair__title_fr")
    of_cluster = ("chair__cluster__slug", "chair__cluster__acronym", "chair__cluster__name")
    return records.values_list(*own, *of_chair, *of_cluster)
