"""Imports in the panel: upload files, review line by line what they would change, then enter or discard them."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from clusters.models import Cluster
from clusters.perms import can_see_private
from clusters.scopes import clusters_of, clusters_with
from core.admin.base import ScopedAdmin
from core.admin.confirmation import Act, confirm
from core.admin.filters import ScopedRelatedFilter
from core.admin.lifecycle import Button
from core.admin.record_page import change_url
from core.downloads import download
from core.exports import CONTENT_TYPES
from core.form_fields import FilesField, ManyFiles
from core.models.lists import ExportFormat, ListExport
from core.uploads import MAX_UPLOADS_A_REQUEST
from imports import acts, progress
from imports.enums import Outcome
from imports.export import counted_portfolio, kinds_for, template_of
from imports.kinds import KINDS
from imports.models import Import
from imports.perms import ENTERING, IMPORTERS, can_discard, can_enter, can_import

LINES_A_PAGE = 100
ALL_KINDS = "all"


@dataclass(frozen=True)
class Deed:
    """The texts, permission and function of an import's confirmation page."""

    label: Any
    effect: Any
    done: Any
    may: Any
    why_not: Any
    act: Any


DEEDS = {
    "enter": Deed(
        _("Enter these lines"),
        _(
            "All lines are entered together, or none. Nobody is written to. Until they are in, the page shows how far "
            "it is, and you can leave it."
        ),
        _("Being entered: this page says when it is done."),
        can_enter,
        acts.why_not_enter,
        acts.enter,
    ),
    "check": Deed(
        _("Check again"),
        _("The same files are read again: what was missing here may have been registered meanwhile."),
        _("Being checked again."),
        can_discard,
        acts.why_not_check,
        acts.check_again,
    ),
    "discard": Deed(
        _("Discard"),
        _("The files and what was said of them are removed. Nothing of them was entered. This is final."),
        _("The import was discarded."),
        can_discard,
        acts.why_not_discard,
        acts.discard,
    ),
}


class BringForm(forms.ModelForm):
    """The files to import, and the cluster whose records they are."""

    uploads = FilesField(
        label=_("Files"),
        widget=ManyFiles(attrs={"accept": ".xlsx,.csv,.pdf"}),
        help_text=_(
            "A workbook (XLSX) with a sheet for each kind of record, or CSV files. Add the signed agreements (PDF) that "
            "its lines name."
        ),
    )

    class Meta:
        model = Import
        fields = ["cluster"]

    def clean_uploads(self):
        uploads = self.cleaned_data["uploads"]
        if len(uploads) > MAX_UPLOADS_A_REQUEST:
            sentence = _t("At most %(most)d files at once.") % {"most": MAX_UPLOADS_A_REQUEST}
            raise forms.ValidationError(sentence, code="too_many")
        problems = []
        for upload in uploads:
            try:
                acts.columns_of(upload)
            except forms.ValidationError as refusal:
                problems += refusal.messages
        if problems:
            raise forms.ValidationError(problems)
        if all(upload.name.lower().endswith(".pdf") for upload in uploads):
            raise forms.ValidationError(
                _t("Add the workbook or the CSV file too: a PDF has no lines."), code="no_table"
            )
        return uploads


