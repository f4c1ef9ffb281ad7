"""The conditions of the verbs of reports, each as a sentence that says what to do."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from yearly.models.chair_report import TEXTS
from yearly.models.indicator import Indicator


def _unless_over(report) -> list[str]:
    if report.last_day < timezone.localdate():
        return []
    return [_("The year is not over: this is possible after %(day)s.") % {"day": date_format(report.last_day)}]


def submission_obstacles(report) -> list[str]:
    """Return why a chair's report cannot be submitted."""
    found = _unless_over(report)
    texts = [getattr(report, f"{name}_{language}") for name in TEXTS[:2] for language in ("en", "fr")]
    if not any((text or "").strip() for text in texts):
        found.append(_("Write the highlights or the results of the year, in one of the two languages."))
    return found


def acceptance_obstacles(report) -> list[str]:
    """Return why a cluster's or the nation's report cannot be accepted."""
    found = _unless_over(report)
    if not Indicator.objects.active().exists():
        found.append(_("No indicator is in use: the coordinator switches them on."))
    return found
