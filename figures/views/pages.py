"""The views that all pages of figures share: show figures, list their entries, and export both.

A page asks several questions. All are answered as of one moment, so that its totals are those of its rows.
"""

from django.contrib import admin
from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from core.exports import CONTENT_TYPES, respond
from core.kept_parts import kept_part
from core.one_moment import one_moment
from core.pagination import ROWS_A_PAGE
from figures.catalogue.figure import Reading
from figures.catalogue.registry import OF_THE_CLUSTERS, OF_THE_STATE, exhibits
from figures.dated import Dates
from figures.entries import entry_columns, entry_lines, entry_rows, totals
from figures.lists import Pages
from figures.pages import all_tables, parts_of
from figures.query import Asked, read, read_dates
from figures.scopes import Scope
from figures.tables import export_header, export_lines

FORMATS = tuple(CONTENT_TYPES)


def show(request, scope: Scope, template: str, **context):
    framed = frame(request, scope)
    with one_moment():
        parts = parts_of(scope, framed["dates"], request.user, Pages(request.GET))
    return render(request, template, {**context, **framed, "parts": parts})


def show_to_staff(request, scope: Scope, **context):
    """Show figures in the panel. Everything below the dates is cached by reader and URL until a record changes."""
    framed = frame(request, scope)
    dates = framed["dates"]

    def content() -> str:
        with one_moment():
            parts = parts_of(scope, dates, request.user, Pages(request.GET))
        shown = {"scope": scope, "parts": parts, "request": request}
        return render_to_string("figures/admin/_parts.html", shown)

    name = ("figures in the panel", admin.site.reads_as(request.user), request.get_full_path(), dates)
    # Past knowledge is read from history tables, which do not change the data version: it is not cached.
    framed["content"] = mark_safe(content()) if dates.is_past else kept_part(name, content)
    return render(request, "figures/admin/figures.html", {**context, **framed})


def show_public(request, scope: Scope):
    """Show the figures that are the same for every reader, cached by dates until a record changes."""
    framed = frame(request, scope)
    dates = framed["dates"]
    content = kept_part(("figures", dates.on, dates.known), lambda: _public_content(scope, dates))
    return render(request, "figures/figures.html", {**framed, "content": content})


def _public_content(scope: Scope, dates: Dates) -> str:
    reading = Reading(scope, dates)
    with one_moment():
        granted, granted_for_show = exhibits(reading, OF_THE_STATE)
        done, done_for_show = exhibits(reading, OF_THE_CLUSTERS)
    shown = {"granted": granted, "done": done, "made_up": [*granted_for_show, *done_for_show]}
    return render_to_string("figures/_public.html", {"scope": scope, "dates": dates, "parts": reading.parts, **shown})


def frame(request, scope: Scope) -> dict:
    """Return the context around the figures of a page, the dates first."""
    dates, problems = read_dates(request.GET)
    return {
        "title": scope.title,
        "scope": scope,
        "dates": dates,
        "problems": problems,
        "downloads": downloads(scope, "export", dates.query),
        "entries_url": scope.url("entries", **dates.query),
        "changed_url": scope.url("changed", **dates.query) if scope.is_of_staff else "",
    }


def export(request, scope: Scope, form: str):
    """Return a page's tables as one file, one below the other: the same sums, for the same dates."""
    dates, problems = read_dates(request.GET)
    if problems:
        return refusal(problems)
    columns = export_header(scope)
    header = [*dates.headings(), _("Table"), _("Demonstration"), *(str(column.label) for column in columns)]
    said = dates.cells()
    with one_moment():
        parts = parts_of(scope, dates, request.user)
    lines = ([*said, *line] for line in export_lines(all_tables(parts), columns))
    return respond(form, f"cathedra-{slug_of(scope)}-{dated_name(dates)}", header, lines)


def dated_name(dates: Dates) -> str:
    return "-known-".join(dates.query.values())


def show_entries(request, scope: Scope, template: str, **context):
    with one_moment():
        asked = read(scope, request.GET)
        page = _page(asked, request.GET.get("page"))
        rows, sums = entry_rows(asked, page.object_list, request.user), totals(asked)
    query = {key: value for key, value in request.GET.items() if key != "page" and len(value) <= 200}
    query |= asked.dates.query
    context |= {
        "title": _("Entries of the ledger"),
        "scope": scope,
        "asked": asked,
        "dates": asked.dates,
        "problems": asked.problems,
        "page_obj": page,
        "columns": entry_columns(asked),
        "rows": rows,
        "totals": sums,
        "up_url": scope.url(**asked.dates.query),
        "changed_url": scope.url("changed", **asked.dates.query) if scope.is_of_staff else "",
        "downloads": downloads(scope, "entries_export", query),
        "kept": [(key, value) for key, value in query.items() if key not in ("on", "known")],
    }
    return render(request, template, context)


def export_entries(request, scope: Scope, form: str):
    asked = read(scope, request.GET)
    if asked.problems:
        return refusal(asked.problems)
    header = [*asked.dates.headings(), _("Demonstration"), *(str(column.label) for column in entry_columns(asked))]
    said = asked.dates.cells()
    lines = ([*said, *line] for line in entry_lines(asked))
    return respond(form, f"cathedra-{slug_of(scope)}-entries-{dated_name(asked.dates)}", header, lines)


def downloads(scope: Scope, page: str, query: dict) -> list[tuple[str, str]]:
    return [(form.upper(), scope.url(page, form, **query)) for form in FORMATS]


def _page(asked: Asked, number) -> Page:
    ordered = asked.sums.entries.order_by("effective_on", "sponsorship_id", "position")
    related = ("sponsorship__partner", "sponsorship__chair__cluster", "activity", "instalment", "agreement")
    return Paginator(ordered.select_related(*related), ROWS_A_PAGE).get_page(number)


def slug_of(scope: Scope) -> str:
    return "-".join(["figures", *(str(arg) for arg in scope.args)])


def refusal(problems: list[str]) -> HttpResponse:
    """Refuse a bad request with a sentence: a file with figures of other dates could not explain itself."""
    return HttpResponse("\n".join([*problems, ""]), status=400, content_type="text/plain; charset=utf-8")