@admin.register(Import)
class ImportAdmin(ScopedAdmin):
    form = BringForm
    change_form_template = "imports/admin/import.html"
    add_title = _("Import a workbook")
    who_changes = ""
    list_display = ["__str__", "cluster", "status", "lines_total", "uploader", "uploaded_at"]
    list_filter = ["status", ("cluster", ScopedRelatedFilter)]
    list_select_related = ["cluster", "uploaded_by", "on_behalf_of"]
    page_related = [*list_select_related, "entered_by", "entered_for"]
    ordering = ["-uploaded_at", "-pk"]
    search_fields = ["files__name", "uploaded_by__name", "on_behalf_of__name", "cluster__name", "cluster__acronym"]
    search_help_text = _("Name of a file, of who brought it, or of the cluster.")

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("files")

    @admin.display(description=_("uploaded by"), ordering="uploaded_by__name")
    def uploader(self, batch):
        return batch.uploader

    @admin.display(description=_("entered by"))
    def enterer(self, batch):
        return batch.enterer or "—"

    def get_page_rows(self, record):
        return [*super().get_page_rows(record), "files"]

    def can_add(self, user):
        return can_import(user)

    # The form.

    def get_fieldsets(self, request, obj=None):
        if obj is None:
            return [(None, {"fields": ["cluster", "uploads"]})]
        return [(None, {"fields": ["cluster", ("uploader", "uploaded_at"), ("enterer", "entered_at")]})]

    def get_readonly_fields(self, request, obj=None):
        return [] if obj is None else ["cluster", "uploader", "uploaded_at", "enterer", "entered_at"]

    def get_form(self, request, obj=None, change=False, **kwargs):
        if obj is not None:
            kwargs["form"] = forms.ModelForm
        return super().get_form(request, obj, change, **kwargs)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "cluster":
            kwargs["queryset"] = Cluster.objects.filter(pk__in=clusters_with(request.user, IMPORTERS))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_changeform_initial_data(self, request):
        mine = clusters_with(request.user, IMPORTERS)
        return {"cluster": mine[0] if len(mine) == 1 else None, **super().get_changeform_initial_data(request)}

    def save_model(self, request, obj, form, change):
        acts.bring(obj, form.cleaned_data["uploads"], by=request.user)

    def response_add(self, request, obj, post_url_continue=None):
        return HttpResponseRedirect(change_url(obj))

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is None:
            context |= {"kinds": KINDS, "all_kinds": ALL_KINDS, "save_label": _("Read the files")}
            context |= {"clusters": Cluster.objects.filter(pk__in=clusters_of(request.user).pks).order_by("name")}
        return super().render_change_form(request, context, add, change, form_url, obj)

    # The page.

    def get_page_context(self, request, batch):
        asked = request.GET.get("outcome", "")
        outcome = asked if asked in Outcome.values else ""
        lines = batch.lines.filter(outcome=outcome) if outcome else batch.lines.all()
        page = Paginator(lines, LINES_A_PAGE).get_page(request.GET.get("page"))
        return {
            **super().get_page_context(request, batch),
            "buttons": self.buttons(batch, request.user),
            "progress": _progress(batch),
            "sums": _sums(batch),
            "outcomes": _outcomes(batch),
            "outcome": outcome,
            "page_obj": page,
        }

    def buttons(self, batch, user) -> list[Button]:
        return [
            Button(
                str(deed.label), reverse("admin:imports_import_act", args=[batch.pk, name]), deed.why_not(batch, user)
            )
            for name, deed in DEEDS.items()
        ]

    def get_urls(self):
        def at(pattern, view, suffix):
            return path(pattern, self.admin_site.admin_view(view), name=f"imports_import_{suffix}")

        return [
            at("templates/<slug:code>.xlsx", require_safe(self.template_view), "template"),
            at("portfolio/<slug:cluster>.xlsx", require_POST(self.portfolio_view), "portfolio"),
            at("<int:pk>/progress/", require_safe(self.progress_view), "progress"),
            at("<int:pk>/files/<int:file>/", require_safe(self.file_view), "file"),
            at("<path:object_id>/act/<slug:act>/", self.act_view, "act"),
            *super().get_urls(),
        ]

    def progress_view(self, request, pk):
        """Return the part of the page that shows the progress; once the worker is done, make htmx reload the page."""
        batch = self.open_record(request, str(pk))
        context = {"original": batch, "progress": _progress(batch)}
        response = TemplateResponse(request, "imports/admin/_progress.html", context)
        if not batch.is_running:
            response.headers["HX-Refresh"] = "true"
        return response

    def file_view(self, request, pk, file):
        batch = self.open_record(request, str(pk))
        kept = get_object_or_404(batch.files, pk=file)
        return download(kept.file, kept.name, kept.media_type)

    def template_view(self, request, code):
        """Download the empty workbook of a kind, or of all."""
        if not can_import(request.user):
            raise PermissionDenied
        kinds = [kind for kind in KINDS if code in (kind.code, ALL_KINDS)]
        if not kinds:
            raise Http404
        return _workbook(template_of(kinds), f"import-{code}")

    def portfolio_view(self, request, cluster):
        """Download all records of the cluster in the import's columns, and log the download."""
        found = get_object_or_404(Cluster.objects.visible_to(request.user), slug=cluster)
        if not can_see_private(request.user, found.pk):
            raise PermissionDenied
        # A role that may not import anything may still read all of it.
        kinds = kinds_for(request.user, found) or KINDS
        content, rows = counted_portfolio(found, request.user, kinds)
        _log_portfolio(found, kinds, rows, by=request.user)
        return _workbook(content, f"portfolio-{found.slug}")

    def act_view(self, request, object_id, act):
        """Confirm (GET), or act and return to the import (POST)."""
        if act not in DEEDS:
            raise Http404
        batch, deed = self.open_record(request, object_id), DEEDS[act]
        return confirm(
            self,
            request,
            batch,
            Act(
                label=deed.label,
                effect=deed.effect,
                may=deed.may,
                who=ENTERING,
                why_not=deed.why_not,
                do=lambda form, note: deed.act(batch, by=request.user),
                done=deed.done,
            ),
        )


def _log_portfolio(cluster: Cluster, kinds, rows: int, *, by) -> None:
    """Log who downloaded a cluster's portfolio, among the exports of lists."""
    ListExport.log(
        lambda: ([_t("Portfolio of %(cluster)s") % {"cluster": cluster}], [str(kind.label) for kind in kinds]),
        by=by,
        list_of=Cluster._meta.label_lower,
        rows=rows,
        format=ExportFormat.XLSX,
    )


def _workbook(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}.xlsx"'}
    return HttpResponse(content, content_type=CONTENT_TYPES["xlsx"], headers=headers)


def _progress(batch: Import) -> dict:
    """Return the numbers of lines done and in total; empty if no worker is running."""
    return {"done": progress.done(batch), "total": batch.lines_total} if batch.is_running else {}


def _sums(batch: Import) -> list[tuple]:
    """Return for each kind its label and the number of lines with each outcome."""
    return [
        (kind.label, [batch.counts[kind.code].get(outcome, 0) for outcome in Outcome.values])
        for kind in KINDS
        if kind.code in batch.counts
    ]


def _outcomes(batch: Import) -> list[tuple]:
    """Return each outcome that occurs, as value, label and number of lines."""
    sums: dict[str, int] = defaultdict(int)
    for counted in batch.counts.values():
        for outcome, number in counted.items():
            sums[outcome] += number
    return [(outcome.value, outcome.label, sums[outcome.value]) for outcome in Outcome if sums[outcome.value]]
