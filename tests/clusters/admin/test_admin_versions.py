"""A record as of a day, and an earlier version restored as a new change."""

import datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from sponsorships.perms import can_record
from tests import factories
from tests.days import TOMORROW
from tests.personas import EDITOR, MANAGER, OTHER_MANAGER, READER, SECOND_MANAGER

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.database,
    pytest.mark.usefixtures("whole_cast", "field_history", "search_index"),
]


@pytest.fixture
def person(cast):
    """Somebody whose name was corrected ten days ago, and given a web page today."""
    person = factories.make_person(name="Ada Before", registered_in=cast.cluster)
    person.history.update(history_date=timezone.now() - datetime.timedelta(days=30))
    person.name, person.family_name = "Ada After", ""
    person.save()
    person.history.filter(name="Ada After").update(history_date=timezone.now() - datetime.timedelta(days=10))
    person.website = "https://example.org/ada"
    person.save()
    return person


def versions(person) -> list[int]:
    return list(person.history.order_by("history_id").values_list("pk", flat=True))


def test_a_record_is_read_as_it_stood_on_a_day(client, cast, person):
    there = f"/admin/clusters/person/{person.pk}/as-of/"
    client.force_login(cast[READER])
    day = timezone.localdate() - datetime.timedelta(days=20)
    then = client.get(f"{there}?day={day.isoformat()}").text
    assert "<dd>Ada Before</dd>" in then and "Ada After</dd>" not in then
    now = client.get(there).text
    assert "<dd>Ada After</dd>" in now and "https://example.org/ada" in now
    assert "Nothing is known of this record on that day." in client.get(f"{there}?day=2020-01-01").text
    assert "Enter a valid date." in client.get(f"{there}?day=yesterday").text
    tomorrow = client.get(f"{there}?day={TOMORROW().isoformat()}").text
    assert "This day is still to come" in tomorrow and "<dd>Ada After</dd>" not in tomorrow
    client.force_login(cast[OTHER_MANAGER])
    assert client.get(there).status_code == 404


def test_a_version_is_shown_before_it_is_restored_as_a_new_change(client, cast, person):
    first = versions(person)[0]
    there = f"/admin/clusters/person/{person.pk}/history/{first}/"
    client.force_login(cast[EDITOR])
    assert there in client.get(f"/admin/clusters/person/{person.pk}/history/").text
    page = client.get(there).text
    assert "<del>Ada After</del>" in page and "<ins>Ada Before</ins>" in page
    assert client.post(there).status_code == 302
    person.refresh_from_db()
    assert (person.name, person.website, person.family_name) == ("Ada Before", "", "Before")
    assert len(versions(person)) == 4 and person.history.latest().history_user == cast[EDITOR]
    assert "restored the version of" in client.get(f"/admin/clusters/person/{person.pk}/history/").text
    assert "The record says the same now" in client.post(there).text


def test_who_only_reads_restores_nothing(client, cast, person):
    there = f"/admin/clusters/person/{person.pk}/history/{versions(person)[0]}/"
    client.force_login(cast[READER])
    history = client.get(f"/admin/clusters/person/{person.pk}/history/").text
    assert "Ada Before" in history and "Restore this version" not in history
    assert client.post(there).status_code == 403


def test_a_rule_that_takes_two_managers_is_not_switched_off_by_an_earlier_version(client, cast):
    cluster = cast.cluster
    cluster.needs_four_eyes = False  # as while there was one manager
    cluster.save()
    before = versions(cluster)[-1]
    cluster.needs_four_eyes, cluster.website = True, "https://example.org/new"
    cluster.save()
    there = f"/admin/clusters/cluster/{cluster.pk}/history/{before}/"
    client.force_login(cast[MANAGER])
    assert "The cluster has 2 managers" in client.post(there).text
    cluster.refresh_from_db()
    assert cluster.needs_four_eyes and cluster.website == "https://example.org/new"
    cast[SECOND_MANAGER].staff_roles.all().delete()
    assert client.post(there).status_code == 302
    cluster.refresh_from_db()
    assert not cluster.needs_four_eyes


def test_who_restores_a_higher_promise_has_written_it(client, cast):
    sponsorship = factories.make_sponsorship("accepted", chair=factories.make_chair("active", cluster=cast.cluster))
    agreement = factories.make_agreement(sponsorship, by=cast[MANAGER], cash_amount=Decimal(90_000))
    higher = versions(agreement)[-1]
    agreement.cash_amount, agreement.created_by = Decimal(50_000), cast[SECOND_MANAGER]
    agreement.save()
    client.force_login(cast[MANAGER])
    assert client.post(f"/admin/sponsorships/agreement/{agreement.pk}/history/{higher}/").status_code == 302
    agreement.refresh_from_db()
    assert agreement.cash_amount == Decimal(90_000) and agreement.created_by == cast[MANAGER]
    assert not can_record(agreement, cast[MANAGER]) and can_record(agreement, cast[SECOND_MANAGER])


def test_what_a_chair_may_not_be_is_refused_with_its_sentence(client, cast):
    chair = factories.make_chair(
        cluster=cast.cluster, starts_on=datetime.date(2026, 1, 1), ends_on=datetime.date(2027, 1, 1)
    )
    chair.starts_on, chair.ends_on = datetime.date(2028, 1, 1), datetime.date(2029, 1, 1)
    chair.save()
    [first, second] = versions(chair)
    chair.history.filter(pk=first).update(ends_on=datetime.date(2025, 1, 1))
    client.force_login(cast[MANAGER])
    page = client.post(f"/admin/chairs/chair/{chair.pk}/history/{first}/").text
    assert "This cannot be done now" in page
    chair.refresh_from_db()
    assert chair.starts_on == datetime.date(2028, 1, 1) and second
