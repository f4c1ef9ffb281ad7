"""Whether a chair ran, or somebody was in it, within a year. What states no dates of its own takes those above it."""

import datetime

from django.db.models import Q


def chair_runs(first: datetime.date, last: datetime.date, path: str = "") -> Q:
    """Whether the chair at the end of a path ran on one of these days: by its dates, or its years, or its phase's."""
    began = Q(**{f"{path}starts_on__lte": last}) | Q(**{f"{path}starts_on": None}) & _by_year(
        path, "start_year", "lte", last.year
    )
    not_over = Q(**{f"{path}ends_on__gte": first}) | Q(**{f"{path}ends_on": None}) & _by_year(
        path, "end_year", "gte", first.year
    )
    return began & not_over


def post_runs(first: datetime.date, last: datetime.date) -> Q:
    """Whether an appointment ran on one of these days: its own dates hold, and where it has none its chair's."""
    began = Q(starts_on__lte=last) | Q(starts_on=None)
    not_over = Q(ends_on__gte=first) | Q(ends_on=None)
    return began & not_over & chair_runs(first, last, "chair__")


def _by_year(path: str, column: str, comparison: str, year: int) -> Q:
    """A year that nobody states excludes nothing."""
    own, phase = f"{path}{column}", f"{path}phase__{column}"
    of_phase = Q(**{f"{phase}__{comparison}": year}) | Q(**{phase: None})
    return Q(**{f"{own}__{comparison}": year}) | Q(**{own: None}) & of_phase
