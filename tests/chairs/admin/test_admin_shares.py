"""A manager agrees to their cluster's share on a page of its own; rows that do not add up are not saved."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from chairs.models import Chair, ClusterShare
from clusters.enums import Role
from tests.chairs.admin.forms import ADD, cap_data, make_cap_kind, rows
from tests.factories import make_chair, make_cluster, make_share, make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def shares():
    chair = make_chair("approved")
    return make_share(chair, chair.cluster, "60"), make_share(chair, make_cluster(), "40")


def agree_url(share):
    return reverse("admin:chairs_chair_agree", args=[share.chair_id, share.pk])


def test_the_manager_of_a_cluster_that_funds_a_part_reads_and_agrees(shares):
    _own, theirs = shares
    manager = make_staff(theirs.cluster)
    client = signed_in(manager)
    assert "1 chair is waiting for your cluster’s agreement" in client.get("/admin/").content.decode()
    page = client.get(reverse("admin:chairs_chair_change", args=[theirs.chair_id])).content.decode()
    assert agree_url(theirs) in page and 'name="_save"' not in page
    assert "Agree to 40% for" in client.get(agree_url(theirs)).content.decode()
    assert not ClusterShare.objects.get(pk=theirs.pk).agreed_at, "GET never writes"
    client.post(agree_url(theirs), {"percent": "40.00"})
    assert ClusterShare.objects.get(pk=theirs.pk).agreed_by == manager
    again = client.post(agree_url(theirs), {"percent": "40.00"})
    assert "has already agreed" in again.content.decode()


def test_who_manages_another_cluster_is_told_no_and_a_stranger_nothing(shares):
    own, theirs = shares
    client = signed_in(make_staff(own.cluster))
    assert client.get(agree_url(theirs)).status_code == 403
    assert client.post(agree_url(theirs), {"percent": "40.00"}).status_code == 403
    assert signed_in(make_staff(theirs.cluster, Role.EDITOR)).get(agree_url(theirs)).status_code == 403
    assert signed_in(make_staff(make_cluster())).get(agree_url(theirs)).status_code == 404


@pytest.mark.parametrize("percent", ["41.00", "", "x", "1e9"])
def test_another_percentage_than_the_one_on_record_binds_nobody(shares, percent):
    _own, theirs = shares
    client = signed_in(make_staff(theirs.cluster))
    client.post(agree_url(theirs), {"percent": percent})
    assert not ClusterShare.objects.get(pk=theirs.pk).agreed_at
    client.post(agree_url(theirs), {"percent": "40.00"})
    assert ClusterShare.objects.get(pk=theirs.pk).agreed_at


def test_a_running_chair_offers_no_agreement(shares):
    _own, theirs = shares
    running = make_share(make_chair("active"), theirs.cluster, "40")
    text = signed_in(make_staff(theirs.cluster)).post(agree_url(running), {"percent": "40.00"}).content.decode()
    assert "This is not possible while the status is" in text


@pytest.mark.parametrize(
    ("percents", "refused"),
    [
        (["60", "40"], ""),
        (["60", "39.99"], "The shares add up to 99.99%"),
        (["60", "40", "0"], "greater than or equal to 0.01"),
        ([None, "100"], "own cluster needs a share too"),
    ],
)
def test_shares_are_saved_with_the_chair_only_when_they_add_up(percents, refused):
    cluster = make_cluster()
    funding = [cluster, make_cluster(), make_cluster()]
    lines = [
        {"cluster": each.pk, "percent": percent}
        for each, percent in zip(funding, percents, strict=False)
        if percent is not None
    ]
    data = cap_data(cluster, make_cap_kind()) | rows("shares", lines)
    text = signed_in(make_staff(cluster)).post(ADD, data).content.decode()
    assert Chair.objects.exists() is (not refused)
    assert refused in text and ClusterShare.objects.count() == (0 if refused else 2)


@pytest.mark.parametrize(
    ("language", "wrong", "twice"),
    [
        ("en", "Write the number in figures", "Please correct the duplicate values below."),
        ("fr", "Écrivez le nombre en chiffres", "Corrigez les valeurs en double ci-dessous."),
    ],
)
def test_an_error_stands_in_the_cell_of_its_field_and_one_of_the_row_above_it(language, wrong, twice):
    """The panel writes the rows of a table itself."""
    cluster, other = make_cluster(), make_cluster()
    client = signed_in(make_staff(cluster, language=language))
    lines = [{"cluster": cluster.pk, "percent": "60"}, {"cluster": other.pk, "percent": "half"}]
    page = client.post(ADD, cap_data(cluster, make_cap_kind(), **rows("shares", lines))).text
    right, mistaken = (cell_of(page, number, "percent") for number in (0, 1))
    assert "errorlist" not in right and 'value="60"' in right
    assert wrong in mistaken and 'value="half"' in mistaken and "errorlist" not in cell_of(page, 1, "cluster")
    [described] = re.findall(r'aria-describedby="([^"]*)"', mistaken)
    [stands] = re.findall(r'<ul class="errorlist" id="([^"]*)"', mistaken)
    assert stands in described.split()
    lines = [{"cluster": cluster.pk, "percent": "60"}, {"cluster": cluster.pk, "percent": "40"}]
    page = client.post(ADD, cap_data(cluster, make_cap_kind(), **rows("shares", lines))).text
    above = re.search(r'<tr class="row-form-errors">(.*?)</tr><tr [^>]*id="shares-(\d)"', page, re.S)
    assert above and twice in above[1] and above[2] == "1"
    assert not Chair.objects.exists()


def cell_of(page: str, number: int, name: str) -> str:
    row = re.search(rf'<tr [^>]*id="shares-{number}">.*?</tr>', page, re.S)
    return re.search(rf'<td class="field-{name}">.*?</td>', row[0], re.S)[0]
