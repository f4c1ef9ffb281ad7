"""Letters to the people of a list, with a preview. The recipients are those whose addresses the user may export."""

import uuid

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.admin.addressees import each_once
from core.admin.exporting import log_export
from core.admin.list_pages import ListPage
from core.mail.letters import Letter, send, shown, who_gets
from core.models.lists import ExportFormat

# More would be a campaign, for which there are other tools.
MAX_PEOPLE = 500
TEXT_MAX_LENGTH = 5000


class LetterForm(forms.Form):
    """The letter to the people of a list."""

    template_name = "admin/act_form.html"

    subject = forms.CharField(
        label=gettext_lazy("Subject"), max_length=200, widget=forms.TextInput(attrs={"class": "vTextField"})
    )
    text = forms.CharField(
        label=gettext_lazy("Text"),
        max_length=TEXT_MAX_LENGTH,
        widget=forms.Textarea(attrs={"rows": 12, "class": "vLargeTextField"}),
        help_text=gettext_lazy(
            "A greeting and a signature are added. The text is sent as it is written, in one language."
        ),
    )
    is_about_their_file = forms.BooleanField(
        label=gettext_lazy("It is about their own file"),
        required=False,
        help_text=gettext_lazy(
            "Then everybody gets it. Otherwise it leaves out whoever wants no such letters, and each can refuse more."
        ),
    )
    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def letter(self, by) -> Letter:
        return Letter(by=by, **self.cleaned_data)


def letter_view(site, request, app_label, model_name):
    """Show the form (GET), a preview (POST), or send (POST with `send`) if letter and recipients match the preview."""
    listed = ListPage(site, request, app_label, model_name)
    if not listed.page.can_write_to_people(request.user):
        raise PermissionDenied
    people = each_once(listed.page.get_addressees(request, listed.changes.queryset.order_by()))
    form = LetterForm(request.POST if request.method == "POST" else None)
    is_too_long, about = len(people) > MAX_PEOPLE, {}
    if request.method == "POST" and form.is_valid() and not is_too_long:
        letter = form.letter(request.user)
        gets = who_gets((one.email for one in people), letter.is_about_their_file)
        readers = [one for one in people if one.email.lower() in gets]
        stamp = letter.stamp((one.email, one.name) for one in readers)
        if "send" in request.POST and request.POST.get("stamp") == stamp:
            return _sent(request, listed, letter, readers)
        about = {
            "shown": shown(letter, readers[0].email, readers[0].name) if readers else None,
            "stamp": stamp,
            "has_changed": "send" in request.POST,
            "readers": readers,
            "left_out": len(people) - len(readers),
        }
    context = listed.context(
        title=_("Write to the people of the list"),
        form=form,
        people=len(people),
        is_too_long=is_too_long,
        most=MAX_PEOPLE,
        **about,
    )
    return TemplateResponse(request, "admin/list_letter.html", context)


def _sent(request, listed, letter, people):
    number = send(letter, [(one.email, one.name) for one in people])
    if number:
        log_export(listed, ExportFormat.ADDRESSES, lambda: [_("written to")], number)
        messages.success(request, ngettext("Written to %d person.", "Written to %d people.", number) % number)
    else:
        messages.info(request, _("Nobody was written to: the letter was sent already, or nobody wants it."))
    return HttpResponseRedirect(listed.url)
