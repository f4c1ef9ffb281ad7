"""Published sponsorships as grants of the Scientific Knowledge Graphs Interoperability Framework (SKG-IF), in JSON-LD.

https://skg-if.github.io/interoperability-framework/. Only what the partner publishes: an amount only if it is exact and
in cash, and no dates. Entities with a page are identified by its address, as in the linked data of pages
(core/linked_data.py).
"""

import math
import uuid
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, JsonResponse

from api.doors import public
from api.listing import numbered_page
from chairs.enums import PI_ROLES
from chairs.models import Appointment
from chairs.templatetags.chair_pages import text_of
from clusters.models import Cluster, Institution, Person
from clusters.origins import is_made_up, is_told, told
from core.linked_data import identity
from core.primary_keys import any_of
from partners.models import Partner
from sponsorships.linked_data import page_of
from sponsorships.models import Sponsorship
from sponsorships.published import ORIGINS, public_amounts, shown_sponsorships

FORM = "application/ld+json"
CONTEXT = "https://w3id.org/skg-if/context/skg-if.json"
BASE = "https://w3id.org/skg-if/sandbox/cathedra/"
# SKG-IF takes the roles in projects from SCoRO.
LEADER, MEMBER = "project leader", "project member"
Entity = dict[str, Any]


@public(FORM)
def grants(request: HttpRequest) -> JsonResponse:
    """List the grants, earliest first, with the organisations and people that they name."""
    page, size = numbered_page(request)
    grants_told = _told()
    total = grants_told.count()
    on_page = list(grants_told[(page - 1) * size : page * size])
    posts = _posts({one.chair_id for one in on_page})
    found = [_grant(one, posts.get(one.chair_id, [])) for one in on_page]
    content = {
        "@context": [CONTEXT, {"@base": BASE}],
        "@graph": [*found, *_agents(on_page, posts)],
        "meta": {"page": page, "page_size": size, "total_items": total, "total_pages": math.ceil(total / size)},
    }
    return JsonResponse(content, content_type=FORM)


def _told() -> QuerySet[Sponsorship]:
    return told(shown_sponsorships(), *ORIGINS).order_by("pk")


def _posts(chairs: Iterable[int]) -> dict[int, list[Appointment]]:
    """Return, by chair, the appointments of people who may be named."""
    posts = Appointment.objects.public().filter(chair__in=any_of(chairs)).select_related("person", "affiliation")
    found: dict[int, list[Appointment]] = {}
    for post in posts.order_by("pk"):
        if is_told(post.person):
            found.setdefault(post.chair_id, []).append(post)
    return found


def _grant(sponsorship: Sponsorship, posts: list[Appointment]) -> Entity:
    chair = sponsorship.chair
    amount = public_amounts(sponsorship).get("cash")
    money = {"currency": "EUR", "funded_amount": float(amount)} if amount else {}
    return _said(
        f"urn:uuid:{_key_of(sponsorship)}",
        "grant",
        title=text_of(sponsorship.activity or chair, "title")["text"],
        abstract=text_of(sponsorship.activity, "description")["text"] if sponsorship.activity else "",
        funding_agency=_page_of(sponsorship.partner),
        **money,
        website=settings.SITE_URL + chair.get_absolute_url(),
        beneficiaries=[_page_of(chair.cluster)],
        contributions=[_contribution(post) for post in posts],
        demonstration=is_made_up(sponsorship),
    )


def _key_of(sponsorship: Sponsorship) -> uuid.UUID:
    """Return a stable key that does not reveal the sponsorship's number."""
    return uuid.uuid5(sponsorship.reference, "grant")


def _contribution(post: Appointment) -> Entity:
    role = LEADER if post.role in PI_ROLES else MEMBER
    return {"by": _page_of(post.person), "declared_affiliations": list(map(_page_of, _bodies(post))), "roles": [role]}


def _bodies(post: Appointment) -> list[Institution]:
    return [post.affiliation] if post.affiliation and is_told(post.affiliation) else []


def _agents(sponsorships: list[Sponsorship], posts: dict[int, list[Appointment]]) -> list[Entity]:
    """Return each organisation and person once, in the order of the grants."""
    named: dict[str, Entity] = {}
    for one in sponsorships:
        held = posts.get(one.chair_id, [])
        bodies = [body for post in held for body in _bodies(post)]
        for agent in (one.partner, one.chair.cluster, *(post.person for post in held), *bodies):
            named.setdefault(_page_of(agent), _agent(agent))
    return list(named.values())


def _agent(agent: Partner | Cluster | Person | Institution) -> Entity:
    kind, identifiers = "organisation", []
    if isinstance(agent, Person):
        kind, identifiers = "person", [("orcid", agent.stated_orcid)]
    elif isinstance(agent, Institution):
        identifiers = [("ror", agent.confirmed_ror)]
    found = [{"scheme": scheme, "value": value} for scheme, value in identifiers if value]
    return _said(_page_of(agent), kind, identifiers=found, name=agent.name, demonstration=is_made_up(agent))


def _page_of(agent: Partner | Cluster | Person | Institution) -> str:
    return identity(page_of(agent) if isinstance(agent, Partner) else agent.get_absolute_url())


def _said(key: str, kind: str, **said: Any) -> Entity:
    """Return an entity without its empty properties."""
    return {"local_identifier": key, "entity_type": kind, **{name: value for name, value in said.items() if value}}
