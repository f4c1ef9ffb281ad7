"""The page under /my/ that confirms an act: GET shows it, POST performs it and redirects.

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
    """An act on its confirmation page: its texts, its checks and its function."""

    title: Any
    # Performs the act, with its valid form and the note; raises Refused.
    do: Callable[[Any, str], Any]
    # The success message, and a function for the URL to go to, called afterwards.
    done: Any
    goes_to: Callable[[], Any]
    # The button's label, and the link back beside it with its label.
    button: Any = ""
    back: str = ""
    keep: Any = _("Not now")
    is_final: bool = False
    asks_note: bool = False
    may: bool = True
    # Why it cannot be done now: `why_not` redirects and says so there, `blocked` is shown on this page.
    why_not: Sequence[str] = ()
    blocked: Sequence[str] = ()
    # A sentence if the form was sent from an outdated page: then the page is shown again and nothing is done.
    stale: Any = ""
    # Whether a refusal is shown on this page, and not on the next one.
    stays: bool = False
    form: Callable[[Any], forms.Form] | None = None
    # A template of its own extends the common one, or stands alone.
    template: str = "my/confirm_act.html"
    context: dict = field(default_factory=dict)
    status: int = 200


def confirm(request, act: Act):
    """Show the page, or perform the act and redirect. Raise PermissionDenied if the user may not."""
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
            # Some input proves wrong only in use, such as a code: then the form has errors now.
            if form is None or not form.errors:
                return _go_on(request, act, messages.success, [act.done])
    note = data.get("note", "") if data is not None else ""
    context = {"act": act, "form": form, "reasons": reasons, "note": note, "is_stale": is_stale, **act.context}
    return render(request, act.template, context, status=act.status)


def _go_on(request, act: Act, say, sentences):
    for sentence in sentences:
        say(request, sentence)
    return redirect(act.goes_to())
