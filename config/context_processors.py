from django.conf import settings

from config.accessibility import state_in_words


def site(request) -> dict:
    """Return the context of every template: the programme, whether the site is a demonstration, and its accessibility state."""
    return {
        "DEMONSTRATION": settings.DEMONSTRATION,
        "SITE_URL": settings.SITE_URL,
        "PROGRAMME": settings.PROGRAMME,
        "ACCESSIBILITY": state_in_words(),
    }
