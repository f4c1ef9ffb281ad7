"""How an output is shown in a list: written by hand, since a page has fifty of them."""

from collections.abc import Iterable
from itertools import groupby

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, gettext_lazy, ngettext

from chairs.enums import OutputKind
from chairs.models import Output
from clusters.enums import Origin
from clusters.templatetags.records import field
from core.addresses import address_of
from core.languages import reader_language

# A list names so many authors; the registry has the others.
MAX_NAMED = 8
HEADINGS = {
    OutputKind.PUBLICATION.value: gettext_lazy("Publications"),
    OutputKind.SOFTWARE.value: gettext_lazy("Software"),
    OutputKind.DATA_SET.value: gettext_lazy("Data sets"),
}


def entry_html(output: Output) -> SafeString:
    """Return title, authors, where and when it came out, and where to read it."""
    lines = [format_html("<p>{}{}</p>", title_of(output), _mark(output))]
    if output.authors:
        lines.append(format_html('<p class="note">{}</p>', authors_of(output)))
    facts = [conditional_escape(fact) for fact in (output.venue, output.year) if fact] + links_of(output)
    lines.append(
        format_html('<p class="entry-meta">{}</p>', format_html_join("", "<span>{}</span>", ((f,) for f in facts)))
    )
    return mark_safe("".join(lines))


def title_of(output: Output) -> SafeString:
    """Return the title, marked with its language where that is known and not the page's; an identifier without one."""
    title = output.title or gettext("Title not known yet")
    if output.title and output.language and output.language != reader_language():
        return format_html('<strong lang="{}">{}</strong>', output.language, title)
    return format_html("<strong>{}</strong>", title)


def authors_of(output: Output) -> str:
    named, others = ", ".join(output.authors[:MAX_NAMED]), len(output.authors) - MAX_NAMED
    if others <= 0:
        return named
    said = ngettext("%(names)s and %(number)s other", "%(names)s and %(number)s others", others)
    return said % {"names": named, "number": others}


def links_of(output: Output) -> list[SafeString]:
    """Return where the output is found; an identifier that leads nowhere is only shown."""
    found = [
        format_html('<a href="{}" rel="external noopener">{}</a>', url, text) if url else conditional_escape(text)
        for url, text in ((output.doi_url, output.doi), (output.hal_url, output.hal_id))
        if text
    ]
    if not found and output.url and output.origin != Origin.DEMONSTRATION:
        return [format_html('<a href="{}" rel="external noopener">{}</a>', output.url, gettext("Web page"))]
    return found


def grouped(outputs: Iterable[Output]) -> list[dict]:
    """Return outputs, in the order of their kinds and years, under headings."""
    kinds = groupby(outputs, key=lambda output: output.kind)
    return [{"heading": HEADINGS[kind], "years": _by_year(of_kind)} for kind, of_kind in kinds]


def by_kind(outputs: Iterable[Output]) -> list[dict]:
    """Return outputs, the latest first, under headings: the kinds in their own order."""
    order = list(HEADINGS)
    return grouped(sorted(outputs, key=lambda output: order.index(output.kind)))


def _by_year(outputs: Iterable[Output]) -> list[dict]:
    years = groupby(outputs, key=lambda output: output.year)
    return [{"year": year, "entries": [entry_html(output) for output in of_year]} for year, of_year in years]


def _mark(output: Output) -> SafeString | str:
    if output.origin != Origin.DEMONSTRATION:
        return ""
    return format_html(' <span class="origin origin-demonstration">{}</span>', gettext("Demonstration"))


def in_list(outputs: Iterable[Output]) -> SafeString:
    """Return the items of the list of all outputs, each with its kind, its chair and its cluster."""
    return mark_safe("".join(f"<li>{entry_html(output)}{_chair_line(output)}</li>" for output in outputs))


def _chair_line(output: Output) -> SafeString:
    chair = output.chair
    return format_html(
        '<p class="entry-meta"><span>{}</span><span><a href="{}">{}</a></span><span>{}</span></p>',
        output.get_kind_display(),
        address_of("chairs:detail", chair.cluster.slug, chair.slug),
        field(chair, "title"),
        chair.cluster.acronym or chair.cluster.name,
    )
