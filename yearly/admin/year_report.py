from django.conf import settings
from django.contrib import admin
from django.core.paginator import Paginator
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from clusters.perms import can_keep_reference_data, has_role_anywhere
from clusters.scopes import EDITORS, clusters_with
from core.admin.base import ScopedAdmin, ScopedStackedInline
from core.admin.filters import ScopedRelatedFilter
from core.admin.lifecycle import LifecycleAdmin
from core.admin.record_page import change_url
from core.languages import reader_language
from core.pagination import ROWS_A_PAGE
from yearly.chair_years import missing
from yearly.content import content_of, scope_of
from yearly.models import IndicatorComment, YearReport
from yearly.papers import answer, chart_answer
from yearly.perms import can_keep
from yearly.reading import lines_of


class CommentInline(ScopedStackedInline):
    model = IndicatorComment
    fields = ["indicator", ("text_en", "text_fr")]


@admin.register(YearReport)
class YearReportAdmin(LifecycleAdmin, ScopedAdmin):
    """The reports of clusters and of the nation: begun here, checked with the records behind each figure, then frozen."""

    add_title = _("Begin the report of a year")
    change_form_template = "yearly/admin/year_report.html"
    confirm_verb_template = "yearly/admin/confirm_freeze.html"
    who_changes = _(
        "What is accepted stays as it is. Before that, editors and managers comment on their cluster’s report."
    )
    list_display = ["__str__", "year", "cluster", "records", "status", "accepted_at"]
    list_filter = ["year", "status", "records", ("cluster", ScopedRelatedFilter)]
    list_select_related = ["cluster"]
    list_deferred = ["payload"]
    search_fields = ["cluster__name", "cluster__acronym"]
    search_help_text = _("Cluster.")
    page_related = ["cluster", "created_by"]
    inlines = [CommentInline]
    fields = [("cluster", "year", "records"), ("comment_en", "comment_fr")]

    def get_urls(self):
        name = "yearly_yearreport"

        def at(pattern, view, suffix):
            return path(pattern, self.admin_site.admin_view(require_safe(view)), name=f"{name}_{suffix}")

        return [
            at("<int:pk>/read/", self.read_view, "read"),
            at("<int:pk>/records/<slug:slug>/", self.records_view, "records"),
            at("<int:pk>/report.<slug:language>.<slug:form>", self.file_view, "file"),
            at("<int:pk>/charts/<slug:slug>.<slug:language>.<slug:form>", self.chart_view, "chart"),
            *super().get_urls(),
        ]

    def read_view(self, request, pk):
        """Show every indicator with its figure, that of the year before, and a link to the records behind it."""
        report = self.open_record(request, str(pk))
        said = content_of(report, reader_language(), with_lines=False)
        context = {
            **self._frame(request, report),
            "title": str(report),
            "said": said,
            "may_comment": can_keep(report, request.user) and not report.is_frozen,
        }
        return TemplateResponse(request, "yearly/admin/read.html", context)

    def records_view(self, request, pk, slug):
        """Show the records behind an indicator: their numbers add up to each of its counts."""
        report = self.open_record(request, str(pk))
        indicator = lines_of(report, slug, reader_language())
        if indicator is None:
            raise Http404
        lines = [(part["name"], part["unit"], *line) for part in indicator["parts"] for line in part["lines"]]
        page = Paginator(lines, ROWS_A_PAGE).get_page(request.GET.get("page"))
        context = {
            **self._frame(request, report),
            "title": indicator["name"],
            "indicator": indicator,
            "page_obj": page,
            "read_url": reverse("admin:yearly_yearreport_read", args=[report.pk]),
        }
        return TemplateResponse(request, "yearly/admin/records.html", context)

    def file_view(self, request, pk, language, form):
        return answer(self.open_record(request, str(pk)), language, form)

    def chart_view(self, request, pk, slug, language, form):
        return chart_answer(self.open_record(request, str(pk)), slug, language, form)

    def _frame(self, request, report) -> dict:
        return {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": report,
            "report": report,
            "record_url": change_url(report),
            "languages": settings.LANGUAGES,
        }

    def can_add(self, user):
        return has_role_anywhere(user, EDITORS) or can_keep_reference_data(user)

    def can_change(self, user, obj=None):
        return obj is None or (not obj.is_frozen and can_keep(obj, user))

    def get_readonly_fields(self, request, obj=None):
        return ["cluster", "year", "records"] if obj else []

    def get_field_queryset(self, db, db_field, request):
        """Offer the clusters in which the user is an editor or a manager; the national report has no cluster."""
        offered = super().get_field_queryset(db, db_field, request)
        if db_field.name != "cluster":
            return offered
        return offered.filter(pk__in=clusters_with(request.user, EDITORS))

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "cluster" and not can_keep_reference_data(request.user):
            field.required = True
        return field

    def get_changeform_initial_data(self, request):
        return {"year": timezone.localdate().year - 1, **super().get_changeform_initial_data(request)}

    def save_model(self, request, obj, form, change):
        if not change:
            obj.created_by = request.user
        super().save_model(request, obj, form, change)

    def get_view_on_site_url(self, obj=None):
        """Return None: the report is not public."""

    def get_page_context(self, request, record):
        return {**super().get_page_context(request, record), "report": record, "languages": settings.LANGUAGES}

    def get_verb_context(self, request, verb, record):
        """Return the report as it would be frozen, and the number of chairs without a report."""
        silent = missing(record.year).filter(pk__in=scope_of(record).running.order_by().values("pk")).count()
        return {"report": record, "silent": silent}

    def effect(self, verb):
        return str(
            _(
                "The figures, the records behind them and the words are kept as they are now, in both languages. "
                "Whatever is recorded later, the pages and files of this report stay the same. This cannot be undone."
            )
        )
