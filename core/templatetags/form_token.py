"""The CSRF token of a form, with a token of its user: a form posted too late is stored for that user only."""

from django import template
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core.kept_forms import FIELD, mark_of

register = template.Library()


class FormTokenNode(CsrfTokenNode):
    def render(self, context) -> SafeString | str:
        token = super().render(context)
        user = getattr(context.get("request"), "user", None)
        if not token or user is None or not user.is_authenticated:
            return token
        return format_html('{}<input type="hidden" name="{}" value="{}">', token, FIELD, mark_of(user))


@register.tag
def csrf_token(parser, token) -> FormTokenNode:
    return FormTokenNode()
