from operator import attrgetter

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from chairs.addressees import investigators_of
from chairs.forms import TwoLanguagesForm
from chairs.models import Chair
from chairs.perms import can_edit
from clusters.perms import can_write_to_people, has_role_anywhere
from clusters.scopes import EDITORS, clusters_with
from core.admin.base import ScopedAdmin
from core.admin.dashboard import Wait
from core.admin.filters import ScopedRelatedFilter, WaitingFilter
from core.admin.lifecycle import LifecycleAdmin
from core.exceptions import Refused
from core.languages import columns_of
from yearly.admin.missing import missing_page
from yearly.chair_years import reportable_years
from yearly.enums import ChairReportStatus
from yearly.facts import facts_of
from yearly.forms import ChairYearReportForm
from yearly.models import ChairYearReport
from yearly.models.chair_report import TEXTS
from yearly.reminding import remind
from yearly.verbs import version

EFFECTS = {
    "submit": _(
        "The figures are kept as they are at this moment. It is recorded that you act on the investigators’ behalf."
    ),
    "send_back": _("It goes back to the chair’s investigators, who write another version."),
    "accept": _("Its words become part of the cluster’s report of the year."),
}


class SeenForm(forms.Form):
    """Holds the version that the page shows, so that a newer one is not accepted unread."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data=None, *, record, **options):
        super().__init__(data, initial={"seen": version(record)}, **options)

    def given(self) -> dict:
        return {"seen": self.cleaned_data["seen"]}


class OnBehalfForm(TwoLanguagesForm):
    """A report that staff write on the investigators' behalf: the chair, the year, and the same texts."""

    class Meta:
        model = ChairYearReport
        fields = ["chair", "year", *ChairYearReportForm.Meta.fields]
        labels = ChairYearReportForm.Meta.labels

    def clean(self):
        values = super().clean()
        chair, year = values.get("chair"), values.get("year")
        if chair and year and year not in reportable_years(chair):
            self.add_error("year", ValidationError(_t("The chair did not run in this year."), code="did_not_run"))
        if not any(values.get(f"{name}_{language}") for name in TEXTS[:2] for language in ("en", "fr")):
            sentence = _t("Write the highlights or the results of the year, in one of the two languages.")
            self.add_error("highlights_en", ValidationError(sentence, code="required"))
        return values


