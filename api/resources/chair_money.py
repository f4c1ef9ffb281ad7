"""The money of a chair, as its page shows it: what the public pays, and what partners publish that they give."""

import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, NinjaAPI, Path, Query, Schema

from api import listing
from api.resources.chairs import CHAIRS
from api.resources.funding import Amounts
from api.schemas import Named, named
from chairs.models import Chair
from chairs.past import is_grant_stated
from clusters.origins import is_told
from sponsorships.models import Sponsorship
from sponsorships.published import public_amounts, shown_in, shown_then


class Grant(Schema):
    """What public money pays for the whole duration, as a source states it."""

    amount: float = Field(description="In euros.")
    source: str
    stated_on: datetime.date


class Sponsor(Schema):
    partner: Named
    amounts: Amounts


class StatedPartnerItem(Schema):
    """An organisation that a source names beside the chair."""

    name: str
    unit: str
    pays: bool | None = Field(description="As the source says; null where it does not.")


class ChairMoney(Schema):
    id: int = Field(description="The chair's.")
    on: datetime.date | None = Field(description="As it stood on which day; null today.")
    public_grant: Grant | None = Field(description="null where no source states it.")
    sponsors: list[Sponsor] = Field(description="Partners that agreed to be named, each sponsorship apart.")
    stated_partners: list[StatedPartnerItem] = Field(description="They have no date: as today, on every day.")


class OnQuery(Schema):
    on: str = Field("", description="As it stood on which day that is over, such as 2025-12-31; today without it.")


def add_chair_money(api: NinjaAPI, max_id: int) -> None:
    """Add the operation for the money of a chair to the API."""

    @api.get(
        "/chairs/{id}/money",
        response=ChairMoney,
        operation_id="get_chairs_money",
        summary="The money of one chair",
        tags=["chairs"],
        url_name="chairs_money",
    )
    def money(request: HttpRequest, id: int = Path(..., ge=1, le=max_id), asked: OnQuery = Query(...)) -> Any:  # noqa: B008
        chair = listing.record(CHAIRS, request, id)
        return money_of(id, chair["on"])


def money_of(pk: int, day: datetime.date | None) -> dict[str, Any]:
    """Return the money of a published chair, today or as it stood on a past day."""
    chair = Chair.objects.only("public_grant", "public_grant_source", "public_grant_on").get(pk=pk)
    sponsorships = shown_then(chair, day) if day else shown_in(chair)
    stated = chair.stated_partners.order_by("pk").values("name", "unit", "pays")
    return {
        "id": pk,
        "on": day,
        "public_grant": _grant(chair, day),
        "sponsors": [_sponsor(one) for one in sponsorships if is_told(one, one.partner)],
        "stated_partners": list(stated),
    }


def _grant(chair: Chair, day: datetime.date | None) -> dict[str, Any] | None:
    if not is_grant_stated(chair, day or timezone.localdate()):
        return None
    return {
        "amount": chair.public_grant,
        "source": chair.public_grant_source,
        "stated_on": chair.public_grant_on,
    }


def _sponsor(sponsorship: Sponsorship) -> dict[str, Any]:
    return {"partner": named(sponsorship.partner), "amounts": public_amounts(sponsorship)}
