"""Conditions that a chair or an appointment ran in a period. Missing dates are taken from the chair, then from its phase."""

import datetime

from django.db.models import Q

OF_CHAIR = "chair__"


def chair_runs(first: datetime.date, last: datetime.date) -> Q:
    """Return the condition that a chair ran on one of these days: by its dates, else its years, else its phase's."""
    return _chair_began(last) & _chair_not_over(first)


def post_runs(first: datetime.date, last: datetime.date) -> Q:
    """Return the condition that an appointment ran on one of these days: by its own dates, else by its chair's."""
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
    """Return the condition on a year, which holds if the year is not stated."""
    own, phase = f"{path}{column}", f"{path}phase__{column}"
    of_phase = Q(**{f"{phase}__{comparison}": year}) | Q(**{phase: None})
    return Q(**{f"{own}__{comparison}": year}) | Q(**{own: None}) & of_phase
