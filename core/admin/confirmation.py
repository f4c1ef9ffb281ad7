"""The one page on which an act on a record is confirmed: GET says what will happen, POST does it and goes back.

Each admin declares its acts (`Act`) and calls `confirm`. docs/transitions.md has the parts.
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

# A form of its own may already carry, as "seen", the version that it showed.
SEEN = "shown"


class NoteForm(forms.Form):
    """What a person may, or must, say with an act."""

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
    """One act on a record, as its page says it and does it. What takes a record is asked again of the one that stands."""

    label: Any
    # What happens, in a sentence.
    effect: Any
    may: Callable[[Any, Any], bool]
    # Who may, in a sentence; without one, who may not is told nothing.
    who: Any
    # The reasons why this person cannot do it now.
    why_not: Callable[[Any, Any], list[str]]
    # Does it, with the valid form and the note; raises Refused.
    do: Callable[[Any, str], Any]
    # What is said once it is done, and where one goes on; either may look at what `do` returned.
    done: Any = ""
    goes_to: Callable[[Any], str] | None = None
    # What is asked, made with what was posted (None before) and the record; and what is said in words.
    form: Callable[[Any, Any], forms.Form] | None = None
    note: Callable[[Any], NoteForm] | None = None
    # The status that it leads to, who is told by mail, and other facts: pairs of words.
    target: Any = ""
    told: Any = None
    facts: tuple[tuple[Any, Any], ...] = ()
    # The button, where it does not say what the page is called.
    button: Any = ""
    subtitle: Any = ""
    # What else the page shows, on a template of its own that extends the common one.
    template: str = "admin/confirm_act.html"
    shows: Callable[[Any], Mapping] = nothing_more
    # What tells what the page shows from anything else: where it differs when the act is sent, the page is shown again.
    seen: Callable[[Any], str] = stamp_of
    # Keeps the decision, with its note, to be told later: where that can be.
    hold: Callable[[str], Any] | None = None
    # A verb asks its conditions itself, under its locks (core/verbs.py): a page does not ask them before.
    is_verb: bool = False

    @property
    def can_be_held(self) -> bool:
        return self.hold is not None


def confirm(page, request, record, act: Act):
    """Show the page of an act, or do it. Who may not gets 403; what is refused keeps what was typed.

    The page carries what it showed of the record (`Act.seen`): whoever looked at something else has not decided on this.
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
    """Show the record as it stands now. What was refused for what was typed can be typed again."""
    found = page.open_record(request, str(record.pk))
    # What has been recorded is not recorded twice.
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
