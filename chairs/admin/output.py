"""Outputs in the admin panel: of one chair, of all chairs, and those that acknowledge a cluster's grant."""

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from chairs.addressees import investigators_of
from chairs.models import Chair, Output
from chairs.models.output import shown_authors
from chairs.outputs import answers
from chairs.outputs.candidates import language_code
from chairs.outputs.desk import act_on, keep_outputs, shown
from chairs.outputs.forms import ReferenceForm
from chairs.outputs.proposals import propose
from chairs.perms import can_edit, can_keep_outputs
from clusters.models import Cluster
from clusters.perms import can_write_to_people, has_role_anywhere
from clusters.scopes import EDITORS, clusters_with
from core.admin.at_once import AtOnce
from core.admin.base import ScopedAdmin
from core.admin.filters import ScopedRelatedFilter, WaitingFilter
from core.admin.record_page import change_url
from core.languages import columns_of
from core.pagination import paged

ANSWERS = {
    answers.CONFIRM: _("Confirm: they are the chair’s"),
    answers.SET_ASIDE: _("Set aside: not the chair’s"),
}


class AnswerFilter(admin.SimpleListFilter):
    title = _("whether it is the chair’s")
    parameter_name = "answer"

    def lookups(self, request, model_admin):
        return [("waiting", _("Not answered yet")), ("confirmed", _("Confirmed")), ("set_aside", _("Set aside"))]

    def queryset(self, request, queryset):
        asked = {
            "waiting": Q(confirmed_at=None, refused_at=None),
            "confirmed": Q(confirmed_at__isnull=False),
            "set_aside": Q(refused_at__isnull=False),
        }
        return queryset.filter(asked.get(self.value(), Q()))


class CompleteFilter(admin.SimpleListFilter):
    title = _("completion")
    parameter_name = "complete"

    def lookups(self, request, model_admin):
        return [("no", _("Only an identifier is known"))]

    def queryset(self, request, queryset):
        return queryset.filter(completed_at=None, title="") if self.value() == "no" else queryset


class OutputForm(forms.ModelForm):
    def clean_language(self):
        """Return the code of the language: a browser reads nothing else by which to pronounce the title."""
        written = self.cleaned_data["language"]
        code = language_code(written)
        if written and not code:
            raise forms.ValidationError(_t("Write the language as its code, such as “fr”."), code="language")
        return code


