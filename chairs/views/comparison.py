"""The comparison of the clusters: one table, sorted as the query string says."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from chairs.comparison import DEFAULT, SORTS, headings, rows
from core.kept_parts import kept_part
from core.listing import SHOWN_LENGTH


@login_not_required
@require_safe
def compare_clusters(request):
    asked = request.GET.get("sort", "")
    sort = asked if asked in SORTS else DEFAULT
    ignored = (
        _("The table has no order “%(sort)s”.") % {"sort": asked[:SHOWN_LENGTH]} if asked not in {"", sort} else ""
    )
    table = kept_part(("clusters compared", sort), lambda: _table(sort))
    return render(request, "chairs/cluster_comparison.html", {"table": table, "ignored": ignored})


def _table(sort: str) -> str:
    found = rows(sort)
    context = {
        "headings": headings(sort),
        "rows": found,
        "grant_sum": sum(row.cluster.public_grant for row in found),
    }
    return render_to_string("chairs/_cluster_comparison.html", context)
