"""The files of a report: PDF, XLSX and JSON, and its charts as SVG and PNG.

Each is made from the report's content alone and dated with its moment: an accepted report gives the same bytes for
ever.
"""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils import translation
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from core.exports import CONTENT_TYPES, Sheet, as_workbook
from yearly.charts import chart, picture, standalone
from yearly.content import as_bytes, content_of, moment_of
from yearly.models import YearReport
from yearly.report_pdf import as_pdf


def answer(report: YearReport, language: str, form: str) -> HttpResponse:
    """Return a file as a download. Raise Http404 for an unknown language or format."""
    if language not in dict(settings.LANGUAGES) or form not in FORMS:
        raise Http404
    media_type, make = FORMS[form]
    said = content_of(report, language, with_lines=form != "pdf")
    with translation.override(language):
        return _download(make(said), media_type, f"{name_of(said)}.{language}.{form}")


def chart_answer(report: YearReport, slug: str, language: str, form: str) -> HttpResponse:
    """Return the chart of an indicator. Raise Http404 if the report lacks the indicator, or it has no values."""
    if language not in dict(settings.LANGUAGES) or form not in CHARTS:
        raise Http404
    said = content_of(report, language, with_lines=False)
    indicator = next((one for one in said["indicators"] if one["slug"] == slug), None)
    if indicator is None:
        raise Http404
    media_type, make = CHARTS[form]
    with translation.override(language):
        drawn = chart(indicator, said)
        if not drawn:
            raise Http404
        return _download(make(standalone(drawn)), media_type, f"{name_of(said)}-{slug}.{language}.{form}")


def name_of(said: dict[str, Any]) -> str:
    """Return the base name of the files, such as report-2025-dataia, marked if the report counts made-up records."""
    made_up = "-demonstration" if said["records"] == "demonstration" else ""
    return f"report-{said['year']}-{said['cluster'] or 'france'}{made_up}"


def as_xlsx(said: dict[str, Any]) -> bytes:
    """Return a workbook: a sheet with the figures, then one per indicator with the records behind it."""
    sheets = [Sheet(_("Indicators"), _figures_header(), _figures(said))]
    for indicator in said["indicators"]:
        sheets.append(Sheet(indicator["slug"], _lines_header(), _lines(indicator)))
    return as_workbook(sheets, moment_of(said))


def _figures_header() -> list[str]:
    return [
        _("Code"),
        _("Indicator"),
        _("Figure"),
        _("The year before"),
        _("Unit"),
        _("Counted as"),
        _("Definition"),
        _("Comment"),
    ]


def _lines_header() -> list[str]:
    return [_("Count"), _("Record"), _("Detail"), _("Cluster"), _("Counts for")]


def _figures(said: dict[str, Any]) -> Iterator[list[Any]]:
    for one in said["indicators"]:
        figures = [_value(one["figure"]), _value(one["before"])]
        yield [one["slug"], one["name"], *figures, one["unit_name"], one["formula"], one["definition"], one["comment"]]
    yield []
    for sentence in (said["title"], said["whose"], said["dates"], said["counted"], said["comment"]):
        yield [sentence]


def _lines(indicator: dict[str, Any]) -> Iterator[list[Any]]:
    for part in indicator["parts"]:
        for name, detail, cluster, number, _url in part["lines"]:
            yield [part["name"], name, detail, cluster, _value(number)]
        yield [part["name"], _("Total"), "", "", _value(part["figure"])]


def _value(text: str | None) -> int | Decimal | None:
    if text is None:
        return None
    value = Decimal(text)
    return int(value) if value == value.to_integral_value() and "." not in text else value


def _download(content: bytes, media_type: str, name: str) -> HttpResponse:
    """Return a download that cannot run as a page of this site, even if a browser opens the chart."""
    headers = {
        "Content-Disposition": content_disposition_header(as_attachment=True, filename=name),
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(content, content_type=media_type, headers=headers)


FORMS: dict[str, tuple[str, Callable[[dict[str, Any]], bytes]]] = {
    "pdf": ("application/pdf", as_pdf),
    "xlsx": (CONTENT_TYPES["xlsx"], as_xlsx),
    "json": ("application/json", as_bytes),
}
CHARTS: dict[str, tuple[str, Callable[[str], bytes]]] = {
    "svg": ("image/svg+xml", str.encode),
    "png": ("image/png", picture),
}
