from django.conf import settings


def site(request) -> dict:
    """Answer what every template may need: whether this site shows demonstration data."""
    return {"DEMONSTRATION": settings.DEMONSTRATION, "SITE_URL": settings.SITE_URL}
