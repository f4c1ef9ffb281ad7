"""What was entered for records that an act on many was refused to: in the session, for the last such act, until it is corrected."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.http import HttpRequest, QueryDict

from core.admin.at_once import MODE, NOTE, SHARED, Line

SESSION_KEY = "refused_at_once"


class RefusedInput(NamedTuple):
    """The posted fields of the refused records with those that all share, and the reasons by record key."""

    fields: QueryDict
    reasons: dict[int, list[str]]


def keep(request: HttpRequest, run: int, refused: Sequence[Line], shared: Sequence[str]) -> None:
    """Keep what was entered for these records in the act `run`, unless nothing was."""
    asked = [f"{line.record.pk}-{field.name}" for line in refused for field in line.fields]
    if not any(request.POST.get(name) for name in [NOTE, *asked]) or not refused:
        request.session.pop(SESSION_KEY, None)
        return
    prefixes = tuple(f"{line.record.pk}-" for line in refused)
    names = [NOTE, MODE, *(f"{SHARED}-{name}" for name in shared)]
    names += [name for name in request.POST if name.startswith(prefixes)]
    request.session[SESSION_KEY] = {
        "run": str(run),
        "fields": {name: request.POST.getlist(name) for name in names if name in request.POST},
        "reasons": {
            str(line.record.pk): [str(reason) for reason in line.reasons] for line in refused if not line.is_undone
        },
    }


def kept(request: HttpRequest, run: str) -> RefusedInput | None:
    """Return what was kept of the act `run`; None if nothing was, or another act has been done since."""
    said: dict[str, Any] = request.session.get(SESSION_KEY, {})
    if said.get("run") != run:
        return None
    fields = QueryDict(mutable=True)
    for name, values in said["fields"].items():
        fields.setlist(name, values)
    return RefusedInput(fields, {int(key): reasons for key, reasons in said["reasons"].items()})
