"""The way to the import, on the panel's front page and on the lists of what can be imported."""

from django import template
from django.urls import reverse

from imports.kinds import LABELS
from imports.perms import can_import

register = template.Library()


@register.simple_tag(takes_context=True)
def import_url(context, label="") -> str:
    """Return where this person brings files; empty for others, and beside a list whose records no file brings."""
    if label and label not in LABELS:
        return ""
    return reverse("admin:imports_import_add") if can_import(context["request"].user) else ""
