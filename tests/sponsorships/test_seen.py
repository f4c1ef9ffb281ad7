"""Whoever sees a sponsorship sees what belongs to it, asked either way: of each record, or by the sponsorships that are seen."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from sponsorships.enums import AgreementStatus
from sponsorships.models import Agreement, Instalment, Sponsorship
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.database(quick=True)]


@pytest.fixture
def cluster():
    return factories.make_cluster()


@pytest.fixture
def sponsorships(cluster):
    """Return sponsorships here and elsewhere, with agreements drafted, void before they were sent, and in force."""
    running = [factories.make_running(), factories.make_running(chair=factories.make_chair("active", cluster=cluster))]
    accepted = factories.make_sponsorship("accepted", chair=running[1].chair)
    factories.make_agreement(accepted)
    return [*running, accepted]


def readers(cluster, sponsorships) -> dict:
    [holder] = sponsorships[1].chair.appointments.all()[:1]
    return {
        "manager": factories.make_staff(cluster),
        "finance": factories.make_staff(cluster, "finance"),
        "elsewhere": factories.make_staff(factories.make_cluster()),
        "coordinator": factories.make_staff(None, "coordinator"),
        "superuser": factories.make_user(is_superuser=True),
        "partner": sponsorships[1].partner.contacts.first().user,
        "investigator": holder.person.user or factories.make_user(),
        "stranger": factories.make_user(),
        "gone": factories.make_staff(cluster, is_active=False),
        "nobody": AnonymousUser(),
    }


def test_what_belongs_to_a_sponsorship_is_seen_with_it(cluster, sponsorships):
    drafts = Agreement.objects.filter(status=AgreementStatus.DRAFT)
    assert drafts.count() == 1
    seen = {}
    for name, user in readers(cluster, sponsorships).items():
        mine = set(Sponsorship.objects.visible_to(user).values_list("pk", flat=True))
        agreements = Agreement.objects.filter(sponsorship__in=mine)
        if name not in ("manager", "finance", "coordinator", "superuser"):
            agreements = agreements.exclude(pk__in=drafts)
        assert set(Agreement.objects.visible_to(user)) == set(agreements), name
        instalments = Instalment.objects.filter(agreement__in=agreements)
        assert set(Instalment.objects.visible_to(user)) == set(instalments), name
        seen[name] = agreements.count()
    assert seen["coordinator"] == seen["superuser"] == 3
    assert seen["manager"] == seen["finance"] == 2
    assert seen["partner"] == 1
    assert not any(seen[name] for name in ("elsewhere", "stranger", "gone", "nobody"))


def test_one_made_void_before_it_was_sent_stays_with_the_office(cluster, sponsorships):
    Agreement.objects.filter(sponsorship=sponsorships[2]).update(status=AgreementStatus.VOID, voided_at=timezone.now())
    contact = sponsorships[2].partner.contacts.first()
    assert Agreement.objects.visible_to(factories.make_staff(cluster)).filter(sponsorship=sponsorships[2]).exists()
    assert Sponsorship.objects.visible_to(contact.user).filter(pk=sponsorships[2].pk).exists()
    assert not Agreement.objects.visible_to(contact.user).filter(sponsorship=sponsorships[2]).exists()
