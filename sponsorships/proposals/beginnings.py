"""What somebody wrote on the first page of a proposal before signing in: it waits for them in their own session.

Nothing is saved by itself: once they are signed in, the page comes back filled. docs/kept_forms.md.
"""

import time
from typing import Any

from chairs.models import Chair

SESSION_KEY = "begun_proposals"
# Long enough to make an account and register an organisation, short enough for a shared machine.
LASTS = 60 * 60
MAX_KEPT = 3


def keep(request, chair: Chair, fields: dict[str, str]) -> None:
    """Keep what was written about a chair, instead of what was written about it before."""
    others = [one for one in _standing(request) if one["chair"] != chair.pk]
    request.session[SESSION_KEY] = [*others, {"chair": chair.pk, "at": int(time.time()), "fields": fields}][-MAX_KEPT:]


def kept(request, chair: Chair) -> dict[str, Any]:
    """Return what was written about a chair, by field; empty if nothing was."""
    return next((one["fields"] for one in _standing(request) if one["chair"] == chair.pk), {})


def forget(request, chair: Chair) -> None:
    """Forget what was written about a chair: it is saved."""
    if SESSION_KEY in request.session:
        request.session[SESSION_KEY] = [one for one in _standing(request) if one["chair"] != chair.pk]


def _standing(request) -> list[dict]:
    now = time.time()
    return [one for one in request.session.get(SESSION_KEY, []) if now - one["at"] < LASTS]
