"""The panel's pages of requests for correction."""

from django.contrib import admin
from django.http import Http404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from clusters.scopes import EDITORS, clusters_with
from core.admin.base import ScopedAdmin
from core.admin.confirmation import Act, NoteForm, confirm
from core.admin.dashboard import Wait
from core.admin.filters import WaitingFilter
from rights.models import CorrectionRequest, people_of

WHO = gettext_lazy("Editors and managers of a cluster that names the person.")


@admin.register(CorrectionRequest)
class CorrectionRequestAdmin(ScopedAdmin):
    """What people want corrected in what the site shows about them."""

    who_changes = gettext_lazy(
        "A request stays as it was written. Correct the record that it is about, then answer here."
    )
    list_display = ["person", "asked_at", "answered_at", "answered_by_names"]
    list_filter = [WaitingFilter]
    list_select_related = ["person", "answered_by", "on_behalf_of"]
    page_related = ["person", "answered_by", "on_behalf_of"]
    search_fields = ["person__name_key", "answered_by__name", "on_behalf_of__name"]
    search_help_text = gettext_lazy("Name of the person, or of who answered.")
    ordering = ["-asked_at", "-pk"]
    fields = ["person", "text", "asked_at", "answered_at", "answered_by_names", "answer"]

    def get_urls(self):
        view = self.admin_site.admin_view(self.answer_view)
        return [path("<int:object_id>/answer/", view, name="rights_correctionrequest_answer"), *super().get_urls()]

    def get_page_context(self, request, record):
        context = super().get_page_context(request, record)
        person = reverse("admin:clusters_person_change", args=[record.person_id])
        links = [(_("The person’s record"), person)]
        if CorrectionRequest.objects.answerable_by(request.user).filter(pk=record.pk).exists():
            links.append((_("Answer"), reverse("admin:rights_correctionrequest_answer", args=[record.pk])))
        return {**context, "record_links": [*context.get("record_links", []), *links]}

    def answer_view(self, request, object_id):
        """Answer a request; the person reads the answer on their own page."""
        asked = self.get_object(request, str(object_id))
        if asked is None:
            raise Http404

        def answer(form, note):
            asked.answered_at, asked.answered_by, asked.answer = timezone.now(), request.user, note
            asked.save()

        theirs = CorrectionRequest.objects.filter(person__in=_people(request.user), pk=asked.pk)
        return confirm(self, request, asked, Act(
            label=gettext_lazy("Answer a request for correction"),
            effect=asked.text,
            may=lambda record, user: theirs.exists(),
            who=WHO,
            why_not=lambda record, user: [_("This request has already been answered.")] if record.answered_at else [],
            do=answer,
            done=_("The answer stands on the person’s page."),
            note=lambda data: NoteForm(data, label=_("Answer"), help_text=_("The person reads it by their link.")),
            button=gettext_lazy("Answer"),
        ))  # fmt: skip

    def get_waiting(self, user):
        return CorrectionRequest.objects.answerable_by(user)

    def waits(self, user):
        def asked():
            return self.get_waiting(user).select_related("person").order_by("asked_at", "pk")

        return [Wait(self, asked, _to_answer, "?waiting=me", _since)]


def _people(user):
    return people_of(clusters_with(user, EDITORS))


def _since(asked) -> str:
    return _("asked on %(day)s") % {"day": date_format(asked.asked_at)}


def _to_answer(number) -> str:
    return ngettext("%d person asks for a correction", "%d people ask for a correction", number) % number
