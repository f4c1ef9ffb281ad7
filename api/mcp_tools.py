"""The tools for assistants (Model Context Protocol): four ways to read, each with validated input."""

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from typing import Any, Literal

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from pydantic import BaseModel, ConfigDict, Field

from api import listing
from api.resource import Resource
from api.resources import figures
from api.resources.chair_money import money_of
from api.resources.chairs import CHAIRS
from api.resources.funding import OPPORTUNITIES
from figures.catalogue.registry import FIGURES

MAX_FOUND, MAX_CLUSTERS = 20, 50
MAX_ID = 2**32 - 1
DAY = r"^(\d{4}-\d{2}-\d{2})?$"


class Input(BaseModel):
    model_config = ConfigDict(extra="forbid")


class SearchChairs(Input):
    query: str = Field("", max_length=200, description="Words in French or English: a subject, a title, a name.")
    cluster: list[str] = Field(
        [], max_length=MAX_CLUSTERS, description="Only these clusters, by address: dataia, postgenai-paris, …"
    )
    open_to_sponsors: bool = Field(False, description="Only chairs that take a sponsor now.")
    limit: int = Field(10, ge=1, le=MAX_FOUND)


class GetChair(Input):
    id: int = Field(ge=1, le=MAX_ID, description="As search_chairs gives it.")
    on: str = Field("", pattern=DAY, description="As it stood on this day, yyyy-mm-dd; as it stands without it.")


class ListOpportunities(Input):
    query: str = Field("", max_length=200, description="Words in French or English.")
    cluster: list[str] = Field([], max_length=MAX_CLUSTERS, description="Only these clusters, by address.")
    theme: list[str] = Field([], max_length=20, description="Only these themes, as cluster/theme.")
    limit: int = Field(10, ge=1, le=MAX_FOUND)


class GetFigure(Input):
    name: Literal[tuple(FIGURES)] = Field(description="Which figure.")  # type: ignore[valid-type]
    on: str = Field("", pattern=DAY, description="As of which day, yyyy-mm-dd; today without it.")


@dataclass(frozen=True)
class Tool:
    """A tool: its description, the schema of its input, and the function that answers."""

    name: str
    description: str
    takes: type[Input]
    answer: Callable[[HttpRequest, Any], dict[str, Any]]

    def said(self) -> dict[str, Any]:
        """Return the tool's entry in tools/list."""
        return {
            "name": self.name,
            "description": self.description,
            "inputSchema": self.takes.model_json_schema(),
            "annotations": {"readOnlyHint": True, "openWorldHint": False},
        }


def _page(request: HttpRequest, resource: Resource, query: dict[str, list[str]], limit: int) -> dict[str, Any]:
    """Return the first records of a list, each with its sources and its permanent address."""
    asked = copy(request)
    asked.GET = QueryDict(mutable=True)  # type: ignore[assignment]
    for name, values in query.items():
        if any(values):
            asked.GET.setlist(name, values)
    page = listing.page(resource, asked, limit, "", None)
    shown = [_with_source(one) for one in page["items"]]
    return {"total": page["total"], "as_of": page["as_of"], "items": shown}


def _with_source(record: dict[str, Any]) -> dict[str, Any]:
    address = record["links"]["en"] or record["links"]["self"]
    return {**record, "address": address, "source": record.get("sources") or [record["links"]["self"]]}


def _search_chairs(request: HttpRequest, asked: SearchChairs) -> dict[str, Any]:
    query = {"q": [asked.query], "cluster": asked.cluster, "open": ["1"] if asked.open_to_sponsors else []}
    order = {"sort": ["relevance"]} if asked.query else {"phase": ["all"]}
    return _page(request, CHAIRS, query | order, asked.limit)


def _get_chair(request: HttpRequest, asked: GetChair) -> dict[str, Any]:
    plain = copy(request)
    plain.GET = QueryDict(f"on={asked.on}" if asked.on else "")
    chair = listing.record(CHAIRS, plain, asked.id)
    return {**_with_source(chair), "money": money_of(asked.id, chair["on"])}


def _list_opportunities(request: HttpRequest, asked: ListOpportunities) -> dict[str, Any]:
    query = {"q": [asked.query], "cluster": asked.cluster, "theme": asked.theme}
    return _page(request, OPPORTUNITIES, query, asked.limit)


def _get_figure(request: HttpRequest, asked: GetFigure) -> dict[str, Any]:
    found = figures.read(asked.name, {"on": asked.on or timezone.localdate().isoformat()})
    return {**found, "address": found["links"]["en"], "source": found["sources"]}


TOOLS = {
    tool.name: tool
    for tool in (
        Tool(
            "search_chairs",
            f"Find research chairs of {settings.PROGRAMME.named('en')} by words, cluster, or whether they take a sponsor. "
            "Each comes with its sources and the address of its page.",
            SearchChairs,
            _search_chairs,
        ),
        Tool(
            "get_chair",
            "Read one chair: people, themes, teaching, dates, money, with its sources.",
            GetChair,
            _get_chair,
        ),
        Tool(
            "list_opportunities",
            "List the research activities that partners can fund today: target in euros net of VAT, deadline, what a "
            "partner gets, and where a proposal begins.",
            ListOpportunities,
            _list_opportunities,
        ),
        Tool(
            "get_figure",
            "Read a public figure with its definition, its sources and the day that it is as of.",
            GetFigure,
            _get_figure,
        ),
    )
}
