"""How instalments are shown, on the staff's pages and on the partner's."""

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

register = template.Library()


def state_of(instalment) -> tuple[str, str]:
    """Answer how an instalment is marked today, and in which words: what is overdue or planned anew says so."""
    if instalment.superseded_on is not None:
        return "status", _("Planned anew")
    if instalment.is_overdue(timezone.localdate()):
        return "status status-overdue", _("Overdue")
    return f"status status-{instalment.status}", instalment.get_status_display()


@register.simple_tag
def instalment_state(instalment):
    """Show where an instalment stands, in the staff's words."""
    return format_html('<span class="{}">{}</span>', *state_of(instalment))
