"""The public figures, each with its definition, sources, unit and reference day."""

from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Field, NinjaAPI, Query, Schema

from api.listing import refuse_unknown
from api.problems import bad_request, not_found
from api.resource import links
from api.schemas import Links
from figures.catalogue.figure import Reading
from figures.catalogue.files import as_json
from figures.catalogue.registry import DATED, FIGURES
from figures.dated import Dates
from figures.query import read_dates
from figures.scopes import public


class FigureSummary(Schema):
    """What is counted. Title and definition are in the language of Accept-Language."""

    slug: str
    links: Links
    title: str
    definition: str
    unit: str
    sources: list[str] = Field(description="Web addresses, or sentences.")
    on: str = Field(description="The day that the figure is as of.")
    has_past: bool = Field(
        description="Whether it can be asked for as of another day (`on`), and as known on one (`known`)."
    )


class FigureItem(FigureSummary):
    known: str | None = Field(None, description="As known on which day, where that was asked.")
    columns: list[dict[str, str]] = Field(description="Of each column, its name in the rows, its label and its kind.")
    rows: list[dict[str, Any]] = Field(description="`demonstration` says of each whether it is made up.")
    totals: list[dict[str, Any]]


class FigureList(Schema):
    total: int
    items: list[FigureSummary]


class FigureQuery(Schema):
    on: str = Field("", description="As of which day, such as 2025-12-31; today without it.")
    known: str = Field("", description="As known on which day; everything known today without it.")


def read(slug: str, query: QueryDict | dict[str, str]) -> dict[str, Any]:
    """Return a figure as on its page. Raise Problem for an unknown figure or an invalid day."""
    if slug not in FIGURES:
        raise not_found()
    dates, problems = read_dates(query)
    if slug not in DATED and (dates.on != timezone.localdate() or dates.is_past):
        problems.append(_("This figure has no past: it shows what is known today."))
    if problems:
        raise bad_request([("on", problem) for problem in problems])
    return _said(slug, Reading(public(), dates))


def _said(slug: str, reading: Reading) -> dict[str, Any]:
    made = as_json(FIGURES[slug](reading), reading.dates)
    there = links("figures", 0, "figures:figure", slug)
    query = f"?{reading.dates.address}" if reading.dates.on != timezone.localdate() or reading.dates.known else ""
    address = str(there["self"]).removesuffix("/0") + f"/{slug}{query}"
    return {**made, "links": {**there, "self": address}, "has_past": slug in DATED}


def add_figures(api: NinjaAPI) -> None:
    """Add the two operations for figures to the API."""

    @api.get(
        "/figures",
        response=FigureList,
        operation_id="list_figures",
        summary="List of figures",
        tags=["figures"],
        url_name="figures_list",
    )
    def listed(request: HttpRequest) -> Any:
        refuse_unknown(request, ())
        reading = Reading(public(), Dates(timezone.localdate()))
        items = [_said(slug, reading) for slug in FIGURES]
        return {"total": len(items), "items": items}

    @api.get(
        "/figures/{slug}",
        response=FigureItem,
        operation_id="get_figures",
        summary="One figure",
        tags=["figures"],
        url_name="figures_detail",
    )
    def one(request: HttpRequest, slug: str, asked: FigureQuery = Query(...)) -> Any:  # noqa: B008
        refuse_unknown(request, ("on", "known"))
        return read(slug, request.GET)
