"""What a partner tried before it sent its proposal stays its own, in the field history too."""

from decimal import Decimal

import pytest
from django.urls import reverse

from tests import factories
from tests.personas import MANAGER, PARTNER
from tests.verbs import perform

pytestmark = pytest.mark.usefixtures("field_history")


def test_staff_read_the_history_from_the_day_on_which_the_proposal_was_sent(cast, client):
    draft = factories.make_sponsorship(contact=cast.contact(PARTNER), chair=cast.chair, purpose="A first thought.")
    draft.purpose, draft.cash_amount = "A better thought.", Decimal("75000.00")
    draft.save()
    perform(draft, "submit", by=cast[PARTNER])
    client.force_login(cast[MANAGER])
    page = client.get(reverse("admin:sponsorships_sponsorship_history", args=[draft.pk])).content.decode()
    assert "A better thought." in page
    assert "A first thought." not in page
    assert "€75,000" in page and "€50,000" not in page
