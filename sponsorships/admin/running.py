"""The page on which an office enters a contract that was signed before it used this site."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusters.perms import has_role_anywhere
from clusters.scopes import MANAGERS
from core.admin.record_page import change_url
from core.exceptions import Refused
from sponsorships.admin.running_forms import PartsForm, RunningContractForm
from sponsorships.models import Agreement, Sponsorship
from sponsorships.proposals.running import enter

LABEL = gettext_lazy("Enter a running contract")
OFFERED = ("partner", "chair", "activity")


class RunningContractsAdmin:
    """Adds to the sponsorships the page that enters a running contract."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.running_view)
        return [path("running/", view, name="sponsorships_sponsorship_running"), *super().get_urls()]

    def changelist_view(self, request, extra_context=None):
        may = has_role_anywhere(request.user, MANAGERS)
        tools = [(LABEL, reverse("admin:sponsorships_sponsorship_running"))] if may else []
        return super().changelist_view(request, {"list_links": tools, **(extra_context or {})})

    def running_view(self, request):
        """Show the form (GET), or save the contract and its proposal for another manager to accept (POST)."""
        if not has_role_anywhere(request.user, MANAGERS):
            raise PermissionDenied
        is_sent = request.method == "POST"
        form = RunningContractForm(
            *((request.POST, request.FILES) if is_sent else ()),
            offered=self._offered(request),
            user=request.user,
            initial={"partner": request.GET.get("partner"), "chair": request.GET.get("chair")},
        )
        parts = PartsForm(*((request.POST,) if is_sent else ()), prefix="instalments")
        if is_sent:
            parts.hold_against(form)
            is_right = all([form.is_valid(), parts.is_valid()])
            if is_right and (agreement := _entered(request, form, parts)) is not None:
                return HttpResponseRedirect(change_url(agreement.sponsorship))
        context = {
            **self.admin_site.each_context(request),
            "title": LABEL,
            "opts": self.opts,
            "form": form,
            "parts": parts,
            "media": self.media + form.media,
        }
        return TemplateResponse(request, "sponsorships/admin/running.html", context)

    def _offered(self, request) -> dict:
        """Return form fields whose choices are limited to what the user may choose, as on the records' own pages."""
        fields = {
            name: self.formfield_for_dbfield(Sponsorship._meta.get_field(name), request=request) for name in OFFERED
        }
        agreements = self.admin_site.get_model_admin(Agreement)
        institution = Agreement._meta.get_field("managing_institution")
        fields["managing_institution"] = agreements.formfield_for_foreignkey(
            institution, request, queryset=agreements.get_offered(institution, request)
        )
        return fields


def _entered(request, form, parts):
    """Save the contract. Return its agreement, or None after adding the reasons to the form's errors."""
    try:
        agreement = enter(form.instance, by=request.user, terms=form.terms(), rows=parts.planned())
    except Refused as refused:
        for reason in refused.reasons:
            form.add_error(None, reason)
        return None
    said = _("%(reference)s is entered. Another manager accepts it; then record its agreement, and start it.")
    messages.success(request, said % {"reference": agreement.sponsorship.short_reference})
    return agreement
