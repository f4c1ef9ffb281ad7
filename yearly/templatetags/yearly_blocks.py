"""How values of indicators are written in pages, and what the home page of an investigator says of yearly reports."""

from django import template

from yearly.formatting import written

register = template.Library()
register.filter("in_unit", written)
