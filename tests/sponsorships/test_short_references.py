"""POST-2026-0042: what a sponsorship, its agreements and its instalments are called on the phone."""

import datetime
import threading

import pytest
from django.db import connection, transaction
from django.utils import timezone

from sponsorships.models import Sponsorship
from tests.cluster_factories import make_cluster
from tests.factories import make_agreement, make_chair, make_contact, make_sponsorship

pytestmark = pytest.mark.django_db
YEAR = timezone.localdate().year


@pytest.fixture
def chair():
    return make_chair("active", cluster=make_cluster(slug="postgenai-paris"))


@pytest.mark.database
def test_a_cluster_numbers_its_sponsorships_year_by_year_without_a_gap(chair):
    first, second = (make_sponsorship(chair=chair) for _ in range(2))
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        make_sponsorship(chair=chair)
        raise ZeroDivisionError
    third = make_sponsorship(chair=chair)
    past = make_sponsorship(chair=chair, created_at=timezone.make_aware(datetime.datetime(2024, 5, 6)))
    given = [one.short_reference for one in (first, second, third, past)]
    assert given == [f"POST-{YEAR}-0001", f"POST-{YEAR}-0002", f"POST-{YEAR}-0003", "POST-2024-0001"]


def test_another_cluster_has_a_code_and_a_count_of_its_own(chair):
    make_sponsorship(chair=chair)
    other = make_chair("active", cluster=make_cluster(slug="post-prairie"))
    assert make_sponsorship(chair=other).short_reference == f"POSTA-{YEAR}-0001"
    assert make_cluster(slug="3ia-cote-dazur").code == "3IAC"


def test_a_saved_sponsorship_keeps_its_reference(chair):
    sponsorship = make_sponsorship(chair=chair)
    sponsorship.created_at = timezone.make_aware(datetime.datetime(2023, 1, 1))
    sponsorship.save()
    assert Sponsorship.objects.get(pk=sponsorship.pk).short_reference == f"POST-{YEAR}-0001"


def test_agreements_and_instalments_have_theirs_from_it(chair):
    sponsorship = make_sponsorship("accepted", chair=chair)
    agreement = make_agreement(sponsorship, parts=["20000", "30000"])
    assert agreement.short_reference == f"POST-{YEAR}-0001-A1"
    assert [one.short_reference for one in agreement.instalments.order_by("number")] == [
        f"POST-{YEAR}-0001-P1",
        f"POST-{YEAR}-0001-P2",
    ]


def test_partner_and_staff_read_it_on_their_pages(client, chair):
    contact = make_contact()
    sponsorship = make_sponsorship("submitted", contact, chair=chair)
    client.force_login(contact.user)
    assert f"POST-{YEAR}-0001" in client.get(sponsorship.get_absolute_url()).text


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_two_at_once_get_two_numbers():
    chair, contact = make_chair("active"), make_contact()

    def make():
        with transaction.atomic():
            make_sponsorship(contact=contact, chair=chair)
        connection.close()

    together = [threading.Thread(target=make) for _ in range(4)]
    for thread in together:
        thread.start()
    for thread in together:
        thread.join()
    ends = sorted(one.short_reference[-4:] for one in Sponsorship.objects.all())
    assert ends == ["0001", "0002", "0003", "0004"]
