"""The coordinator's texts for the site's mails, in two languages, with a preview and a reset to the default."""

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from clusters.perms import can_keep_reference_data
from core.admin.panel_page import panel_page
from core.language_names import named_in
from core.languages import reader_language
from core.mail import wording as words
from core.models.mail_wording import BODY_MAX_LENGTH, MailWording
from core.on_behalf import colleague_of

LANGUAGES = [code for code, _name in settings.LANGUAGES]


class WordingForm(forms.Form):
    """A mail's subject and text, in each language."""

    template_name = "admin/act_form.html"

    def __init__(self, data, occasion, initial):
        super().__init__(data, initial=initial)
        self.occasion = occasion
        for code in LANGUAGES:
            said = {"language": named_in(reader_language(), code)}
            text, line = {"lang": code, "class": "vLargeTextField", "rows": 10}, {"lang": code, "class": "vTextField"}
            self.fields[f"subject_{code}"] = forms.CharField(
                label=_("Subject (%(language)s)") % said, max_length=200, widget=forms.TextInput(attrs=line)
            )
            self.fields[f"body_{code}"] = forms.CharField(
                label=_("Text (%(language)s)") % said, max_length=BODY_MAX_LENGTH, widget=forms.Textarea(attrs=text)
            )

    def clean(self):
        cleaned = super().clean()
        for name, value in list(cleaned.items()):
            try:
                words.validate_words(value, self.occasion)
            except forms.ValidationError as error:
                self.add_error(name, error)
        return cleaned

    def preview(self) -> list[dict]:
        """Return the mail in each language as a reader sees it, with sample values in its placeholders."""
        return [
            {
                "language": code,
                "subject": self._filled(f"subject_{code}", code),
                "body": self._filled(f"body_{code}", code),
            }
            for code in LANGUAGES
        ]

    def _filled(self, name: str, language: str) -> str:
        with translation.override(language):
            return words.filled(self.cleaned_data[name], words.samples())


@panel_page
@require_safe
def wordings(request):
    """List the mails whose text can be changed, and those that were."""
    _keepers_only(request)
    changed = {one.occasion: one for one in _changed()}
    context = {
        **admin.site.each_context(request),
        "title": _("Words of the e-mails"),
        "mails": [_Mail(occasion, changed.get(occasion)) for occasion in words.occasions()],
    }
    return render(request, "clusters/admin/wordings.html", context)


@panel_page
def wording(request, group, name):
    """Show a mail's text (GET), preview it or save it (POST)."""
    _keepers_only(request)
    occasion = _occasion(group, name)
    form = WordingForm(request.POST if request.method == "POST" else None, occasion, _words_now(occasion))
    preview = form.preview() if request.method == "POST" and form.is_valid() else []
    if preview and "preview" not in request.POST:
        _keep(occasion, form.cleaned_data, request.user)
        messages.success(request, _("The words are kept: the next e-mail of this kind has them."))
        return redirect("panel_mails:wording", group, name)
    context = {
        **admin.site.each_context(request),
        "title": _("Words of an e-mail"),
        "mail": _Mail(occasion, _changed().filter(occasion=occasion).last()),
        "form": form,
        "preview": preview,
        "places": [(f"{{{place}}}", words.samples()[place]) for place in words.places_of(occasion)],
    }
    return render(request, "clusters/admin/wording.html", context)


@panel_page
@require_POST
def default(request, group, name):
    """Reset a mail to the default text."""
    _keepers_only(request)
    MailWording.objects.filter(occasion=_occasion(group, name)).delete()
    messages.success(request, _("The site’s own words are sent again."))
    return redirect("panel_mails:wording", group, name)


def _changed():
    """Return the wordings that differ from the site's, the latest last."""
    return MailWording.objects.select_related("by", "on_behalf_of").order_by("at")


class _Mail:
    """A row of the list of mails."""

    def __init__(self, occasion: str, kept: MailWording | None):
        self.group, self.name = occasion.split("/")
        self.kept = kept

    @property
    def subject(self) -> str:
        return words.default_words(f"{self.group}/{self.name}", translation.get_language())[0]


def _keep(occasion: str, said: dict[str, str], by) -> None:
    """Save the texts that differ from the defaults, and delete those that do not."""
    with transaction.atomic():
        for code in LANGUAGES:
            subject, body = said[f"subject_{code}"], said[f"body_{code}"].replace("\r\n", "\n").strip()
            if (subject, body) == words.default_words(occasion, code):
                MailWording.objects.filter(occasion=occasion, language=code).delete()
                continue
            who = {"by": by, "on_behalf_of": colleague_of(by), "at": timezone.now()}
            values = {"subject": subject, "body": body, **who}
            MailWording.objects.update_or_create(occasion=occasion, language=code, defaults=values)


def _words_now(occasion: str) -> dict[str, str]:
    kept = {one.language: (one.subject, one.body) for one in MailWording.objects.filter(occasion=occasion)}
    initial = {}
    for code in LANGUAGES:
        initial[f"subject_{code}"], initial[f"body_{code}"] = kept.get(code) or words.default_words(occasion, code)
    return initial


def _occasion(group: str, name: str) -> str:
    if (occasion := f"{group}/{name}") not in words.occasions():
        raise Http404
    return occasion


def _keepers_only(request) -> None:
    if not can_keep_reference_data(request.user):
        raise PermissionDenied
