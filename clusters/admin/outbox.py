"""The outbox: every mail with its recipient, time and state. In this app because staff roles decide who opens it."""

import uuid

from django import forms
from django.contrib import admin
from django.db.models import Exists, OuterRef
from django.urls import path, reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from clusters.admin.account import NationalAdmin
from clusters.perms import can_keep_reference_data, has_role_anywhere
from clusters.scopes import MANAGERS, clusters_of, clusters_with
from core.admin.confirmation import Act, confirm
from core.admin.filters import DayFilter
from core.mail.resending import masked, resend, why_not_resend
from core.models.mail import MailState, OutgoingMail
from core.models.mail_wording import MailSubject
from core.primary_keys import is_key

RESENDING = _("The coordinator, or whoever runs the site, sends e-mails again.")


class StateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return MailState.choices

    def queryset(self, request, queryset):
        return queryset.filter(state=self.value()) if self.value() in MailState.values else queryset


class AboutFilter(admin.SimpleListFilter):
    """Limits the list to the mails about one record, whose page links here. It offers no choice of records."""

    title, parameter_name = _("record"), "about"

    def has_output(self):
        return bool(self.value())

    def lookups(self, request, model_admin):
        return [(self.value(), _("One record"))] if self.value() else []

    def queryset(self, request, queryset):
        kind, _colon, key = (self.value() or "").partition(":")
        if not is_key(key):
            return queryset.none() if self.value() else queryset
        about = MailSubject.objects.filter(mail=OuterRef("pk"), kind=kind, record=key)
        return queryset.filter(Exists(about))


class ResendForm(forms.Form):
    """Holds only a token, so that a double click sends one mail."""

    template_name = "admin/act_form.html"

    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


@admin.register(OutgoingMail)
class OutgoingMailAdmin(NationalAdmin):
    """The mails that the site sent or will send, without private links and codes.

    A manager reads only the mails about records of their clusters.
    """

    change_form_template = "admin/mail.html"
    who_changes = _("A message that was sent, or is about to be, is not rewritten.")
    list_display = ["created_at", "reader", "occasion", "subject", "state", "attempts", "sent_at"]
    list_filter = [AboutFilter, StateFilter, "occasion", ("created_at", DayFilter)]
    list_select_related = page_related = ["recipient"]
    depends_on_the_moment = True  # because of the state
    search_fields = ["recipient__email", "recipient__name", "address", "subject"]
    search_help_text = _("Address or name of the reader, or words of the subject.")
    fields = ["reader", "occasion", "subject", "created_at", "state", "attempts", "last_error", "sent_at", "words"]
    readonly_fields = ["reader", "state", "words"]

    @admin.display(description=_("recipient"))
    def reader(self, mail):
        return f"{mail.recipient} ({mail.to})" if mail.recipient else mail.address

    @admin.display(description=_("recipient"))
    def reader_name(self, mail):
        """Return the recipient for managers, without the address, which only national staff see."""
        return str(mail.recipient) if mail.recipient else _t("Somebody without an account")

    def get_list_display(self, request):
        return self._for(request, self.list_display)

    def get_fields(self, request, obj=None):
        return self._for(request, self.fields)

    def get_readonly_fields(self, request, obj=None):
        return [*self.readonly_fields, "reader_name"]

    def get_search_fields(self, request):
        return self.search_fields if self._is_national(request.user) else ["recipient__name", "subject"]

    def _for(self, request, names):
        return names if self._is_national(request.user) else [n if n != "reader" else "reader_name" for n in names]

    @staticmethod
    def _is_national(user) -> bool:
        return user.is_superuser or clusters_of(user).is_national

    def get_visible(self, user):
        if self._is_national(user):
            return OutgoingMail.objects.all()
        about = MailSubject.objects.filter(mail=OuterRef("pk"), cluster__in=clusters_with(user, MANAGERS))
        return OutgoingMail.objects.filter(Exists(about), secret_until=None)

    def has_view_permission(self, request, obj=None):
        user = request.user
        return self.admin_site.lets_in(user) and (self._is_national(user) or has_role_anywhere(user, MANAGERS))

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
        return [path("<path:object_id>/resend/", view, name="core_outgoingmail_resend"), *super().get_urls()]

    def get_page_context(self, request, mail):
        context = {"resend_url": _resend_url(mail), "reasons": why_this_person_does_not_resend(mail, request.user)}
        return {**super().get_page_context(request, mail), **context}

    def resend_view(self, request, object_id):
        """Ask for confirmation (GET), or send the mail again (POST)."""
        mail = self.open_record(request, object_id)
        reader = {"reader": mail.recipient or mail.address, "subject": mail.subject}
        act = Act(
            label=_t("Send again"),
            effect=_t("%(reader)s will get this e-mail again: “%(subject)s”.") % reader,
            may=lambda _mail, user: can_keep_reference_data(user),
            who=RESENDING,
            why_not=why_this_person_does_not_resend,
            do=lambda form, note: resend(mail, form.cleaned_data["token"]),
            done=lambda is_new: _t("The e-mail is on its way again.") if is_new else "",
            form=lambda data, record: ResendForm(data),
        )
        return confirm(self, request, mail, act)


def why_this_person_does_not_resend(mail, user) -> list[str]:
    return why_not_resend(mail) if can_keep_reference_data(user) else [RESENDING]


def _resend_url(mail) -> str:
    return reverse("admin:core_outgoingmail_resend", args=[mail.pk])
