"""How often one address may ask for what is dear to make, within each minute."""

import time

from django.core.cache import cache
from django.http import HttpRequest

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
