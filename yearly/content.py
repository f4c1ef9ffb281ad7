"""The content of a cluster's or the nation's report: one dictionary of plain values, in one language.

All its pages and files are made from it. When the report is accepted, the content in each language is stored as text,
and nothing is counted again. It is read as of one moment, so that its numbers fit each other whatever is recorded meanwhile.
"""

import datetime
import hashlib
import json
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.one_moment import one_moment
from yearly.counts import COUNTS, Line
from yearly.enums import CountName, Unit
from yearly.indicators import Tally, counts_of, formula
from yearly.models import ChairYearReport, Indicator, YearReport
from yearly.models.chair_report import TEXTS
from yearly.scopes import Scope

# The version of this structure: frozen reports must stay readable for ever.
EDITION = 1
# The number of years in charts, with the report's year as the last.
YEARS = 3


def scope_of(report: YearReport) -> Scope:
    return Scope(report.year, report.cluster, is_made_up=report.is_made_up)


def content(report: YearReport, known_at: datetime.datetime, *, with_lines: bool = True) -> dict[str, Any]:
    """Return the report's present content, in the active language."""
    tally = Tally(scope_of(report))
    comments = {comment.indicator_id: comment.text or "" for comment in report.comments.all()}
    indicators = list(Indicator.objects.active())
    return {
        "edition": EDITION,
        "language": translation.get_language(),
        "title": _("Yearly report %(year)d") % {"year": report.year},
        "whose": report.whose[:1].upper() + report.whose[1:],
        "cluster": report.cluster.slug if report.cluster else None,
        "year": report.year,
        "before_year": report.year - 1,
        "on": report.last_day.isoformat(),
        "known_at": known_at.isoformat(),
        "records": report.records,
        "dates": _dates(report, known_at),
        "counted": _counted(report),
        "comment": report.comment or "",
        "indicators": [
            indicator_said(one, tally, comments.get(one.pk, ""), with_lines=with_lines) for one in indicators
        ],
        **_chairs(report),
    }


def _dates(report: YearReport, known_at: datetime.datetime) -> str:
    said = {"day": date_format(report.last_day), "moment": date_format(timezone.localtime(known_at), "DATETIME_FORMAT")}
    return _("Figures as of %(day)s, as known on %(moment)s.") % said


def _counted(report: YearReport) -> str:
    if report.is_made_up:
        return _("Demonstration: this report counts made-up records only.")
    return _("This report counts real records only; demonstration records are left out.")


def indicator_said(indicator: Indicator, tally: Tally, comment: str, *, with_lines: bool) -> dict[str, Any]:
    year = tally.scope.year
    values = {one: tally.value(indicator, one) for one in range(year - YEARS + 1, year + 1)}
    return {
        "slug": indicator.slug,
        "name": str(indicator),
        "definition": indicator.definition or "",
        "formula": formula(indicator),
        "unit": indicator.unit,
        "unit_name": str(Unit(indicator.unit).label),
        "figure": _text(values[year]),
        "before": _text(values[year - 1]),
        "series": [[one, _text(value)] for one, value in values.items()],
        "comment": comment,
        "parts": [_part(name, tally, with_lines) for name in counts_of(indicator)],
    }


def _part(name: CountName, tally: Tally, with_lines: bool) -> dict[str, Any]:
    """Return a count with the records behind it, whose numbers add up to it."""
    scope = tally.scope
    return {
        "count": name.value,
        "name": str(name.label),
        "unit": COUNTS[name].unit.value,
        "figure": _text(tally.number(name, scope.year)),
        "lines": as_values(COUNTS[name].lines(scope)) if with_lines else [],
    }


def as_values(lines: Iterable[Line]) -> list[list[str]]:
    return [[line.name, line.detail, line.cluster, str(line.number), line.url] for line in lines]


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def _chairs(report: YearReport) -> dict[str, Any]:
    """Return the texts of accepted chair reports, and the number of running chairs without one."""
    running = scope_of(report).running.select_related("cluster")
    accepted = ChairYearReport.objects.accepted().filter(year=report.year, chair__in=running.order_by().values("pk"))
    said = {one.chair_id: one for one in accepted}
    chairs = list(running)
    return {
        "chairs": [_words(chair, said[chair.pk]) for chair in chairs if chair.pk in said],
        "without_report": len(chairs) - len(said),
    }


def _words(chair, report: ChairYearReport) -> dict[str, str]:
    return {"title": str(chair), "cluster": str(chair.cluster), **{name: getattr(report, name) or "" for name in TEXTS}}


def as_bytes(said: dict[str, Any]) -> bytes:
    """Return the content as bytes; equal content gives equal bytes."""
    return json.dumps(said, ensure_ascii=False, sort_keys=True, indent=1).encode()


def in_every_language(report: YearReport) -> str:
    """Return the content in each language at the moment of acceptance, as the text to store."""
    said = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            said[language] = content(report, report.accepted_at)
    return as_bytes(said).decode()


def fingerprint(report: YearReport) -> str:
    return hashlib.sha256(report.payload.encode()).hexdigest()


# The fields that acceptance sets on the report, in this order.
FROZEN: dict[str, Callable[[YearReport], Any]] = {
    "on": lambda report: report.last_day,
    "known_at": lambda report: report.accepted_at,
    "payload": in_every_language,
    "sha256": fingerprint,
}


def content_of(report: YearReport, language: str, *, with_lines: bool = True) -> dict[str, Any]:
    """Return a report's content in a language: the frozen one, or the present one."""
    if report.is_frozen:
        return json.loads(report.payload)[language]
    with translation.override(language), one_moment():
        return content(report, timezone.now(), with_lines=with_lines)


def moment_of(said: dict[str, Any]) -> datetime.datetime:
    """Return the moment that every file of the report is dated with."""
    return datetime.datetime.fromisoformat(said["known_at"])
