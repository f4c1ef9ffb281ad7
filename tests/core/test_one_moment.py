"""What is read as of one moment, within another and where it would be none."""

import pytest
from django.contrib import admin

from clusters.models import Cluster
from core.one_moment import one_moment
from core.verbs import verbs_of
from tests import factories


@pytest.mark.django_db(transaction=True)
@pytest.mark.database(quick=True)
def test_a_moment_within_a_moment_is_the_same_one():
    factories.make_cluster()
    with one_moment():
        with one_moment():
            assert Cluster.objects.count() == 1
        assert Cluster.objects.count() == 1
    # It has ended: what is written now stays.
    factories.make_cluster()
    assert Cluster.objects.count() == 2


def test_no_verb_that_reads_one_moment_is_done_within_another_transaction():
    found = {
        (model, name) for model in admin.site._registry for name, one in verbs_of(model).items() if one.is_of_one_moment
    }
    assert len(found) >= 2
    surrounded = {
        (model, name)
        for model, page in admin.site._registry.items()
        for name in (*getattr(page, "verbs_at_once", ()), *getattr(page, "verbs_held", ()))
    }
    assert surrounded and not found & surrounded
