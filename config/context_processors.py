from django.conf import settings


def site(request) -> dict:
    """Return what every template may need: whether this site shows demonstration data."""
    return {"DEMONSTRATION": settings.DEMONSTRATION, "SITE_URL": settings.SITE_URL}
