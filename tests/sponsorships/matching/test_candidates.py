"""What a process keeps of the chairs and activities is never behind what is committed, whoever wrote it and how."""

import datetime

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from chairs.models import Activity, Chair, CompositionRule
from clusters.models import Cluster, Theme
from sponsorships.matching import candidates as kept
from sponsorships.matching.candidates import Candidates, candidates
from tests import factories

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database, pytest.mark.usefixtures("search_index")]
DAY = datetime.date


@pytest.fixture
def chairs():
    cluster = factories.make_cluster(slug="here", region="Occitanie")
    theme = factories.make_theme(cluster, slug="ocean")
    made = [factories.make_chair("active", cluster=cluster) for _number in range(4)]
    for chair in made[:3]:
        chair.themes.set([theme])
        factories.make_activity(chair)
    return made


def said(found: Candidates) -> tuple:
    having = {key: set(pks) for key, pks in found.having.items() if pks}
    return set(found.chairs), having, sorted(found.posted.rows())


CHANGES = {
    "a save": lambda chairs: chairs[0].save(),
    "an end": lambda chairs: Chair.objects.filter(pk=chairs[0].pk).update(ends_on=DAY(2031, 1, 1), starts_on=None),
    "a rule broken": lambda chairs: Chair.objects.filter(pk=chairs[2].pk).update(non_conforming_since=DAY(2026, 1, 1)),
    "a theme less": lambda chairs: chairs[1].themes.clear(),
    "a theme renamed": lambda chairs: Theme.objects.update(slug="sea"),
    "a cluster moved": lambda chairs: Cluster.objects.update(region="Bretagne"),
    "an activity more": lambda chairs: factories.make_activity(chairs[3]),
    "an activity moved": lambda chairs: Activity.objects.filter(chair=chairs[0]).update(chair=chairs[3]),
    "an activity closed": lambda chairs: Activity.objects.filter(chair=chairs[1]).update(closed_at=timezone.now()),
    "a chair gone": lambda chairs: (chairs[3].activities.all().delete(), chairs[3].delete()),
    "a chair more": lambda chairs: factories.make_chair("active", cluster=chairs[0].cluster),
    "a kind closed to partners": lambda chairs: CompositionRule.objects.update(is_open_to_partners=False),
}


@pytest.mark.exhaustive(counted=True)
@pytest.mark.parametrize("most", [kept.MAX_CHANGED, 0], ids=["one by one", "all at once"])
def test_it_follows_every_change(chairs, most, monkeypatch):
    monkeypatch.setattr(kept, "MAX_CHANGED", most)
    candidates()
    for name, change in CHANGES.items():
        before = said(candidates())
        change(chairs)
        assert said(candidates()) == said(Candidates.read()), name
        assert (said(candidates()) == before) == (name == "a save"), name


@pytest.mark.exhaustive(counted=True)
def test_raw_sql_is_followed_too(chairs):
    candidates()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE chairs_chair SET starts_on = '2026-03-01' WHERE id = %s", [chairs[0].pk])
    assert chairs[0].pk in candidates().begun_by(DAY(2026, 3, 1))


@pytest.mark.exhaustive(counted=True)
def test_where_nothing_was_written_no_more_than_the_version_is_asked(chairs):
    candidates()
    with CaptureQueriesContext(connection) as queries:
        candidates()
    assert len(queries) <= 1


@pytest.mark.exhaustive(counted=True)
def test_nothing_is_kept_of_what_is_undone(chairs):
    before = said(candidates())
    with transaction.atomic():
        Chair.objects.filter(pk=chairs[0].pk).update(non_conforming_since=DAY(2026, 1, 1))
        assert chairs[0].pk not in candidates().chairs
        transaction.set_rollback(True)
    assert said(candidates()) == before
