"""Partners that agreed to be named or that a source names, and the activities that take proposals today."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest
from ninja import Field, Schema
from pyroaring import BitMap

from api.resource import Found, Resource, links, of_listing, of_view
from api.schemas import Named, Record, Text, Titled, named, text, titled
from chairs.listing import OpportunityListing
from chairs.models import Activity, StatedPartner
from clusters.enums import Origin
from clusters.origins import is_told
from core.primary_keys import any_of
from partners.models import Partner
from sponsorships.accounting.activity_money import with_public_money
from sponsorships.models import Sponsorship
from sponsorships.published import public_amounts, shown_sponsorships
from sponsorships.views.partners import PartnerListView, stated_partners

# An organisation that only a source names has no row of its own: its id is this, and the key of the first row that names it.
STATED = 2**31


class Amounts(Schema):
    """In euros, net of VAT, as agreed: only what the partner publishes. A band stands where it publishes no more."""

    cash: float | None = None
    otherwise: float | None = Field(None, description="In kind and skills, as they are valued.")
    cash_band: str | None = None
    otherwise_band: str | None = None


class Funded(Schema):
    chair: Titled
    activity: Text | None = Field(
        description="The title of the activity that it pays for, if it is one that was posted."
    )
    amounts: Amounts


class Beside(Schema):
    """Where a published source names an organisation."""

    chair: Titled
    unit: str = Field(description="The part of the organisation, where the source says so.")
    pays: bool | None = Field(description="Null where the source does not say whether it pays.")
    sources: list[str]


class PartnerItem(Record):
    slug: str = Field(description="Empty where only a source names it: it has no page of its own.")
    name: str
    named: str = Field(description="agreed: it agreed to be named; stated: a published source names it beside a chair.")
    sector: str
    size: str
    website: str
    funds: list[Funded]
    beside: list[Beside] = Field(description="The chairs beside which a source names it, where only a source does.")


class OpportunityItem(Record):
    title: Text
    description: Text
    counterparts: Text = Field(description="What the partner gets.")
    chair: Titled
    cluster: Named
    target: float = Field(description="In euros, net of VAT.")
    published_by_partners: float = Field(description="What partners publish that they give towards it, in euros.")
    regime: str = Field(description="either, patronage (a gift) or partnership (a research contract).")
    posted_at: datetime.datetime
    deadline: datetime.date | None = Field(description="The last day for sending a proposal.")
    propose: Text = Field(description="Where a proposal begins, in each language.")


def fetch_partners(pks: Iterable[int]) -> dict[int, dict[str, Any]]:
    keys = list(pks)
    told = shown_sponsorships().order_by("pk")
    partners = Partner.objects.named().filter(pk__in=any_of([key for key in keys if key < STATED])).order_by()
    partners = partners.prefetch_related(Prefetch("sponsorships", told, to_attr="shown"))
    agreed = {partner.pk: _partner(partner) for partner in partners}
    stated = _stated() if any(key > STATED for key in keys) else {}
    return agreed | {key: _stated_partner(key, stated[key]) for key in keys if key in stated}


def _partner(partner: Partner) -> dict[str, Any]:
    own = ("slug", "name", "sector", "size", "website")
    return {
        "id": partner.pk,
        "links": links("partners", partner.pk, "sponsorships:partner_detail", partner.slug),
        "demonstration": partner.origin == Origin.DEMONSTRATION,
        **{name: getattr(partner, name) for name in own},
        "named": "agreed",
        "funds": [_funded(sponsorship) for sponsorship in partner.shown],
        "beside": [],
    }


def _stated(words: Iterable[str] = ()) -> dict[int, list[StatedPartner]]:
    """Return the organisations that sources name, by id, each with its rows; on a real site without invented chairs."""
    found = {}
    for _name, rows in stated_partners(list(words)):
        shown = [row for row in rows if is_told(row.chair)]
        if shown:
            found[STATED + shown[0].pk] = shown
    return found


def _stated_partner(key: int, rows: list[StatedPartner]) -> dict[str, Any]:
    return {
        "id": key,
        "links": links("partners", key, "sponsorships:partner_list", fragment="#stated"),
        "demonstration": any(row.chair.origin == Origin.DEMONSTRATION for row in rows),
        "name": rows[0].name,
        "named": "stated",
        **dict.fromkeys(("slug", "sector", "size", "website"), ""),
        "funds": [],
        "beside": [_beside(row) for row in rows],
    }


def _beside(row: StatedPartner) -> dict[str, Any]:
    return {"chair": titled(row.chair, "title"), "unit": row.unit, "pays": row.pays, "sources": row.chair.sources}


def _find_partners(request: HttpRequest) -> Found:
    found = of_view(PartnerListView)(request)
    view = PartnerListView()
    view.setup(request)
    return Found(found.keys | BitMap(_stated(view.words)), found.errors)


def _funded(sponsorship: Sponsorship) -> dict[str, Any]:
    activity = sponsorship.activity
    return {
        "chair": titled(sponsorship.chair, "title"),
        "activity": text(activity, "title") if activity else None,
        "amounts": public_amounts(sponsorship),
    }


def open_activities(pks: Iterable[int]) -> list[Activity]:
    """Return those of the activities that are open, each with its public money."""
    activities = Activity.objects.open().filter(pk__in=any_of(pks)).select_related("chair__cluster").order_by("pk")
    return with_public_money(activities)


def fetch_opportunities(pks: Iterable[int]) -> dict[int, dict[str, Any]]:
    return {activity.pk: _opportunity(activity) for activity in open_activities(pks)}


def _opportunity(activity: Activity) -> dict[str, Any]:
    return {
        "id": activity.pk,
        "links": links_of(activity),
        "demonstration": activity.chair.origin == Origin.DEMONSTRATION,
        **{name: text(activity, name) for name in ("title", "description", "counterparts")},
        **{name: getattr(activity, name) for name in ("target", "regime", "posted_at", "deadline")},
        "published_by_partners": activity.public_money.given,
        "chair": titled(activity.chair, "title"),
        "cluster": named(activity.chair.cluster),
        "propose": _propose(activity),
    }


def links_of(activity: Activity) -> dict[str, str | None]:
    """Return the addresses of an activity, which is a part of its chair's page."""
    chair = activity.chair
    place = f"#activity-{activity.pk}"
    return links("opportunities", activity.pk, "chairs:detail", chair.cluster.slug, chair.slug, fragment=place)


