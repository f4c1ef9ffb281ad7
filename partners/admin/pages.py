"""Confirmation pages for acts that change no status: GET confirms, POST acts."""

from dataclasses import dataclass, field

from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from core.verbs import Refused


@dataclass
class ActPage:
    """What the page says and does. `act` answers where to go on; it raises Refused with the reasons."""

    label: str
    effect: str
    who: str
    may: bool
    reasons: list[str]
    act: object
    form: object = None
    note: object = None
    context: dict = field(default_factory=dict)


def act_page(admin, request, record, page: ActPage):
    """Return the page (GET), or act and go on (POST).

    It raises PermissionDenied for whoever may not act, and keeps what was typed if the act is refused.
    """
    if not page.may:
        return _confirmation(admin, request, record, page, page.reasons, is_open=False, status=403)
    if request.method != "POST":
        return _confirmation(admin, request, record, page, page.reasons, is_open=not page.reasons)
    reasons = page.reasons
    if not reasons and all([form.is_valid() for form in (page.form, page.note) if form is not None]):
        try:
            return HttpResponseRedirect(page.act())
        except Refused as refused:
            reasons = refused.reasons
    is_open = not page.reasons and not getattr(page.form, "is_spent", False)
    return _confirmation(admin, request, record, page, reasons, is_open)


def _confirmation(admin, request, record, page: ActPage, reasons, is_open, status=200):
    context = {
        **admin.admin_site.each_context(request),
        "title": page.label,
        "subtitle": str(record),
        "opts": admin.opts,
        "original": record,
        "label": page.label,
        "effect": page.effect,
        "who": page.who,
        "form": page.note,
        "extra": page.form,
        "may": False,  # the page says itself when its form is open
        "is_open": is_open,
        "reasons": reasons,
        "record_url": change_url(record),
        **page.context,
    }
    return TemplateResponse(request, "admin/confirm_verb.html", context, status=status)


def change_url(record) -> str:
    """Return the panel's page of a record."""
    return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk])
