"""What has changed since a day, in the panel: for a cluster or for the nation."""

import datetime

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from core.exports import respond
from core.one_moment import one_moment
from core.pagination import ROWS_A_PAGE
from figures import changes
from figures.changes import Changes
from figures.dated import Dates
from figures.entries import cells_of
from figures.query import read_dates
from figures.scopes import Scope
from figures.views import pages, staff


@staff.desk
def nation(request):
    return _show(request, staff.nation_of(request), staff.mine_of(request))


@staff.desk
def nation_export(request, form):
    return _export(request, staff.nation_of(request), form)


@staff.desk
def cluster(request, slug):
    mine = staff.mine_of(request)
    return _show(request, staff.scope_of(request, slug, mine), mine)


@staff.desk
def cluster_export(request, slug, form):
    return _export(request, staff.scope_of(request, slug, staff.mine_of(request)), form)


def _show(request, scope: Scope, mine):
    dates, problems = _dates(request)
    found = Changes(scope, dates)
    # What each figure changed by is what the entries give.
    with one_moment():
        asked = found.asked
        shown = changes.columns(asked)
        page = Paginator(changes.ordered(asked), ROWS_A_PAGE).get_page(request.GET.get("page"))
        rows = [
            (entry, cells_of(asked, entry, request.user, shown, changes.values(asked, entry)))
            for entry in page.object_list
        ]
        figures = found.figures()
    context = {
        **staff.frame_of(request, mine),
        "title": _("What has changed since"),
        "scope": scope,
        "dates": dates,
        "problems": problems,
        "page_obj": page,
        "columns": shown,
        "rows": rows,
        # The template has its own sentence on the second date.
        "is_changed": True,
        "changes": figures,
        "up_url": scope.url(**dates.query),
        "downloads": pages.downloads(scope, "changed_export", dates.query),
    }
    return render(request, "figures/admin/changed.html", context)


def _export(request, scope: Scope, form: str):
    dates, problems = _dates(request)
    if problems:
        return pages.refusal(problems)
    asked = Changes(scope, dates).asked
    said = dates.cells()
    header = [*dates.headings(), _("Demonstration"), *(str(one.label) for one in changes.columns(asked))]
    return respond(
        form,
        f"cathedra-{pages.slug_of(scope)}-changed-{pages.dated_name(dates)}",
        header,
        ([*said, *line] for line in changes.lines(asked)),
    )


def _dates(request) -> tuple[Dates, list[str]]:
    """Return the dates in the query string; without a `known` date, yesterday."""
    dates, problems = read_dates(request.GET)
    if dates.known is None:
        dates = Dates(dates.on, timezone.localdate() - datetime.timedelta(days=1))
    return dates, problems
