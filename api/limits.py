"""The rate limit: how many responses per minute one address may cause to be computed. Cached responses do not count."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from api.problems import Problem
from core.rate_limits import refusal, seconds_to_wait


def check(request: HttpRequest) -> None:
    """Count a request. Raise Problem (429) if its address has exceeded the limit in this minute."""
    most = settings.API_REQUESTS_A_MINUTE
    if wait := seconds_to_wait(request, "api", most):
        detail = refusal(most, wait, settings.SITE_URL + reverse("open_data_zip"))
        raise Problem(429, detail, headers={"Retry-After": str(wait)})
