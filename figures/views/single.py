"""A public figure on its own page, with its definition, sources, chart and table; also as CSV, workbook and JSON."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.exports import respond
from core.kept_parts import kept_part
from core.listing import SHOWN_LENGTH
from core.one_moment import one_moment
from figures.catalogue.figure import TITLES, Reading
from figures.catalogue.files import as_json, csv_header, csv_lines
from figures.catalogue.registry import DATED, FIGURES
from figures.citation import citation_of
from figures.dated import Dates
from figures.query import read_dates
from figures.scopes import public
from figures.sorting import Order, can_ask
from figures.views.pages import dated_name, refusal

FORMS = ("csv", "xlsx", "json")


@login_not_required
@require_safe
def figure(request, slug):
    """Show one figure. Its content is the same for every reader, and cached until a record changes."""
    dates, problems = _asked(request, slug)
    sort = request.GET.get("sort", "")
    if sort and not can_ask(sort):
        problems.append(_("The table has no order “%(sort)s”.") % {"sort": sort[:SHOWN_LENGTH]})
        sort = ""
    context = {
        "title": TITLES[slug],
        "dates": dates,
        "problems": problems,
        "is_undated": slug not in DATED,
        "citation": citation_of(slug, dates),
        "downloads": [(form.upper(), _address(slug, dates, form)) for form in FORMS],
        "content": kept_part(("figure", slug, dates.on, dates.known, sort), lambda: _content(slug, dates, sort)),
    }
    return render(request, "figures/figure.html", context)


@login_not_required
@require_safe
def figure_export(request, slug, form):
    dates, problems = _asked(request, slug)
    if problems:
        return refusal(problems)
    with one_moment():
        shown = FIGURES[slug](Reading(public(), dates))
    if form == "json":
        return JsonResponse(as_json(shown, dates), json_dumps_params={"ensure_ascii": False, "indent": 1})
    return respond(form, f"cathedra-{slug}-{dated_name(dates)}", csv_header(shown, dates), csv_lines(shown, dates))


def _asked(request, slug) -> tuple[Dates, list[str]]:
    """Return the dates of the figure, and the errors in the request. Raise Http404 for an unknown figure."""
    if slug not in FIGURES:
        raise Http404
    dates, problems = read_dates(request.GET)
    today = timezone.localdate()
    if slug not in DATED and (dates.on != today or dates.is_past):
        return Dates(today), [_("This figure has no past: it shows what is known today.")]
    return dates, problems


def _content(slug: str, dates: Dates, sort: str) -> str:
    scope = public()
    with one_moment():
        shown = FIGURES[slug](Reading(scope, dates))
    address = f"?{dates.address}&sort=" if slug in DATED else "?sort="
    found = [Order(sort, address).put(one.table) for one in shown.exhibits]
    return render_to_string(
        "figures/_figure.html",
        {"figure": shown, "scope": scope, "dates": dates, "missing": sort if sort and not any(found) else ""},
    )


def _address(slug: str, dates: Dates, form: str) -> str:
    address = reverse("figures:figure_export", args=[slug, form])
    return f"{address}?{dates.address}" if slug in DATED else address
