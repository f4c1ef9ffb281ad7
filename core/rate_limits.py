"""How often one address may ask for what is dear to make, within each minute."""

import time

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext as _

from core.network import client_address

SECONDS = 60


def seconds_to_wait(request: HttpRequest, what: str, most: int) -> int:
    """Count a request for `what`; return how long its address must wait, or 0 where it asked at most `most` times.

    Counted in the cache of the settings: in a process's own memory, each process counts for itself.
    """
    now = time.time()
    window = int(now // SECONDS)
    key = f"{what}:{client_address(request)}:{window}"
    cache.add(key, 0, 2 * SECONDS)
    try:
        number = cache.incr(key)
    except ValueError:  # pushed out of the cache meanwhile
        return 0
    return int((window + 1) * SECONDS - now) + 1 if number > most else 0


def refusal(most: int, wait: int, address: str) -> str:
    """Return what is said to who asked more than `most` times: to wait so many seconds, or to take everything at an address."""
    sentence = _(
        "That was more than %(number)s requests in a minute: please wait %(seconds)s s. For everything at once, take "
        "%(address)s"
    )
    return sentence % {"number": most, "seconds": wait, "address": address}
