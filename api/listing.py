"""Responses: one page of a resource's list, and one record."""

import datetime
from bisect import bisect_right
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponsePermanentRedirect
from django.utils.translation import gettext as _
from pyroaring import BitMap

from api import cursors, publication
from api.problems import Problem, bad_request, not_found, withdrawn
from api.resource import ROOT, Found, Resource
from core.as_of import as_of_asked
from core.languages import reader_language
from core.models import Merge

DEFAULT_LIMIT, MAX_LIMIT = 50, 200
PAGE_SIZE, MAX_PAGE = 100, 1_000_000
# The parameters of every list, besides its filters.
PAGING = ("limit", "cursor", "updated_since")
# Parameters that may change while a cursor is followed.
NOT_OF_THE_QUESTION = ("cursor", "limit")
# No reasonable query has more values.
MAX_PARAMETERS = 300


def refuse_unknown(request: HttpRequest, known: Sequence[str]) -> None:
    """Raise Problem for a parameter that this address does not accept."""
    others = [name for name in request.GET if name not in known]
    if others:
        takes = ", ".join(known) or _("none")
        sentence = _("There is no parameter “%(name)s” here. Those that there are: %(known)s.")
        errors = [(name[:60], sentence % {"name": name[:60], "known": takes}) for name in others[:5]]
        raise bad_request([(name.replace("\x00", ""), detail.replace("\x00", "")) for name, detail in errors])


def _whole_number(request: HttpRequest, name: str, otherwise: int, most: int) -> int:
    """Return a whole number from a parameter, between 1 and `most`. Raise Problem otherwise."""
    text = request.GET.get(name, "")
    if not text:
        return otherwise
    if not (text.isascii() and text.isdecimal() and len(text) < 10 and 1 <= int(text) <= most):
        sentence = _("“%(name)s” is a whole number from 1 to %(most)s.") % {"name": name, "most": most}
        raise bad_request([(name, sentence)])
    return int(text)


def numbered_page(request: HttpRequest) -> tuple[int, int]:
    """Return page number and page size, for formats of other standards, which number their pages."""
    refuse_unknown(request, ("page", "pageSize"))
    return _whole_number(request, "page", 1, MAX_PAGE), _whole_number(request, "pageSize", PAGE_SIZE, MAX_LIMIT)


def parameters_of(resource: Resource) -> tuple[str, ...]:
    return (*resource.filters, *(["sort"] if resource.sorts else []), *PAGING)


def page(
    resource: Resource, request: HttpRequest, limit: int, cursor: str, since: datetime.datetime | None
) -> dict[str, Any]:
    """Return one page of a list. Raise Problem for parameters that are not valid."""
    refuse_unknown(request, parameters_of(resource))
    found = _found(resource, request, since)
    as_of = publication.latest(resource)
    asked = [(name, values) for name, values in request.GET.lists() if name not in NOT_OF_THE_QUESTION and any(values)]
    digest = cursors.digest_of([*asked, ("", [resource.name, reader_language() if found.in_order else ""])])
    place = cursors.read(cursor, digest) if cursor else cursors.Place(0, 0, as_of)
    keys, gone = found.keys, BitMap()
    if since is not None:
        changed, gone = publication.changed_since(resource, publication.number_of(since))
        keys, gone = keys & changed, gone - keys
    order = found.in_order() if request.GET.get("sort") else list(keys | gone)
    start = _start(order, place, is_sorted=bool(request.GET.get("sort")))
    on_page = order[start : start + limit]
    end = start + len(on_page)
    following = cursors.Place(on_page[-1], end, place.as_of) if end < len(order) else None
    said = resource.fetch(on_page)
    return {
        "total": len(order),
        "as_of": publication.moment_of(place.as_of),
        "next": _next(resource, request, limit, cursors.written(following, digest)) if following else None,
        "items": [said[pk] for pk in on_page if pk in said and pk in keys],
        "withdrawn": publication.withdrawn(resource, gone & BitMap(on_page)) if gone else [],
    }


