"""Every act that moves no status × every status × every role: who can, and nobody else, when."""

import pytest

from tests.lifecycle.acts import ACTS, MAKE
from tests.personas import PERSONAS

CASES = [pytest.param(act, status, id=f"{act}, {status}") for act in ACTS for status in act.who]


@pytest.mark.parametrize(("act", "status"), CASES)
def test_each_act_is_open_to_whom_the_table_says(cast, act, status):
    record = MAKE[act.record](cast, status)
    assert {who for who in PERSONAS if act.can(record, cast[who])} == set(act.who[status])
