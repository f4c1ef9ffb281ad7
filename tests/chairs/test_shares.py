"""Several clusters fund one chair: their shares, who agrees to them, and how money divides."""

import datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from chairs.models import Chair, ClusterShare
from chairs.shares import agree, divide, obstacles
from clusters.enums import Role
from core.exceptions import Refused
from tests.factories import make_chair, make_cluster, make_share, make_staff
from tests.verbs import perform

pytestmark = [pytest.mark.django_db, pytest.mark.database]
EURO = Decimal("1.00")


@pytest.fixture
def shared():
    """An approved chair that two clusters fund, and the managers of both; nobody has agreed yet."""
    chair = make_chair("approved")
    lead, other = make_staff(chair.cluster), make_staff(make_cluster(name="Over there"))
    cluster = other.staff_roles.get().cluster
    return chair, lead, other, make_share(chair, chair.cluster, "60"), make_share(chair, cluster, "40")


def test_a_chair_of_one_cluster_starts_without_shares():
    chair = make_chair("approved")
    assert obstacles(chair) == []
    assert perform(chair, "activate", by=make_staff(chair.cluster)).status == "active"


def test_it_does_not_start_before_each_cluster_agrees_and_says_who_is_missing(shared):
    chair, lead, other, own, theirs = shared
    agree(own, by=lead, percent=own.percent)
    with pytest.raises(Refused, match="Over there has not agreed to its share of 40% yet"):
        perform(chair, "activate", by=lead)
    agree(theirs, by=other, percent=theirs.percent)
    assert perform(chair, "activate", by=lead).status == "active"


def test_shares_that_do_not_add_up_keep_it_from_starting(shared):
    chair, lead, *_rest, theirs = shared
    ClusterShare.objects.filter(pk=theirs.pk).update(percent=39)
    with pytest.raises(Refused, match="The shares add up to 99%:"):
        perform(chair, "activate", by=lead)
    ClusterShare.objects.filter(chair=chair, cluster=chair.cluster).delete()
    assert any("own cluster needs a share" in reason for reason in obstacles(chair))


def test_only_a_manager_of_the_cluster_agrees_and_only_once(shared):
    chair, lead, other, _own, theirs = shared
    for stranger in (lead, make_staff(theirs.cluster, Role.EDITOR), make_staff(None, Role.COORDINATOR)):
        with pytest.raises(Refused, match="managers of a cluster agree"):
            agree(theirs, by=stranger, percent=theirs.percent)
    agree(theirs, by=other, percent=theirs.percent)
    with pytest.raises(Refused, match="already agreed"):
        agree(theirs, by=other, percent=theirs.percent)
    line = chair.transitions.get(verb="agree_share")
    assert (line.by, line.done) == (other, "a cluster agreed to its share")


def test_changing_a_share_takes_its_agreement_back_and_leaves_the_others(shared):
    _chair, lead, other, own, theirs = shared
    agree(own, by=lead, percent=own.percent)
    theirs = agree(theirs, by=other, percent=theirs.percent)
    theirs.percent = Decimal("39.99")
    theirs.save()
    theirs.refresh_from_db()
    assert (theirs.agreed_at, theirs.agreed_by) == (None, None)
    assert ClusterShare.objects.get(pk=own.pk).agreed_by == lead


def test_nobody_agrees_to_a_percentage_that_they_have_not_read(shared):
    *_rest, other, _own, theirs = shared
    with pytest.raises(Refused, match="changed this share in the meantime"):
        agree(theirs, by=other, percent=Decimal("41"))


def test_a_running_chair_keeps_its_shares(shared):
    chair, lead, other, own, theirs = shared
    agree(own, by=lead, percent=own.percent)
    agree(theirs, by=other, percent=theirs.percent)
    assert Chair.objects.get(pk=chair.pk).may_change_shares
    perform(chair, "activate", by=lead)
    assert not Chair.objects.get(pk=chair.pk).may_change_shares


def test_shares_count_from_the_day_on_which_the_last_cluster_agreed(shared):
    chair, lead, other, own, theirs = shared
    today, before = timezone.localdate(), timezone.localdate() - datetime.timedelta(days=3)
    agree(own, by=lead, percent=own.percent, at=timezone.now() - datetime.timedelta(days=5))
    assert ClusterShare.objects.in_force(today) == {}
    agree(theirs, by=other, percent=theirs.percent)
    assert ClusterShare.objects.in_force(today) == {chair.pk: {own.cluster_id: 60, theirs.cluster_id: 40}}
    assert ClusterShare.objects.in_force(before) == {}


def test_the_database_refuses_a_second_share_and_one_beyond_the_whole(shared):
    chair, *_rest = shared
    for cluster, percent in ((chair.cluster, "1"), (make_cluster(), "100.01"), (make_cluster(), "0")):
        with pytest.raises(IntegrityError), transaction.atomic():
            make_share(chair, cluster, percent)


def test_the_staff_of_a_cluster_that_funds_a_part_read_the_chair(shared):
    chair, *_rest, theirs = shared
    reader, stranger = make_staff(theirs.cluster, Role.READER), make_staff(make_cluster())
    assert chair in Chair.objects.visible_to(reader)
    assert chair not in Chair.objects.visible_to(stranger)


percents = st.integers(1, 9998).flatmap(lambda first: st.tuples(st.just(first), st.integers(1, 9999 - first)))


@given(cents=st.integers(-(10**12), 10**12), parts=percents)
def test_whatever_is_divided_adds_up_to_the_cent_and_divides_back(cents, parts):
    amount, (first, second) = Decimal(cents) / 100, parts
    shares = {1: Decimal(10_000 - first - second) / 100, 2: Decimal(first) / 100, 3: Decimal(second) / 100}
    divided = divide(amount, shares, lead=1)
    assert sum(divided.values()) == amount
    assert {part: -divide(-amount, shares, lead=1)[part] for part in shares} == divided
    assert all(part == round(part, 2) for part in divided.values())


def test_cents_that_do_not_divide_stay_with_the_lead():
    assert divide(EURO, {1: Decimal("33.34"), 2: Decimal("33.33"), 3: Decimal("33.33")}, lead=1) == {
        1: Decimal("0.34"),
        2: Decimal("0.33"),
        3: Decimal("0.33"),
    }
    assert divide(Decimal("0.01"), {1: Decimal(50), 2: Decimal(50)}, lead=2) == {1: 0, 2: Decimal("0.01")}
