"""A public figure at an address of its own: a page with its definition, sources, chart and table, and the same as files."""

import datetime

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
from figures.catalogue.figure import TITLES, Reading
from figures.catalogue.files import as_json, csv_header, csv_lines
from figures.catalogue.registry import DATED, FIGURES
from figures.query import read_day
from figures.scopes import public
from figures.views.pages import refusal

FORMS = ("csv", "json")


@login_not_required
@require_safe
def figure(request, slug):
    """Show one figure. Its content is the same for everybody, and kept until a record changes."""
    day, problems = _asked(request, slug)
    context = {
        "title": TITLES[slug],
        "day": day,
        "problems": problems,
        "is_undated": slug not in DATED,
        "downloads": [(form.upper(), _address(slug, day, form)) for form in FORMS],
        "content": kept_part(("figure", slug, day), lambda: _content(slug, day)),
    }
    return render(request, "figures/figure.html", context)


@login_not_required
@require_safe
def figure_export(request, slug, form):
    day, problems = _asked(request, slug)
    if problems:
        return refusal(problems)
    shown = FIGURES[slug](Reading(public(), day))
    if form == "json":
        return JsonResponse(as_json(shown, day), json_dumps_params={"ensure_ascii": False, "indent": 1})
    return respond(form, f"cathedra-{slug}-{day.isoformat()}", csv_header(shown), csv_lines(shown, day))


def _asked(request, slug) -> tuple[datetime.date, list[str]]:
    """Return the day that the figure is as of, and what is wrong with the one asked for. Raise Http404."""
    if slug not in FIGURES:
        raise Http404
    day, problems = read_day(request.GET.get("on", ""))
    today = timezone.localdate()
    if slug not in DATED and day != today:
        return today, [_("This figure has no past: it shows what is known today.")]
    return day, problems


def _content(slug: str, day: datetime.date) -> str:
    scope = public()
    shown = FIGURES[slug](Reading(scope, day))
    return render_to_string("figures/_figure.html", {"figure": shown, "scope": scope, "day": day})


def _address(slug: str, day: datetime.date, form: str) -> str:
    address = reverse("figures:figure_export", args=[slug, form])
    return f"{address}?on={day.isoformat()}" if slug in DATED else address
