"""How much one address may ask: so many answers a minute that had to be made. What is kept and sent again is not counted."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from api.problems import Problem
from core.rate_limits import seconds_to_wait


def check(request: HttpRequest) -> None:
    """Count a request. Raise Problem where its address has asked too much in this minute."""
    wait = seconds_to_wait(request, "api", settings.API_REQUESTS_A_MINUTE)
    if not wait:
        return
    detail = _(
        "That was more than %(number)s requests in a minute: please wait %(seconds)s s. For everything at once, take "
        "%(address)s"
    ) % {
        "number": settings.API_REQUESTS_A_MINUTE,
        "seconds": wait,
        "address": settings.SITE_URL + reverse("open_data_zip"),
    }
    raise Problem(429, detail, headers={"Retry-After": str(wait)})
