"""A template tag for the fields of a proposal's form."""

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from core.kept_fields import kept_field

register = template.Library()


@register.simple_tag(takes_context=True)
def proposal_field(context, name: str) -> SafeString:
    """Return a field of the form, below the remark of staff about it, if any."""
    form = context["form"]
    remark = form.remarks.get(name)
    asked = render_to_string("sponsorships/_remark.html", {"remark": remark}) if remark else ""
    return mark_safe(f"{asked}{kept_field(form, name)}")
