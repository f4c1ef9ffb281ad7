"""The panel's navigation, for the frame of every page of it."""

from django import template
from django.contrib import admin

from config.panel_sections import sections as navigation

register = template.Library()


@register.simple_tag(takes_context=True)
def sections(context):
    """Return the sections that the reader may open, with the one where they are marked."""
    request, opts = context["request"], context.get("opts")
    return navigation(admin.site, request, opts.label_lower if opts else "")