def _found(resource: Resource, request: HttpRequest, since: datetime.datetime | None) -> Found:
    """Return the records found.

    With `updated_since` and no filter, search all records, not the page's default selection.
    """
    public = publication.shown(resource)
    errors = []
    if sum(map(len, dict(request.GET.lists()).values())) > MAX_PARAMETERS:
        errors.append(("", _("That are too many parameters.")))
    if (sort := request.GET.get("sort")) and sort not in resource.sorts:
        names = ", ".join(resource.sorts)
        sentence = _("“%(value)s” is no order of this list. Those that there are: %(known)s.")
        errors.append(("sort", sentence % {"value": sort[:60].replace("\x00", ""), "known": names}))
    if sort and since is not None:
        errors.append(("sort", _("What has changed comes in the order of its ids: leave “sort” out.")))
    if errors:
        raise bad_request(errors)
    found = resource.find(request)
    if found.errors:
        raise bad_request(found.errors)
    is_narrowed = any(value for name in resource.filters for value in request.GET.getlist(name))
    if since is not None and not is_narrowed:
        return Found(public)
    return Found(found.keys & public, in_order=lambda: [pk for pk in found.in_order() if pk in public])


def _start(order: Sequence[int], place: cursors.Place, *, is_sorted: bool) -> int:
    """Return the index where a page starts: after the last record of the previous page, even if records were added since."""
    if not place.done:
        return 0
    if not is_sorted:
        return bisect_right(order, place.key)
    try:
        return order.index(place.key) + 1
    except ValueError:  # withdrawn meanwhile
        return min(place.done, len(order))


def _next(resource: Resource, request: HttpRequest, limit: int, cursor: str) -> str:
    kept = [(name, value) for name, values in request.GET.lists() for value in values if value and name != "cursor"]
    kept = [(name, value) for name, value in kept if name != "limit"]
    if limit != DEFAULT_LIMIT:
        kept.append(("limit", str(limit)))
    return f"{settings.SITE_URL}{ROOT}/{resource.name}?{urlencode([*kept, ('cursor', cursor)])}"


def _then(resource: Resource, pk: int, day: datetime.date) -> dict[str, Any]:
    """Return a record as of a past day. Raise Problem if it was not public then."""
    said, why_not = resource.fetch_then(pk, day)
    if said is None:
        raise Problem(404, why_not)
    said["links"]["self"] += f"?{urlencode({'on': day.isoformat()})}"
    return said


def record(resource: Resource, request: HttpRequest, pk: int) -> dict[str, Any] | HttpResponsePermanentRedirect:
    """Return one record, or a redirect to the one that it is part of now.

    Raise Problem: 404 if there is none, 410 if it was public.
    """
    refuse_unknown(request, ("on",) if resource.fetch_then else ())
    as_of = as_of_asked(request.GET)
    if as_of.problem:
        raise bad_request([("on", as_of.problem)])
    public = publication.shown(resource)
    if pk in public and as_of.day:
        return _then(resource, pk, as_of.day)
    if pk in public and (said := resource.fetch([pk])):
        return said[pk]
    for gone in publication.withdrawn(resource, [pk]):
        if (kept := _merged_into(resource, pk)) in public:
            return HttpResponsePermanentRedirect(resource.address(kept))
        raise withdrawn(gone)
    raise not_found()


def _merged_into(resource: Resource, pk: int) -> int:
    """Return the key of the record with which this one was merged, however often; its own if it was not."""
    kind = resource.public().model._meta.label_lower
    merges = Merge.objects.filter(kind=kind, undone_at=None).order_by("-pk")
    seen = {pk}
    while (kept := merges.filter(gone=pk).values_list("kept", flat=True).first()) and kept not in seen:
        pk = kept
        seen.add(pk)
    return pk
