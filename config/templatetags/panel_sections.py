"""The panel's navigation, for the base template of its pages."""

from django import template
from django.contrib import admin

from config.panel_sections import sections as navigation

register = template.Library()


@register.simple_tag(takes_context=True)
def sections(context):
    """Return the navigation's HTML for the user, with the current page marked."""
    request, opts = context["request"], context.get("opts")
    return navigation(admin.site, request, opts.label_lower if opts else "")