@admin.register(Output)
class OutputAdmin(ScopedAdmin):
    """The outputs of the chairs that the user sees. New ones are added on their chair's page."""

    form = OutputForm

    change_list_template = "chairs/admin/output_list.html"
    who_changes = _("You can only read this output. The chair’s investigators and its cluster’s editors keep it.")
    list_display = ["__str__", "chair", "kind", "year", "state", "completion", "origin"]
    list_filter = [
        WaitingFilter,
        AnswerFilter,
        CompleteFilter,
        "kind",
        ("chair__cluster", ScopedRelatedFilter),
        "origin",
    ]
    list_select_related = ["chair__cluster"]
    export_columns = ["title", "named_authors", "venue", "doi", "hal_id", "url", "language", "chair__cluster"]
    list_deferred = ["search_key", "stated_references", "authors"]
    ordering = ["-added_at", "-pk"]
    search_fields = ["title", "venue", "doi", "hal_id", *columns_of("chair__title")]
    search_help_text = _("Title, journal, DOI or HAL id, or the chair.")
    page_related = ("chair__cluster", "added_by", "confirmed_by", "refused_by")
    readonly_fields = ["chair", "author_names", "grants", "registry", "completion", "state", "added", "origin"]
    fields = [
        "chair",
        ("kind", "year", "language"),
        "title",
        "author_names",
        "venue",
        ("doi", "hal_id"),
        "url",
        "grants",
        ("registry", "completion"),
        ("state", "added", "origin"),
    ]

    def get_named(self, user):
        return self.get_visible(user)

    def can_write_to_people(self, user):
        return can_write_to_people(user)

    def get_addressees(self, request, records):
        return investigators_of(records.values("chair"), request.user)

    def can_change(self, user, obj=None):
        return has_role_anywhere(user, EDITORS) if obj is None else can_edit(obj.chair, user)

    def get_waiting(self, user):
        """Return the unanswered outputs of chairs in the clusters that the user edits."""
        return Output.objects.waiting().filter(chair__cluster__in=clusters_with(user, EDITORS))

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name in ("title", "venue"):
            field.widget.attrs["class"] = "vLargeTextField"
        return field

    def acts_at_once(self, request):
        """Return both answers, for users who edit a cluster's chairs."""
        if not self.can_act_at_once(request.user):
            return {}
        return {verdict: self._answer(request.user, verdict, label) for verdict, label in ANSWERS.items()}

    def _answer(self, user, verdict: str, label: str) -> AtOnce:
        def why_not(output, by):
            if not self.can_change(by, output):
                return [str(self.who_changes)]
            return [_t("This is its answer already.")] if answers.is_answered(output, verdict) else []

        def do(output, form, note):
            answers.answer(Output.objects.filter(pk=output.pk), verdict, by=user)

        return AtOnce(verdict, str(label), why_not, do, has_note=False)

    @admin.display(description=_("whether it is the chair’s"))
    def state(self, output):
        if output.confirmed_at:
            return _t("confirmed")
        return _t("set aside") if output.refused_at else _t("not answered yet")

    @admin.display(description=_("completion"))
    def completion(self, output):
        if output.completed_at or output.title:
            return _t("complete")
        return output.get_problem_display() or _t("not asked yet")

    @admin.display(description=_("authors"))
    def author_names(self, output):
        return ", ".join(output.authors) or "—"

    @admin.display(description=_("authors"))
    def named_authors(self, output):
        """Return the authors for a file that leaves the panel, without those who asked to be hidden."""
        return ", ".join(shown_authors(output.authors, output.hidden_authors))

    @admin.display(description=_("references of grants"))
    def grants(self, output):
        return ", ".join(output.stated_references) or "—"

    @admin.display(description=_("added"))
    def added(self, output):
        return output.added_by_names or "—"

    def get_urls(self):
        view = self.admin_site.admin_view(self.by_reference)
        return [path("by-reference/", view, name="chairs_output_by_reference"), *super().get_urls()]

    def by_reference(self, request):
        """Read an export of publications by a cluster's grant, and propose them to its chairs after confirmation."""
        if not has_role_anywhere(request.user, EDITORS):
            raise PermissionDenied
        clusters = Cluster.objects.filter(pk__in=clusters_with(request.user, EDITORS)).order_by("name")
        if "plan" in request.POST:
            act_on(request, _scope(request), lambda given: _propose(given, clusters, request.user))
            return HttpResponseRedirect(reverse("admin:chairs_output_changelist") + "?answer=waiting")
        form = ReferenceForm(request.POST or None, request.FILES or None, clusters=clusters)
        context = {
            **self.admin_site.each_context(request),
            "title": _t("Propose outputs by the cluster’s grant"),
            "opts": self.opts,
            "form": form,
            "is_by_reference": True,
        }
        if request.method == "POST" and form.is_valid():
            context |= shown(form.plan(), _scope(request))
        return TemplateResponse(request, "chairs/admin/outputs_by_reference.html", context)


class ChairOutputsAdmin:
    """Adds to the chair's page the page that edits its outputs."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.outputs_view)
        return [path("<path:object_id>/outputs/", view, name="chairs_chair_outputs"), *super().get_urls()]

    def outputs_view(self, request, object_id):
        chair = self.open_record(request, object_id)
        if not can_keep_outputs(chair, request.user):
            raise PermissionDenied
        context = keep_outputs(request, chair)
        if context is None:
            return HttpResponseRedirect(reverse("admin:chairs_chair_outputs", args=[chair.pk]))
        context |= {
            **self.admin_site.each_context(request),
            "title": _t("Outputs"),
            "opts": self.opts,
            "original": chair,
            "record_url": change_url(chair),
            "page_obj": paged(request, context["outputs"]),
        }
        return TemplateResponse(request, "chairs/admin/outputs.html", context)


def _scope(request) -> str:
    return f"by reference of {request.user.pk}"


def _propose(given, clusters, by) -> int:
    """Propose the signed candidates to their chairs, as far as the user still edits the chairs' clusters."""
    chairs = Chair.objects.filter(cluster__in=clusters).in_bulk({pk for pk, _candidate in given})
    return propose([(chairs[pk], candidate) for pk, candidate in given if pk in chairs], by=by)
