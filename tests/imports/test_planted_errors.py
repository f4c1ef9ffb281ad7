"""A portfolio with mistakes: exactly those are said, and once they are mended it goes in once. Of the few in CI, which
takes four seconds; of two thousand in the audit, which takes more than a minute.
"""

import pytest

from clusters.models import Person
from imports.enums import ImportStatus as S
from imports.export import portfolio_of
from imports.kinds import KINDS
from tests.factories import make_kind
from tests.imports import planted
from tests.imports.workbooks import outcomes, said, upload, workbook
from tests.personas import EDITOR

pytestmark = [pytest.mark.django_db, pytest.mark.database]
# Times that each of the twenty mistakes is made in so many lines.
FEW, MANY = (100, 1), (2_000, 3)


@pytest.mark.parametrize(
    "size",
    [
        pytest.param(FEW, marks=pytest.mark.exhaustive(counted=True)),
        pytest.param(MANY, marks=pytest.mark.audit),
    ],
)
def test_exactly_the_planted_errors_are_said_then_it_goes_in_once(cast, bring, enter, size):
    lines, times = size
    kind = make_kind().slug
    wrong = planted.portfolio(lines, kind)
    expected = planted.plant(wrong, times)
    assert planted.KINDS == 20 and len(expected) == 20 * times
    batch = bring(cast.cluster, cast[EDITOR], upload(workbook(**wrong)))
    assert batch.status == S.TO_CORRECT and batch.lines_total == lines
    found = said(batch)
    assert sorted(
        (sheet, number, column) for sheet, number, column, _words in found if not _words.startswith("Or tick")
    ) == sorted((sheet, number, column) for sheet, number, column, _words in expected)
    words = {(sheet, number): sentence for sheet, number, _column, sentence in reversed(found)}
    assert [one for one in expected if one[3] not in words[one[0], one[1]]] == []
    # Corrected, it goes in once.
    right = upload(workbook(**planted.portfolio(lines, kind)))
    batch = enter(bring(cast.cluster, cast[EDITOR], right), cast[EDITOR])
    assert (batch.status, set(outcomes(batch))) == (S.ENTERED, {"created"})
    people = Person.objects.filter(registered_in=cast.cluster)
    assert people.count() == lines // 2 and cast.cluster.chairs.filter(status="draft").count() == lines // 5
    # Out and in again, it changes nothing.
    again = bring(cast.cluster, cast[EDITOR], upload(portfolio_of(cast.cluster, cast[EDITOR], KINDS)))
    assert (said(again), set(outcomes(again))) == ([], {"unchanged"})
