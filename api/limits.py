"""How much one address may ask: so many answers a minute that had to be made. What is kept and sent again is not counted."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from api.problems import Problem
from core.rate_limits import refusal, seconds_to_wait


def check(request: HttpRequest) -> None:
    """Count a request. Raise Problem where its address has asked too much in this minute."""
    most = settings.API_REQUESTS_A_MINUTE
    if wait := seconds_to_wait(request, "api", most):
        detail = refusal(most, wait, settings.SITE_URL + reverse("open_data_zip"))
        raise Problem(429, detail, headers={"Retry-After": str(wait)})
