"""Reads one indicator of a report with the records behind it, without computing the others."""

from typing import Any

from django.utils import translation

from core.one_moment import one_moment
from yearly.content import content_of, indicator_said, scope_of
from yearly.indicators import Tally
from yearly.models import Indicator, YearReport


def lines_of(report: YearReport, slug: str, language: str) -> dict[str, Any] | None:
    """Return an indicator's content in a report, with its lines; None if the report does not have it."""
    if report.is_frozen:
        return next((one for one in content_of(report, language)["indicators"] if one["slug"] == slug), None)
    indicator = Indicator.objects.active().filter(slug=slug).first()
    if indicator is None:
        return None
    with translation.override(language), one_moment():
        comment = report.comments.filter(indicator=indicator).first()
        return indicator_said(indicator, Tally(scope_of(report)), (comment and comment.text) or "", with_lines=True)
