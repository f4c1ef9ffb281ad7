"""What a visitor typed on the first page of a proposal before signing in, kept in their session.

It fills the form again once they are signed in; nothing is saved without them. docs/kept_forms.md.
"""

import time
from typing import Any

from chairs.models import Chair

SESSION_KEY = "begun_proposals"
# In seconds: long enough to make an account and register an organisation, short enough for a shared machine.
LASTS = 60 * 60
MAX_KEPT = 3


def keep(request, chair: Chair, fields: dict[str, str]) -> None:
    """Keep the fields typed for a chair, replacing those kept for it before."""
    others = [one for one in _standing(request) if one["chair"] != chair.pk]
    request.session[SESSION_KEY] = [*others, {"chair": chair.pk, "at": int(time.time()), "fields": fields}][-MAX_KEPT:]


def kept(request, chair: Chair) -> dict[str, Any]:
    """Return the fields kept for a chair; empty if there are none."""
    return next((one["fields"] for one in _standing(request) if one["chair"] == chair.pk), {})


def forget(request, chair: Chair) -> None:
    """Forget the fields kept for a chair, once they are saved."""
    if SESSION_KEY in request.session:
        request.session[SESSION_KEY] = [one for one in _standing(request) if one["chair"] != chair.pk]


def _standing(request) -> list[dict]:
    now = time.time()
    return [one for one in request.session.get(SESSION_KEY, []) if now - one["at"] < LASTS]
