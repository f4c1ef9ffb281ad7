"""The records of each cluster of the demonstration leave as a workbook, and the same workbook changes none of them."""

import pytest
from django.utils import translation

from accounts.models import User
from clusters.models import Cluster
from imports.enums import ImportStatus as S
from imports.export import portfolio_of
from imports.kinds import KINDS
from tests.imports.workbooks import outcomes, said, upload

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.exhaustive(counted=True),
    pytest.mark.usefixtures("search_index", "field_history", "demonstration_for_the_module"),
]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_the_demonstration_s_clusters_hold_comes_back(bring, language):
    number = 0
    for cluster in Cluster.objects.order_by("pk"):
        manager = User.objects.get(email=f"manager.{cluster.slug}@example.org")
        with translation.override(language):
            back = bring(cluster, manager, upload(portfolio_of(cluster, manager, KINDS)))
        if back.problems == ["There is no line below the header: nothing to enter."]:
            continue
        assert (said(back), back.problems, back.status, back.needs_second) == ([], [], S.READY, False), cluster
        assert set(outcomes(back)) == {"unchanged"}
        number += len(outcomes(back))
    assert number > 200
