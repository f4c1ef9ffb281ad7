"""Start-ups, counted outputs and organisations for tests; `**overrides` change them."""

import datetime

from chairs.models import ChairOrganisation, CountedOutput, StartUp
from tests import factories


def make_start_up(cluster=None, chairs=(), people=(), **overrides) -> StartUp:
    number = next(factories.numbers)
    values = {"name": f"Start-up {number}", "slug": f"start-up-{number}", **overrides}
    start_up = StartUp.objects.create(cluster=cluster or factories.make_cluster(), **values)
    start_up.chairs.set(chairs)
    start_up.people.set(people)
    return start_up


def make_counted(chair, **overrides) -> CountedOutput:
    return CountedOutput.objects.create(chair=chair, **{"kind": "patent", "year": 2025, "number": 1, **overrides})


def make_organisation(chair, **overrides) -> ChairOrganisation:
    """A stakeholder of a chair that agreed to be named."""
    named = {} if "institution" in overrides else {"name": f"Organisation {next(factories.numbers)}"}
    values = {**named, "consent_given_on": datetime.date(2025, 1, 1), **overrides}
    return ChairOrganisation.objects.create(chair=chair, **values)
