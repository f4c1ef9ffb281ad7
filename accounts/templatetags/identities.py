from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def identity_providers() -> list:
    """Return the identity providers of this site, in the order of the settings."""
    return list(settings.IDENTITY_PROVIDERS.values())
