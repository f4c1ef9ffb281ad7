"""The link to the import, on the panel's front page and on the lists of importable records."""

from django import template
from django.urls import reverse

from imports.kinds import LABELS
from imports.perms import can_import

register = template.Library()


@register.simple_tag(takes_context=True)
def import_url(context, label="") -> str:
    """Return the address of the import page; an empty text for users who may not import, or for a `label` not importable."""
    if label and label not in LABELS:
        return ""
    return reverse("admin:imports_import_add") if can_import(context["request"].user) else ""
