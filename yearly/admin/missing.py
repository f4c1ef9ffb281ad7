"""The chairs whose report of a year is missing, by cluster: the due day, the last reminder, and a button to remind."""

from django.core.paginator import Paginator
from django.db.models import Max
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from clusters.models import Cluster
from clusters.scopes import EDITORS, clusters_with
from core.pagination import ROWS_A_PAGE
from yearly.chair_years import MAX_YEARS, missing
from yearly.deadlines import due_on, year_to_report
from yearly.enums import ChairReportStatus
from yearly.models import ReportReminder


def missing_page(request, page):
    """Return the page, filtered by `?year=` and `?cluster=`; unknown values are reported."""
    clusters = list(Cluster.objects.visible_to(request.user).order_by("name"))
    year, problems = _year(request.GET.get("year", ""))
    cluster = _cluster(request.GET.get("cluster", ""), clusters, problems)
    found = missing(year).filter(cluster__in=[cluster] if cluster else clusters)
    if problems:
        found = found.none()
    chairs = found.select_related("cluster").order_by("cluster__name", "title", "pk")
    rows = Paginator(chairs, ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        **page.admin_site.each_context(request),
        "title": _("Reports of %(year)d that are missing") % {"year": year},
        "opts": page.opts,
        "year": year,
        "years": _years(),
        "clusters": clusters if len(clusters) > 1 else [],
        "cluster": cluster,
        "problems": problems,
        "due": due_on(year),
        "is_late": due_on(year) < timezone.localdate(),
        "page_obj": rows,
        "rows": _rows(rows, year, frozenset(clusters_with(request.user, EDITORS))),
    }
    return TemplateResponse(request, "yearly/admin/missing.html", context)


def _rows(chairs, year: int, mine: frozenset[int]) -> list[dict]:
    """Return the rows of the page: chair, status, last reminder, and whether the user may send one."""
    reminded = ReportReminder.objects.filter(year=year, chair__in=[chair.pk for chair in chairs]).order_by()
    last = dict(reminded.values_list("chair").annotate(Max("at")))
    labels = dict(ChairReportStatus.choices)
    return [
        {
            "chair": chair,
            "status": labels.get(chair.report_status, _("Not begun")),
            "reminded_at": last.get(chair.pk),
            "may_remind": chair.cluster_id in mine,
        }
        for chair in chairs
    ]


def _years() -> list[int]:
    last = year_to_report(timezone.localdate())
    return list(range(last, last - MAX_YEARS, -1))


def _year(text: str) -> tuple[int, list[str]]:
    years = _years()
    if not text:
        return years[0], []
    if text in {str(year) for year in years}:
        return int(text), []
    return years[0], [_("“%(text)s” is not a year of which chairs report.") % {"text": text[:10].replace("\x00", "")}]


def _cluster(slug: str, clusters: list[Cluster], problems: list[str]) -> Cluster | None:
    found = next((cluster for cluster in clusters if cluster.slug == slug), None)
    if slug and found is None:
        problems.append(_("There is no cluster “%(text)s” here.") % {"text": slug[:40].replace("\x00", "")})
    return found
