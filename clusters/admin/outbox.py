"""The outbox: every mail, to whom, when, whether it left. Here because only staff roles open it."""

import uuid

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from accounts.models import MailState, OutgoingMail
from accounts.resending import masked, resend, why_not_resend
from clusters.admin.account import NationalAdmin
from clusters.perms import can_keep_reference_data

RESENDING = _("The coordinator, or whoever runs the site, sends e-mails again.")


class StateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return MailState.choices

    def queryset(self, request, queryset):
        return queryset.filter(state=self.value()) if self.value() in MailState.values else queryset


class ResendForm(forms.Form):
    """Only the token, so that two clicks send one mail."""

    template_name = "admin/act_form.html"

    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


@admin.register(OutgoingMail)
class OutgoingMailAdmin(NationalAdmin):
    """What the site told whom, and whether it left; private links and codes stay with the reader."""

    change_form_template = "admin/mail.html"
    who_changes = _("A message that was sent, or is about to be, is not rewritten.")
    list_display = ["created_at", "reader", "occasion", "subject", "state", "attempts", "sent_at"]
    list_filter = [StateFilter, "occasion", ("created_at", admin.DateFieldListFilter)]
    list_select_related = page_related = ["recipient"]
    search_fields = ["recipient__email", "recipient__name", "address", "subject"]
    search_help_text = _("Address or name of the reader, or words of the subject.")
    fields = ["reader", "occasion", "subject", "created_at", "state", "attempts", "last_error", "sent_at", "words"]
    readonly_fields = ["reader", "state", "words"]

    @admin.display(description=_("recipient"))
    def reader(self, mail):
        return f"{mail.recipient} ({mail.to})" if mail.recipient else mail.address

    @admin.display(description=_("state"))
    def state(self, mail):
        return MailState(mail.state).label

    @admin.display(description=_("text, without private links and codes"))
    def words(self, mail):
        return masked(mail)

    def get_queryset(self, request):
        return super().get_queryset(request).with_state()

    def get_urls(self):
        view = self.admin_site.admin_view(self.resend_view)
        return [path("<path:object_id>/resend/", view, name="accounts_outgoingmail_resend"), *super().get_urls()]

    def get_page_context(self, request, mail):
        reasons = why_not_resend(mail) if can_keep_reference_data(request.user) else [RESENDING]
        context = {"resend_url": _resend_url(mail), "reasons": reasons}
        return {**super().get_page_context(request, mail), **context}

    def resend_view(self, request, object_id):
        """Confirm (GET), then send the mail again (POST)."""
        mail = self.get_object(request, unquote(object_id))
        if not can_keep_reference_data(request.user):
            return self._confirmation(request, mail, None, [RESENDING], status=403)
        form = ResendForm(request.POST if request.method == "POST" else None)
        reasons = why_not_resend(mail)
        if request.method != "POST" or reasons or not form.is_valid():
            return self._confirmation(request, mail, form, reasons)
        if resend(mail, form.cleaned_data["token"]):
            messages.success(request, _t("The e-mail is on its way again."))
        return HttpResponseRedirect(reverse("admin:accounts_outgoingmail_change", args=[mail.pk]))

    def _confirmation(self, request, mail, form, reasons, status=200):
        label = _t("Send again")
        context = {
            **self.admin_site.each_context(request),
            "title": label,
            "subtitle": str(mail),
            "opts": self.opts,
            "original": mail,
            "label": label,
            "effect": _t("%(reader)s will get this e-mail again: “%(subject)s”.")
            % {"reader": mail.recipient or mail.address, "subject": mail.subject},
            "who": RESENDING,
            "extra": form,
            "is_open": form is not None and not reasons,
            "reasons": reasons,
            "record_url": reverse("admin:accounts_outgoingmail_change", args=[mail.pk]),
        }
        return TemplateResponse(request, "admin/confirm_verb.html", context, status=status)


def _resend_url(mail) -> str:
    return reverse("admin:accounts_outgoingmail_resend", args=[mail.pk])