@admin.register(ChairYearReport)
class ChairYearReportAdmin(LifecycleAdmin, ScopedAdmin):
    """The chairs' yearly reports. Investigators write them under /my/; staff read them here, or write on their behalf."""

    form = OnBehalfForm
    add_title = _("Write a report on the investigators’ behalf")
    change_list_template = "yearly/admin/chair_reports.html"
    change_form_template = "yearly/admin/chair_report.html"
    confirm_verb_template = "yearly/admin/confirm_report_verb.html"
    verb_forms = {"send_back": SeenForm, "accept": SeenForm}
    verbs_at_once = {"accept": (), "send_back": ()}
    who_changes = _("The chair’s investigators, or its cluster’s editors, write the report while it is not handed in.")
    list_display = ["chair", "cluster", "year", "status", "submitted_at"]
    list_filter = [WaitingFilter, "status", "year", ("chair__cluster", ScopedRelatedFilter)]
    list_select_related = ["chair__cluster"]
    export_columns = columns_of(*TEXTS)
    search_fields = [*columns_of("chair__title"), "chair__cluster__name", "chair__cluster__acronym"]
    search_help_text = _("Chair or cluster.")
    page_related = ["chair__cluster", "chair__kind", "chair__phase", "created_by"]
    autocomplete_fields = ["chair"]
    fields = [
        ("chair", "year"),
        ("highlights_en", "highlights_fr"),
        ("results_en", "results_fr"),
        ("difficulties_en", "difficulties_fr"),
        "corrections",
    ]

    @admin.display(description=_("cluster"), ordering="chair__cluster")
    def cluster(self, report):
        return report.chair.cluster

    def can_write_to_people(self, user):
        return can_write_to_people(user)

    def get_addressees(self, request, records):
        return investigators_of(records.values("chair"), request.user)

    def get_urls(self):
        name = "yearly_chairyearreport"
        guard = self.admin_site.admin_view
        own = [
            path("missing/", guard(require_safe(self.missing_view)), name=f"{name}_missing"),
            path(
                "missing/<int:year>/<int:chair>/remind/", guard(require_POST(self.remind_view)), name=f"{name}_remind"
            ),
        ]
        return [*own, *super().get_urls()]

    def missing_view(self, request):
        """Show the chairs whose report of a year is missing."""
        return missing_page(request, self)

    def remind_view(self, request, year, chair):
        found = Chair.objects.visible_to(request.user).select_related("cluster").filter(pk=chair).first()
        if found is None:
            raise Http404
        if not can_edit(found, request.user):
            raise PermissionDenied
        if year not in reportable_years(found):
            raise Http404
        try:
            readers = remind(found, year, by=request.user)
        except Refused as refusal:
            messages.error(request, f"{found}: {' '.join(refusal.reasons)}")
        else:
            names = ", ".join(str(reader) for reader in readers)
            messages.success(request, _t("%(chair)s: reminded %(names)s.") % {"chair": found, "names": names})
        return redirect(reverse("admin:yearly_chairyearreport_missing") + f"?year={year}")

    def can_add(self, user):
        return has_role_anywhere(user, EDITORS)

    def can_change(self, user, obj=None):
        return obj is None or (obj.is_editable and can_edit(obj.chair, user))

    def get_readonly_fields(self, request, obj=None):
        return ["chair", "year"] if obj else []

    def get_field_queryset(self, db, db_field, request):
        """Offer the chairs of the clusters in which the user is an editor or a manager."""
        mine = clusters_with(request.user, EDITORS)
        return super().get_field_queryset(db, db_field, request).filter(cluster__in=mine).published()

    def save_model(self, request, obj, form, change):
        if not change:
            obj.created_by = request.user
        super().save_model(request, obj, form, change)

    def get_page_context(self, request, record):
        return {**super().get_page_context(request, record), "facts": facts_of(record), "report": record}

    def get_view_on_site_url(self, obj=None):
        """Return None: users of the panel read the report here, and not on the page of its writers."""

    def get_verb_context(self, request, verb, record):
        """Return the context, with a form that holds the version shown, even after another version was refused."""
        form = {"form": SeenForm(record=record)} if verb in self.verb_forms else {}
        return {**form, "facts": facts_of(record), "report": record}

    def effect(self, verb):
        return str(EFFECTS.get(verb, ""))

    def get_waiting(self, user):
        return self.get_visible(user).to_review().of_clusters(clusters_with(user, EDITORS))

    def waits(self, user):
        def mine():
            return self.get_waiting(user).select_related("chair__cluster").order_by("submitted_at", "pk")

        def back():
            sent_back = self.get_visible(user).filter(status=ChairReportStatus.SENT_BACK)
            mine = sent_back.of_clusters(clusters_with(user, EDITORS))
            return mine.select_related("chair__cluster").order_by("sent_back_at", "pk")

        return [
            Wait(
                self,
                mine,
                _to_read,
                "?waiting=me",
                _since,
                why=_("Read the report, then accept it or send it back"),
                since=attrgetter("submitted_at"),
            ),
            Wait(
                self,
                back,
                _sent_back,
                "?status__exact=sent_back",
                lambda report: date_format(report.sent_back_at, "DATE_FORMAT"),
                is_asked=False,
                why=_("Help the chair to correct its report"),
                since=attrgetter("sent_back_at"),
            ),
        ]


def _since(report) -> str:
    return date_format(report.submitted_at, "DATE_FORMAT")


def _sent_back(number) -> str:
    sentence = ngettext(
        "%d yearly report of a chair was sent back", "%d yearly reports of chairs were sent back", number
    )
    return sentence % number


def _to_read(number) -> str:
    sentence = ngettext(
        "%d yearly report of a chair is waiting to be read",
        "%d yearly reports of chairs are waiting to be read",
        number,
    )
    return sentence % number
