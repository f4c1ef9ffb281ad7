from operator import attrgetter

from django import forms
from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from chairs.addressees import investigators_of
from clusters.models import Cluster
from clusters.perms import can_write_to_people, has_role_anywhere
from clusters.scopes import EDITORS, clusters_with
from core.admin.base import ScopedAdmin
from core.admin.dashboard import Wait
from core.admin.filters import ScopedRelatedFilter, WaitingFilter
from core.admin.lifecycle import LifecycleAdmin
from core.languages import columns_of
from core.writers import names_of_writers
from progress.acceptance import version
from progress.models import WORDS, ProgressReport

EFFECTS = {
    "send_back": _("It goes back to its author, who writes another version."),
    "accept": _(
        "It appears on the partner's page, and its paragraph on the public one, if the partner agrees to be named. "
        "The instalments that depend on it fall due."
    ),
}


class SeenForm(forms.Form):
    """Holds the version that the page shows, so that a newer one is not accepted unread."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data=None, *, record, **options):
        super().__init__(data, initial={"seen": version(record)}, **options)

    def given(self) -> dict:
        return {"seen": self.cleaned_data["seen"]}


@admin.register(ProgressReport)
class ProgressReportAdmin(LifecycleAdmin, ScopedAdmin):
    """The progress reports. Investigators write them under /my/; staff accept them here or send them back."""

    confirm_verb_template = "progress/admin/confirm_report_verb.html"
    verb_forms = {"send_back": SeenForm, "accept": SeenForm}
    verbs_at_once = {"accept": (), "send_back": ()}
    who_changes = _("An investigator writes a report on their pages. Here it is accepted or sent back.")
    list_display = ["name", "chair", "starts_on", "ends_on", "status", "submitted_at"]
    list_filter = [WaitingFilter, "status", ("sponsorship__chair__cluster", ScopedRelatedFilter)]
    list_select_related = ["sponsorship__partner", "sponsorship__chair__cluster"]
    export_columns = ["sponsorship__chair__cluster", "done", "result"]
    search_fields = ["sponsorship__partner__name_key", *columns_of("sponsorship__chair__title")]
    search_help_text = _("Partner or chair.")
    page_related = ["sponsorship__partner", "sponsorship__chair__cluster"]
    readonly_fields = ["file", "author", "attached"]
    fields = [
        ("file", "author"),
        ("starts_on", "ends_on"),
        "done",
        "result",
        "public_paragraph_en",
        "public_paragraph_fr",
        "attached",
        "instalments",
    ]

    @admin.display(description=_("partner"), ordering="sponsorship__partner__name_key")
    def name(self, report):
        return report.sponsorship.partner

    @admin.display(description=_("chair"), ordering="sponsorship__chair")
    def chair(self, report):
        return report.sponsorship.chair

    @admin.display(description=_("sponsorship"))
    def file(self, report):
        address = reverse("admin:sponsorships_sponsorship_change", args=[report.sponsorship_id])
        return format_html('<a href="{}">{}</a>', address, report.sponsorship)

    @admin.display(description=pgettext_lazy("report", "written by"))
    def author(self, report):
        return names_of_writers(report, WORDS)

    @admin.display(description=_("files"))
    def attached(self, report):
        links = [(file.get_absolute_url(), file) for file in report.files.all()]
        return format_html_join(", ", '<a href="{}" download>{}</a>', links) or "—"

    def can_write_to_people(self, user):
        return can_write_to_people(user)

    def get_addressees(self, request, records):
        return investigators_of(records.values("sponsorship__chair"), request.user)

    def get_visible(self, user):
        """Return the submitted reports of the user's clusters, without drafts that were never submitted."""
        mine = ProgressReport.objects.visible_to(user).exclude(submitted_at=None)
        return mine.filter(sponsorship__chair__cluster__in=Cluster.objects.visible_to(user))

    def name_at_once(self, record):
        return f"{self.name(record)}, {record}"

    def can_act_at_once(self, user):
        return has_role_anywhere(user, EDITORS)

    def get_page_rows(self, record):
        return [*super().get_page_rows(record), "sponsorship__partner__contacts"]

    def buttons(self, record, user):
        """Return the buttons without “Hand in”: investigators submit under /my/."""
        return [button for button in super().buttons(record, user) if not button.url.endswith("/submit/")]

    def get_view_on_site_url(self, obj=None):
        """Return None: users of the panel read the report here, and not on the page of its writers and partner."""

    def get_verb_context(self, request, verb, record):
        """Return the context, with a form that holds the version shown, even after another version was refused."""
        files = [(reverse("progress:file", args=[record.reference, file.pk]), file) for file in record.files.all()]
        return {"form": SeenForm(record=record), "files": files}

    def effect(self, verb):
        return str(EFFECTS.get(verb, ""))

    def get_waiting(self, user):
        return self.get_visible(user).to_review().filter(sponsorship__chair__cluster__in=clusters_with(user, EDITORS))

    def waits(self, user):
        def mine():
            handed_in = self.get_waiting(user).select_related("sponsorship__partner", "sponsorship__chair")
            return handed_in.order_by("submitted_at", "pk")

        def partner(report):
            return report.sponsorship.partner

        why = _("Read the report, then accept it or send it back")
        return [Wait(self, mine, _to_read, "?waiting=me", partner, why=why, since=attrgetter("submitted_at"))]


def _to_read(number) -> str:
    return ngettext("%d report is waiting to be read", "%d reports are waiting to be read", number) % number
