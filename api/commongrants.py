"""Open activities in the format of the CommonGrants protocol (commongrants.org, 0.2), which funders' tools read.

There, money looks for projects; here a project looks for money. So its “applicant” is anyone who may propose to fund.
"""

import datetime
import math
import uuid
from typing import Any

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _

from api import publication
from api.doors import public
from api.listing import numbered_page, refuse_unknown
from api.models import PublicRecord
from api.problems import not_found, withdrawn
from api.resources.funding import OPPORTUNITIES, links_of, open_activities
from chairs.models import Activity
from chairs.templatetags.chair_pages import text_of
from clusters.enums import Origin
from core.languages import content_language
from core.primary_keys import any_of


@public()
def opportunities(request: HttpRequest) -> JsonResponse:
    """List the open activities, latest change first."""
    page, size = numbered_page(request)
    shown = publication.shown(OPPORTUNITIES)
    changed = _changed(shown)
    order = sorted(shown, key=lambda pk: (-changed.get(pk, 0), pk))
    on_page = order[(page - 1) * size : page * size]
    found = {activity.pk: activity for activity in open_activities(on_page)}
    total, pages = len(order), math.ceil(len(order) / size)
    return JsonResponse(
        {
            "status": 200,
            "message": "Success",
            "items": [_said(found[pk], changed.get(pk, 0)) for pk in on_page if pk in found],
            "paginationInfo": {"page": page, "pageSize": size, "totalItems": total, "totalPages": pages},
        }
    )


@public()
def opportunity(request: HttpRequest, key: uuid.UUID) -> JsonResponse:
    refuse_unknown(request, ())
    for pk in publication.shown(OPPORTUNITIES):
        if id_of(pk) == key:
            for activity in open_activities([pk]):
                said = _said(activity, _changed([pk]).get(pk, 0))
                return JsonResponse({"status": 200, "message": "Success", "data": said})
    _refuse_closed(key)
    raise not_found()


def _refuse_closed(key: uuid.UUID) -> None:
    """Raise Problem (410) for an activity that was open."""
    closed = (
        PublicRecord.objects.filter(resource=OPPORTUNITIES.name).exclude(reason="").values_list("record", flat=True)
    )
    for gone in publication.withdrawn(OPPORTUNITIES, [pk for pk in closed if id_of(pk) == key]):
        raise withdrawn(gone, id=str(key))


def id_of(pk: int) -> uuid.UUID:
    """Return the UUID that the protocol requires, derived from the activity's address here so that it never changes."""
    return uuid.uuid5(uuid.NAMESPACE_URL, OPPORTUNITIES.address(pk))


def _changed(pks: Any) -> dict[int, int]:
    rows = PublicRecord.objects.filter(resource=OPPORTUNITIES.name, record__in=any_of(pks))
    return dict(rows.values_list("record", "changed"))


def _said(activity: Activity, changed: int) -> dict[str, Any]:
    page = links_of(activity)[content_language()]
    return {
        "id": str(id_of(activity.pk)),
        "title": text_of(activity, "title")["text"],
        "status": {"value": "open", "description": _("Takes proposals to fund it.")},
        "description": text_of(activity, "description")["text"],
        "funding": {
            "totalAmountAvailable": _money(activity.target),
            "details": _("The sum that the activity needs, net of VAT: partners are asked to give it."),
        },
        "keyDates": _dates(activity),
        "acceptedApplicantTypes": [{"value": "organization", "description": _("A partner that proposes to fund it.")}],
        "source": page,
        "customFields": _custom(activity),
        "createdAt": activity.posted_at.astimezone(datetime.UTC).isoformat(),
        "lastModifiedAt": publication.moment_of(changed),
    }


def _money(amount: Any) -> dict[str, str]:
    return {"amount": f"{amount:.2f}", "currency": "EUR"}


def _dates(activity: Activity) -> dict[str, Any]:
    posted = {"name": _("Posted"), "eventType": "singleDate", "date": activity.posted_at.date().isoformat()}
    dates = {"postDate": posted}
    if activity.deadline:
        last = {"name": _("Last day for proposals"), "eventType": "singleDate", "date": activity.deadline.isoformat()}
        dates["closeDate"] = last
    return dates


def _custom(activity: Activity) -> dict[str, Any]:
    chair = activity.chair
    fields = {
        "cluster": (str(chair.cluster), _("The AI cluster.")),
        "chair": (text_of(chair, "title")["text"], _("The chair that the activity belongs to.")),
        "counterparts": (text_of(activity, "counterparts")["text"], _("What the partner gets.")),
        "regime": (activity.get_regime_display(), _("How it can be funded.")),
        "record": (f"{settings.SITE_URL}/api/v1/opportunities/{activity.pk}", _("The same in the API of the site.")),
    }
    found: dict[str, Any] = {
        name: {"name": name, "fieldType": "string", "value": str(value), "description": said}
        for name, (value, said) in fields.items()
        if value
    }
    is_made_up = chair.origin == Origin.DEMONSTRATION
    said = _("Whether the record is made up for a demonstration.")
    found["demonstration"] = {"name": "demonstration", "fieldType": "boolean", "value": is_made_up, "description": said}
    return found
