"""Rate limits for expensive requests, per IP address and minute."""

import time

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext as _

from core.network import client_address

SECONDS = 60


def seconds_to_wait(request: HttpRequest, what: str, most: int) -> int:
    """Count a request for `what`. Return the seconds that its IP address must wait, or 0 for up to `most` requests.

    The count is in the default cache; in local memory, each process counts separately.
    """
    now = time.time()
    window = int(now // SECONDS)
    key = f"{what}:{client_address(request)}:{window}"
    cache.add(key, 0, 2 * SECONDS)
    try:
        number = cache.incr(key)
    except ValueError:  # evicted from the cache in between
        return 0
    return int((window + 1) * SECONDS - now) + 1 if number > most else 0


def refusal(most: int, wait: int, address: str) -> str:
    """Return the sentence for a client that made too many requests: wait `wait` seconds, or fetch everything at `address`."""
    sentence = _(
        "That was more than %(number)s requests in a minute: please wait %(seconds)s s. For everything at once, take "
        "%(address)s"
    )
    return sentence % {"number": most, "seconds": wait, "address": address}
