"""The page on which an act on a record is confirmed: GET shows what will happen, POST does it and redirects.

Each admin declares its acts (`Act`) and calls `confirm`. docs/transitions.md explains the parts.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.admin.record_page import change_url
from core.exceptions import Refused
from core.stamps import stamp_of
from core.verbs import NOTE_MAX_LENGTH

# Not "seen", a field with which a form of the act may carry its own version.
SEEN = "shown"


class NoteForm(forms.Form):
    """The note of an act, optional or required."""

    note = forms.CharField(
        label=gettext_lazy("Note"),
        max_length=NOTE_MAX_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"}),
    )

    def __init__(self, *args, required=False, readers=(), label="", help_text="", **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["note"]
        field.required = required
        field.label = label or field.label
        field.error_messages["required"] = _("Say why: it stays on the record.")
        parts = [_("Required.") if required else _("Optional."), _("It stays on the record.")]
        if readers:
            parts.append(_("Sent by e-mail to: %(readers)s.") % {"readers": get_text_list(readers, _("and"))})
        field.help_text = help_text or " ".join(parts)


def nothing_more(record) -> dict:
    return {}


@dataclass(frozen=True)
class Act:
    """An act on a record: its texts, its checks and its function. Functions of a record get it read again, as it is now."""

    label: Any
    # A sentence that says what happens.
    effect: Any
    may: Callable[[Any, Any], bool]
    # A sentence that says who may. Without it, other users get a bare 403.
    who: Any
    # The reasons why this user cannot perform the act now.
    why_not: Callable[[Any, Any], list[str]]
    # Performs the act, with its valid form and the note; raises Refused.
    do: Callable[[Any, str], Any]
    # The success message and the URL to go to; as functions, they get what `do` returned.
    done: Any = ""
    goes_to: Callable[[Any], str] | None = None
    # Make the act's form from the posted data (None on GET) and the record, and the form of its note.
    form: Callable[[Any, Any], forms.Form] | None = None
    note: Callable[[Any], NoteForm] | None = None
    # The status after the act, the notices that it sends, and further facts as (label, value).
    target: Any = ""
    told: Any = None
    facts: tuple[tuple[Any, Any], ...] = ()
    # The button's label, if it is not the page's title.
    button: Any = ""
    subtitle: Any = ""
    # Further context, for a template of the act's own that extends the common one.
    template: str = "admin/confirm_act.html"
    shows: Callable[[Any], Mapping] = nothing_more
    # Returns a fingerprint of what the page shows. If it differs on POST, the page is shown again.
    seen: Callable[[Any], str] = stamp_of
    # Holds the decision with its note, to be announced later, if the act allows that.
    hold: Callable[[str], Any] | None = None
    # A verb checks its conditions itself, after locking (core/verbs.py), so the page does not check them before POST.
    is_verb: bool = False

    @property
    def can_be_held(self) -> bool:
        return self.hold is not None


def confirm(page, request, record, act: Act):
    """Show the page of an act, or perform it. Respond with 403 without permission; keep the input if it is refused.

    The form carries a fingerprint of the record (`Act.seen`): if the record has changed since, the page is shown again.
    """
    if not act.may(record, request.user):
        if not act.who:
            raise PermissionDenied
        return _page(page, request, record, act, act.why_not(record, request.user), status=403, may=False)
    data = request.POST if request.method == "POST" else None
    seen = act.seen(record)
    has_changed = data is not None and data.get(SEEN, seen) != seen
    form = act.form(data, record) if act.form else None
    note = act.note(data) if act.note else None
    is_sent = data is not None and "preview" not in data and _are_valid(form, note) and not has_changed
    obstacles = [] if is_sent and act.is_verb else act.why_not(record, request.user)
    if is_sent and not obstacles:
        try:
            if act.hold and "hold" in data:
                act.hold(note.cleaned_data["note"] if note else "")
                messages.success(
                    request, _("The decision is held: nothing changes and nobody is told until it is released.")
                )
                return HttpResponseRedirect(change_url(record))
            done = act.do(form, note.cleaned_data["note"] if note else "")
        except Refused as refused:
            return _refused(page, request, record, act, refused.reasons, form, note)
        return _go_on(request, record, act, done)
    return _page(page, request, record, act, obstacles, form, note, is_open=not obstacles, has_changed=has_changed)


def _are_valid(*both) -> bool:
    return all([form.is_valid() for form in both if form is not None])


def _go_on(request, record, act: Act, done):
    if said := act.done(done) if callable(act.done) else act.done:
        messages.success(request, said)
    return HttpResponseRedirect(act.goes_to(done) if act.goes_to else change_url(record))


def _refused(page, request, record, act: Act, reasons, form, note):
    """Show the page again, with the record as it is now and the reasons. Wrong input can be corrected."""
    found = page.open_record(request, str(record.pk))
    # A form whose input is stored already cannot be sent again.
    is_open = not act.why_not(found, request.user) and not getattr(form, "is_spent", False)
    return _page(page, request, found, act, reasons, form, note, is_open=is_open)


def _page(
    page,
    request,
    record,
    act: Act,
    reasons,
    form=None,
    note=None,
    *,
    is_open=False,
    may=True,
    status=200,
    has_changed=False,
):
    context = {
        **page.admin_site.each_context(request),
        "title": act.label,
        "subtitle": act.subtitle or str(record),
        "opts": page.opts,
        "original": record,
        "act": act,
        "form": form,
        "note": note,
        "may": may,
        "is_open": is_open,
        "has_changed": has_changed and is_open,
        "seen": act.seen(record) if is_open else "",
        "reasons": reasons,
        "record_url": change_url(record),
        **(act.shows(record) if may else {}),
    }
    return TemplateResponse(request, act.template, context, status=status)
