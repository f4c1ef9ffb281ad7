"""A cluster's records leave as a workbook, and the same workbook changes none of them, an agreement signed on the site included."""

import pytest

from imports.export import portfolio_of
from imports.kinds import KINDS
from tests import factories
from tests.imports.workbooks import outcomes, said, upload
from tests.personas import MANAGER
from tests.sponsorships.agreements import papers

pytestmark = [pytest.mark.django_db]


@pytest.mark.usefixtures("whole_cast")
def test_an_agreement_that_was_signed_here_comes_back(cast, bring):
    chair = factories.make_chair("active", cluster=cast.cluster)
    agreement = papers.countersigned(by=cast[MANAGER], chair=chair)
    out = upload(portfolio_of(cast.cluster, cast[MANAGER], KINDS))
    back = bring(cast.cluster, cast[MANAGER], out)
    assert (said(back), back.problems, set(outcomes(back))) == ([], [], {"unchanged"})
    assert back.lines.filter(kind="sponsorships", name__contains=agreement.sponsorship.short_reference).exists()
