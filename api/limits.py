"""How much one address may ask: so many answers a minute that had to be made. What is kept and sent again is not counted."""

import time

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from api.problems import Problem
from core.network import client_address

SECONDS = 60


def check(request: HttpRequest) -> None:
    """Count a request. Raise Problem where its address has asked too much in this minute."""
    now = time.time()
    window = int(now // SECONDS)
    key = f"api:{client_address(request)}:{window}"
    cache.add(key, 0, 2 * SECONDS)
    try:
        number = cache.incr(key)
    except ValueError:  # pushed out of the cache meanwhile
        return
    if number <= settings.API_REQUESTS_A_MINUTE:
        return
    wait = int((window + 1) * SECONDS - now) + 1
    detail = _(
        "That was more than %(number)s requests in a minute: please wait %(seconds)s s. For everything at once, take "
        "%(address)s"
    ) % {
        "number": settings.API_REQUESTS_A_MINUTE,
        "seconds": wait,
        "address": settings.SITE_URL + reverse("open_data_zip"),
    }
    raise Problem(429, detail, headers={"Retry-After": str(wait)})
