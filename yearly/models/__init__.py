from yearly.models.chair_report import ChairYearReport, ChairYearReportTransition
from yearly.models.indicator import Indicator
from yearly.models.reminder import ReportReminder
from yearly.models.year_report import IndicatorComment, YearReport, YearReportTransition

__all__ = [
    "ChairYearReport",
    "ChairYearReportTransition",
    "Indicator",
    "IndicatorComment",
    "ReportReminder",
    "YearReport",
    "YearReportTransition",
]
