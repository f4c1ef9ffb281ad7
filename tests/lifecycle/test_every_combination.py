"""Every verb × every status × every role: who can, and nobody else, when."""

import pytest

from clusters.lifecycle import why_not
from tests import factories
from tests.lifecycle.expectations import LIVES
from tests.personas import MANAGER, PARTNER, PERSONAS, appoint_investigator


def make_chair(cast, status):
    origin = "sourced" if status == "sourced" else "registered"
    chair = factories.make_chair(
        status, cluster=cast.cluster, origin=origin, registered_by=cast[MANAGER], with_pi=False
    )
    appoint_investigator(cast, chair)
    return chair


def make_sponsorship(cast, status):
    return factories.make_sponsorship(status, cast.contact(PARTNER), chair=cast.chair)


MAKE = {"chair": make_chair, "sponsorship": make_sponsorship}
CASES = [pytest.param(life, status, id=f"{life.name} {status}") for life in LIVES for status in life.statuses]


@pytest.mark.parametrize(("life", "status"), CASES)
def test_each_verb_is_open_to_whom_the_tables_say(cast, life, status):
    record = MAKE[life.name](cast, status)
    found = {verb: {who for who in PERSONAS if not why_not(record, verb, cast[who])} for verb in life.moves}
    assert found == {verb: life.who_may(verb, status) for verb in life.moves}
