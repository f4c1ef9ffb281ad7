"""What is dear to find out is found out once, however a verb is performed: composition, conflicts."""

import pytest
from django.urls import reverse

from chairs import composition
from chairs.models import Chair
from sponsorships.conflicts import detection, resolution
from sponsorships.models import Sponsorship
from tests import factories
from tests.lifecycle import records
from tests.personas import MANAGER, SECOND_MANAGER


@pytest.fixture
def calls(monkeypatch):
    """Count the calls of a function, by the modules that call it."""

    def count(name, *modules):
        counted, real = [], getattr(modules[0], name)

        def counting(*args, **kwargs):
            counted.append(args)
            return real(*args, **kwargs)

        for module in modules:
            monkeypatch.setattr(module, name, counting)
        return counted

    return count


@pytest.mark.parametrize(
    ("verb", "status", "reached"), [("submit", "draft", "submitted"), ("approve", "submitted", "approved")]
)
def test_a_composition_is_judged_once(cast, client, calls, django_capture_on_commit_callbacks, verb, status, reached):
    chair = factories.make_chair(status, cluster=cast.cluster, registered_by=cast[MANAGER])
    client.force_login(cast[SECOND_MANAGER])
    judged = calls("judge", composition)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("admin:chairs_chair_verb", args=[chair.pk, verb]))
    assert Chair.objects.get(pk=chair.pk).status == reached
    assert len(judged) == 1


def test_the_conflicts_of_what_is_accepted_are_looked_for_once(cast, client, calls, django_capture_on_commit_callbacks):
    sponsorship = records.make_sponsorship(cast, "in_review")
    client.force_login(cast[MANAGER])
    looked = calls("conflicts_by_sponsorship", detection, resolution)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("admin:sponsorships_sponsorship_verb", args=[sponsorship.pk, "accept"]))
    assert Sponsorship.objects.get(pk=sponsorship.pk).status == "accepted"
    assert len(looked) == 1
