"""Staff read what a sum or a status is called in the office; the public and the partner, what it means for them."""

import pytest
from django.test import Client

from clusters.enums import Role
from tests.factories import make_contact, make_staff
from tests.figures.money import entered, silent_sponsorship

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_each_reader_has_their_own_words():
    sponsorship = silent_sponsorship(confidentiality="public")
    entered(sponsorship, "agreed", "100.01", "2026-01-01")
    entered(sponsorship, "written_off", "3", "2026-01-02")
    partner, cluster = sponsorship.partner, sponsorship.chair.cluster
    office, own = Client(), Client()
    office.force_login(make_staff(cluster, Role.MANAGER))
    own.force_login(make_contact(partner).user)
    staffs = office.get(f"/admin/figures/{cluster.slug}/entries/").content.decode()
    partners = own.get(f"/en/my/partners/{partner.slug}/figures/entries/").content.decode()
    assert "Written off" in staffs and "No longer expected" not in staffs
    assert "No longer expected" in partners and "Written off" not in partners
