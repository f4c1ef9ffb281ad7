"""The one page under /my/ on which a person confirms an act: GET asks, POST does it and goes on.

Each view declares its act (`Act`) and calls `confirm`. The panel has its own: core/admin/confirmation.py.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from core.exceptions import Refused


@dataclass(frozen=True)
class Act:
    """One act, as its page asks for it and does it."""

    title: Any
    # Does it, with the valid form and the note; raises Refused.
    do: Callable[[Any, str], Any]
    # What is said once it is done, and where one goes on (asked then).
    done: Any
    goes_to: Callable[[], Any]
    # The button, and the way back beside it.
    button: Any = ""
    back: str = ""
    keep: Any = _("Not now")
    is_final: bool = False
    asks_note: bool = False
    may: bool = True
    # Why it cannot be done now: said where one goes on, or on the page itself.
    why_not: Sequence[str] = ()
    blocked: Sequence[str] = ()
    # What was sent was not sent from the page as it stands now: it says so, is shown again, and nothing is done.
    stale: Any = ""
    # Whether a refusal is read on the page, too.
    stays: bool = False
    form: Callable[[Any], forms.Form] | None = None
    # A template of its own extends the common one, or stands alone.
    template: str = "my/confirm_act.html"
    context: dict = field(default_factory=dict)
    status: int = 200


def confirm(request, act: Act):
    """Ask, or do it and go on. Raise PermissionDenied for who may not."""
    if not act.may:
        raise PermissionDenied
    if act.why_not:
        return _go_on(request, act, messages.info, act.why_not)
    data = request.POST if request.method == "POST" else None
    form, reasons = act.form(data) if act.form else None, list(act.blocked)
    is_stale = data is not None and bool(act.stale)
    if data is not None and not reasons and not is_stale and (form is None or form.is_valid()):
        try:
            act.do(form, data.get("note", ""))
        except Refused as refused:
            if not act.stays:
                return _go_on(request, act, messages.error, refused.reasons)
            reasons = refused.reasons
        else:
            # What was typed may turn out wrong only when it is used, as a code does.
            if form is None or not form.errors:
                return _go_on(request, act, messages.success, [act.done])
    note = data.get("note", "") if data is not None else ""
    context = {"act": act, "form": form, "reasons": reasons, "note": note, "is_stale": is_stale, **act.context}
    return render(request, act.template, context, status=act.status)


def _go_on(request, act: Act, say, sentences):
    for sentence in sentences:
        say(request, sentence)
    return redirect(act.goes_to())
