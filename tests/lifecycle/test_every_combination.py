"""Every verb × every status × every role: who can, and nobody else, when."""

import pytest

from core.verbs import why_not
from tests import factories
from tests.lifecycle import records
from tests.lifecycle.expectations import LIVES
from tests.personas import MANAGER, PERSONAS, appoint_investigator

# Who wrote a report decides who judges it.
pytestmark = pytest.mark.usefixtures("field_history")

# What a verb asks for of a record is in the way of another verb: each of these has a record of its own.
APART = {"activate", "sign", "issue", "countersign", "reverse_payment"}


def make_chair(cast, status, verb=""):
    origin = "sourced" if status == "sourced" else "registered"
    chair = factories.make_chair(
        status, cluster=cast.cluster, origin=origin, registered_by=cast[MANAGER], with_pi=False
    )
    appoint_investigator(cast, chair)
    return chair


MAKE = {
    "chair": make_chair,
    "sponsorship": records.make_sponsorship,
    "agreement": records.make_agreement,
    "instalment": records.make_instalment,
    "report": records.make_report,
    "chair_year": records.make_chair_year,
    "year_report": records.make_year_report,
}
CASES = [pytest.param(life, status, id=f"{life.name} {status}") for life in LIVES for status in life.statuses]


@pytest.mark.parametrize(("life", "status"), CASES)
def test_each_verb_is_open_to_whom_the_tables_say(cast, life, status):
    shared, found = MAKE[life.name](cast, status), {}
    for verb in life.moves:
        record = MAKE[life.name](cast, status, verb) if life.name != "chair" and verb in APART else shared
        found[verb] = {who for who in PERSONAS if not why_not(record, verb, cast[who])}
    assert found == {verb: life.who_may(verb, status) for verb in life.moves}
