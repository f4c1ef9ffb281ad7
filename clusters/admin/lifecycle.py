"""Verbs in the admin panel: one confirmation page for every verb of every model that has a life."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.db.models import Prefetch
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.text import capfirst, get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusters.notices import told_of
from core.verbs import NOTE_MAX_LENGTH, Refused, StatusMoved, Verb, verb_of, verbs_of


@dataclass
class Button:
    """A verb as this person meets it: the reasons why they cannot perform it now, and whether the status allows it."""

    label: str
    url: str
    reasons: list[str]
    is_of_this_status: bool = True


class NoteForm(forms.Form):
    """What a person may, or must, say with a verb."""

    note = forms.CharField(
        label=gettext_lazy("Note"),
        max_length=NOTE_MAX_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"}),
    )

    def __init__(self, *args, required=False, readers=(), **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["note"]
        field.required = required
        field.error_messages["required"] = _("Say why: it stays on the record.")
        parts = [_("Required.") if required else _("Optional."), _("It stays on the record.")]
        if readers:
            parts.append(_("Sent by e-mail to: %(readers)s.") % {"readers": get_text_list(readers, _("and"))})
        field.help_text = " ".join(parts)


class LifecycleAdmin:
    """Adds to a ScopedAdmin the record's verbs, each on its own page, and its timeline.

    The status is never a form field: a verb changes it (core/verbs.py).
    """

    change_form_template = "admin/record_with_life.html"
    confirm_verb_template = "admin/confirm_verb.html"
    # By verb: a form of its own beside the note, made with the record. Its `given()` goes with the verb.
    verb_forms: dict[str, type[forms.Form]] = {}

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_verb"
        view = self.admin_site.admin_view(self.verb_view)
        return [path("<path:object_id>/verb/<slug:verb>/", view, name=name), *super().get_urls()]

    def verb_url(self, record, verb: str) -> str:
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_verb"
        return reverse(name, args=[record.pk, verb])

    def record_url(self, record) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[record.pk])

    def buttons(self, record, user) -> list[Button]:
        """Return every verb, with the reasons that keep this person from it."""
        return [self.button(record, name, declared, user) for name, declared in verbs_of(self.model).items()]

    def button(self, record, name, declared, user) -> Button:
        label, url = str(declared.label), self.verb_url(record, name)
        if record.status in declared.sources:
            return Button(label, url, declared.why_not(record, user))
        reasons = [_possible_from(declared)]
        if not declared.may(record, user):
            reasons.append(str(declared.who))
        return Button(label, url, reasons, is_of_this_status=False)

    def get_page_rows(self, record):
        lines = type(record).transitions.rel.related_model.objects.select_related("by")
        return [*super().get_page_rows(record), Prefetch("transitions", lines)]

    def get_page_context(self, request, record):
        life = {
            "buttons": self.buttons(record, request.user),
            "timeline": sorted(record.transitions.all(), key=lambda line: (line.at, line.pk), reverse=True),
        }
        return {**super().get_page_context(request, record), **life}

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Save nothing over a status that somebody changed since the record was fetched."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except StatusMoved:
            messages.error(
                request, _("Somebody changed this record's status at the same moment. Nothing was saved: look again.")
            )
            return HttpResponseRedirect(request.path)

    def verb_view(self, request, object_id, verb):
        """Confirm a verb (GET), or perform it and go back to the record (POST)."""
        declared = verbs_of(self.model).get(verb)
        if declared is None:
            raise Http404
        record = self.get_object(request, unquote(object_id))
        if not declared.may(record, request.user):
            return self.confirmation(request, record, verb, form=None, status=403)
        required = declared.needs_note
        data = request.POST if request.method == "POST" else None
        readers = [str(notice.label) for notice in told_of(record, verb, request.user) if notice.carries_note]
        form = NoteForm(data, required=required, readers=readers)
        extra = self.verb_forms[verb](data, record=record) if verb in self.verb_forms else None
        if (
            data is not None
            and "preview" not in data
            and all([part.is_valid() for part in (form, extra) if part is not None])
        ):
            try:
                self.act(request, record, verb, form.cleaned_data["note"], extra)
            except Refused as refused:
                found = self.get_object(request, object_id)
                return self.confirmation(request, found, verb, form, refused.reasons, extra=extra)
            messages.success(request, f"{record}: {declared.done}.")
            return HttpResponseRedirect(self.record_url(record))
        return self.confirmation(request, record, verb, form, extra=extra)

    def act(self, request, record, verb, note, extra) -> None:
        """Perform the verb. Raise Refused with the reasons; none where the verb's own form says what is wrong."""
        given = extra.given() if extra is not None else {}
        verb_of(record, verb)(record, by=request.user, note=note, **given)

    def confirmation(self, request, record, verb, form, reasons=None, status=200, extra=None):
        declared = verbs_of(self.model)[verb]
        label = str(declared.label)
        labels = dict(self.model._meta.get_field("status").choices)
        obstacles = declared.why_not(record, request.user)
        context = {
            **self.admin_site.each_context(request),
            "title": label,
            "subtitle": str(record),
            "opts": self.opts,
            "original": record,
            "form": form,
            "extra": extra,
            "may": form is not None,
            "label": label,
            "who": declared.who,
            "effect": capfirst(self.effect(verb)),
            "told": told_of(record, verb, request.user),
            "target": labels.get(declared.target),
            "reasons": obstacles if reasons is None else reasons,
            # What was refused for what was typed can be typed again; what has been recorded is not recorded twice.
            "is_open": form is not None and not obstacles and not getattr(extra, "is_spent", False),
            "record_url": self.record_url(record),
        }
        return TemplateResponse(request, self.confirm_verb_template, context, status=status)

    def effect(self, verb: str) -> str:
        """Return a sentence about what the verb does beyond the status. Subclasses override it."""
        return ""


def _possible_from(verb: Verb) -> str:
    """Return a sentence that names the statuses from which a verb starts."""
    labels = [
        _("“%(text)s”") % {"text": label}
        for status, label in verb.model._meta.get_field("status").choices
        if status in verb.sources
    ]
    return _("Possible while the status is %(statuses)s.") % {"statuses": get_text_list(labels, _("or"))}
