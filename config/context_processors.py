from django.conf import settings

from config.accessibility import state_in_words


def site(request) -> dict:
    """Return what every template may need: whose programme the site is, whether this site shows demonstration data, and how accessible it is."""
    return {
        "DEMONSTRATION": settings.DEMONSTRATION,
        "SITE_URL": settings.SITE_URL,
        "PROGRAMME": settings.PROGRAMME,
        "ACCESSIBILITY": state_in_words(),
    }
