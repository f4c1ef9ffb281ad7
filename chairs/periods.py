"""Whether a chair ran, or somebody was in it, within a period. What states no dates of its own takes those above it."""

import datetime

from django.db.models import Q

OF_CHAIR = "chair__"


def chair_runs(first: datetime.date, last: datetime.date) -> Q:
    """Whether a chair ran on one of these days: by its dates, or its years, or its phase's."""
    return _chair_began(last) & _chair_not_over(first)


def post_runs(first: datetime.date, last: datetime.date) -> Q:
    """Whether an appointment ran on one of these days: by its own dates, and where it has none by its chair's."""
    began = Q(starts_on__lte=last) | Q(starts_on=None) & _chair_began(last, OF_CHAIR)
    not_over = Q(ends_on__gte=first) | Q(ends_on=None) & _chair_not_over(first, OF_CHAIR)
    return began & not_over


def _chair_began(last: datetime.date, path: str = "") -> Q:
    by_year = _by_year(path, "start_year", "lte", last.year)
    return Q(**{f"{path}starts_on__lte": last}) | Q(**{f"{path}starts_on": None}) & by_year


def _chair_not_over(first: datetime.date, path: str = "") -> Q:
    by_year = _by_year(path, "end_year", "gte", first.year)
    return Q(**{f"{path}ends_on__gte": first}) | Q(**{f"{path}ends_on": None}) & by_year


def _by_year(path: str, column: str, comparison: str, year: int) -> Q:
    """A year that nobody states excludes nothing."""
    own, phase = f"{path}{column}", f"{path}phase__{column}"
    of_phase = Q(**{f"{phase}__{comparison}": year}) | Q(**{phase: None})
    return Q(**{f"{own}__{comparison}": year}) | Q(**{own: None}) & of_phase
