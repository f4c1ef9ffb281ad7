"""The API: one operation for each resource's list and one for its records, as in the OpenAPI document."""

import datetime
import re
from typing import Annotated, Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Field, NinjaAPI, Path, Query, Schema
from ninja.errors import ValidationError
from pydantic import BeforeValidator, create_model

from api import cursors, listing
from api.listing import DEFAULT_LIMIT, MAX_LIMIT
from api.problems import Problem, bad_request, not_found
from api.resource import Resource
from api.resources.chair_money import add_chair_money
from api.resources.chairs import CHAIRS
from api.resources.clusters import CLUSTERS, THEMES
from api.resources.figures import add_figures
from api.resources.funding import OPPORTUNITIES, PARTNERS
from api.resources.people import INSTITUTIONS, PEOPLE
from api.resources.results import COLLABORATIONS, OUTPUTS, START_UPS, TRAINING
from api.schemas import Page
from core.pagination import MAX_QUERY_LENGTH

RESOURCES: tuple[Resource, ...] = (
    CHAIRS,
    CLUSTERS,
    THEMES,
    INSTITUTIONS,
    PEOPLE,
    PARTNERS,
    OPPORTUNITIES,
    TRAINING,
    START_UPS,
    OUTPUTS,
    COLLABORATIONS,
)
# The largest key that the sets of keys can hold.
MAX_ID = 2**32 - 1
DESCRIPTION = (
    f"The public data of {settings.PROGRAMME.named('en')}: what the pages of the site say, with the same filters, in French and "
    "English side by side. Reading needs no account and no key."
)
# Errors of query parameters; lazy, for the active language.
SENTENCES = {
    "limit": lambda: _("“limit” is a whole number from 1 to %(most)s.") % {"most": MAX_LIMIT},
    "updated_since": lambda: _("“updated_since” is a moment, such as 2026-01-31T12:00:00Z."),
}
api = NinjaAPI(
    title="Cathedra",
    version="1",
    description=DESCRIPTION,
    openapi_url=None,
    docs_url=None,
    urls_namespace="api",
    servers=[{"url": settings.SITE_URL}],
)


@api.exception_handler(Problem)
def _problem(request: HttpRequest, problem: Problem) -> HttpResponse:
    return problem.response(request)


@api.exception_handler(ValidationError)
def _not_readable(request: HttpRequest, error: ValidationError) -> HttpResponse:
    if any(one["loc"][0] == "path" for one in error.errors):
        return not_found().response(request)
    names = [str(one["loc"][-1]) for one in error.errors]
    return bad_request([(name, _sentence(name)) for name in dict.fromkeys(names)]).response(request)


def _sentence(name: str) -> str:
    return SENTENCES[name]() if name in SENTENCES else _("“%(name)s” cannot be read.") % {"name": name}


def _moment(text: Any) -> Any:
    """Parse a moment with time zone. In a query string, an unescaped + arrives as a space."""
    text = str(text).replace(" ", "+")
    if not MOMENT.fullmatch(text):
        raise ValueError("not a moment")
    return datetime.datetime.fromisoformat(text)


MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)", re.ASCII)
Moment = Annotated[datetime.datetime, BeforeValidator(_moment)]


class AsOfQuery(Schema):
    on: str = Field("", description="As it stood on which day that is over, such as 2025-12-31; today without it.")


def _query(resource: Resource) -> type[Schema]:
    """Return the schema of a list's query parameters, for the OpenAPI document and for validation."""
    fields: dict[str, Any] = {}
    for name, said in resource.filters.items():
        if name in resource.single:
            fields[name] = (str, Field("", max_length=MAX_QUERY_LENGTH, description=said))
        else:
            fields[name] = (list[str], Field([], description=f"{said} Can be repeated: one or the other."))
    if resource.sorts:
        orders = ", ".join(resource.sorts)
        fields["sort"] = (str, Field("", description=f"As on the page: {orders}. Without it, by id."))
    fields["limit"] = (int, Field(DEFAULT_LIMIT, ge=1, le=MAX_LIMIT, description="How many records a page has."))
    fields["cursor"] = (str, Field("", max_length=cursors.MAX_LENGTH, description="From `next`: take it as it is."))
    said = "Only what has changed after this moment, and what was withdrawn: the `as_of` of an earlier answer."
    fields["updated_since"] = (Moment | None, Field(None, description=said))
    return create_model(f"{_class_name(resource)}Query", __base__=Schema, **fields)


def _class_name(resource: Resource) -> str:
    return resource.item.__name__.removesuffix("Item")


def _add(resource: Resource) -> None:
    """Add the two operations of a resource to the API."""
    query, item, name = _query(resource), resource.item, _class_name(resource)
    page = create_model(f"{name}Page", __base__=Page, items=(list[item], ...))

    def listed(request: HttpRequest, asked: query = Query(...)) -> Any:  # noqa: B008 - so the library reads a signature
        return listing.page(resource, request, asked.limit, asked.cursor, asked.updated_since)

    def one(request: HttpRequest, id: int = Path(..., ge=1, le=MAX_ID)) -> Any:  # noqa: B008
        return listing.record(resource, request, id)

    def one_then(request: HttpRequest, asked: AsOfQuery = Query(...), id: int = Path(..., ge=1, le=MAX_ID)) -> Any:  # noqa: B008
        return listing.record(resource, request, id)

    tags = [resource.name]
    api.get(
        f"/{resource.name}",
        response=page,
        operation_id=f"list_{resource.name.replace('-', '_')}",
        summary=f"List of {resource.name}",
        tags=tags,
        url_name=f"{resource.name.replace('-', '_')}_list",
    )(listed)
    api.get(
        f"/{resource.name}/{{id}}",
        response=item,
        operation_id=f"get_{resource.name.replace('-', '_')}",
        summary=f"One {resource.noun}",
        tags=tags,
        url_name=f"{resource.name.replace('-', '_')}_detail",
    )(one_then if resource.fetch_then else one)


for _resource in RESOURCES:
    _add(_resource)
add_chair_money(api, MAX_ID)
add_figures(api)
