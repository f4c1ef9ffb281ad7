"""A filter that writes the values of indicators on pages."""

from django import template

from yearly.formatting import written

register = template.Library()
register.filter("in_unit", written)