def _propose(activity: Activity) -> dict[str, str | None]:
    slugs = activity.chair.cluster.slug, activity.chair.slug
    forms = links("", 0, "sponsorships:new", *slugs, fragment=f"?activity={activity.pk}")
    return {code: forms[code] for code in ("en", "fr")}


def _closed(pks: Iterable[int]) -> dict[int, str]:
    return {pk: "closed" for pk in Activity.objects.filter(pk__in=any_of(pks)).values_list("pk", flat=True)}


PARTNERS = Resource(
    name="partners",
    noun="partner",
    item=PartnerItem,
    public=Partner.objects.named,
    others=lambda: BitMap(_stated()),
    find=_find_partners,
    fetch=fetch_partners,
    filters={"q": "Words of a name."},
    page="sponsorships:partner_list",
    example="?limit=2",
)
OPPORTUNITIES = Resource(
    name="opportunities",
    noun="opportunity",
    item=OpportunityItem,
    public=Activity.objects.open,
    find=of_listing(OpportunityListing),
    fetch=fetch_opportunities,
    filters={
        "q": "Words of the chair.",
        "cluster": "Clusters, by address.",
        "theme": "Themes, as `cluster/theme`.",
    },
    page="chairs:opportunities",
    origins=("chair__origin",),
    why_gone=_closed,
    example="?limit=2",
)
