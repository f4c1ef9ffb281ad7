"""What is offered, against what the activity still needs: said plainly before the proposal is sent."""

from decimal import Decimal

import pytest
from django.urls import reverse

from clusters.lifecycle import Refused, perform
from tests import factories
from tests.personas import MANAGER, PARTNER

pytestmark = pytest.mark.database


@pytest.fixture
def file(cast):
    """An offer of €80,000 where €100,000 is the target, €30,000 agreed and €10,000 of others' pending."""
    activity = factories.make_activity(cast.chair, target=Decimal("100000.00"))
    for status, amount in (("accepted", 30_000), ("in_review", 10_000)):
        factories.make_sponsorship(status, chair=cast.chair, activity=activity, cash_amount=amount)
    return factories.make_sponsorship(
        contact=cast.contact(PARTNER), chair=cast.chair, activity=activity, cash_amount=Decimal("80000.00")
    )


@pytest.mark.parametrize("page", ["sponsorship_edit", "sponsorship_submit", "my_sponsorship"])
def test_offering_more_than_is_needed_is_said_with_the_figures(client, cast, file, page):
    client.force_login(cast[PARTNER])
    text = client.get(reverse(page, args=[file.reference])).text
    assert "You offer €80,000 in cash, and the activity still needs €70,000." in text
    assert "Other proposals being studied come to €10,000" in text


def test_offering_less_is_no_warning(client, cast, file):
    file.cash_amount = Decimal("70000.00")
    file.save()
    client.force_login(cast[PARTNER])
    text = client.get(reverse("sponsorship_submit", args=[file.reference])).text
    assert "You offer" not in text
    assert "€70,000 is still needed" in text


def test_it_can_be_sent_all_the_same_and_never_accepted(client, cast, file):
    client.force_login(cast[PARTNER])
    client.post(reverse("sponsorship_submit", args=[file.reference]), {"revision": file.revision})
    file = perform(file, "review", by=cast[MANAGER])
    with pytest.raises(Refused, match="still needs €70,000"):
        perform(file, "accept", by=cast[MANAGER])


def test_ones_own_pending_offer_is_not_among_the_others(client, cast, file):
    file = perform(file, "submit", by=cast[PARTNER])
    perform(file, "review", by=cast[MANAGER])
    perform(file, "request_changes", by=cast[MANAGER], note="Less?")
    client.force_login(cast[PARTNER])
    text = client.get(reverse("sponsorship_edit", args=[file.reference])).text
    assert "Other proposals being studied come to €10,000" in text


def test_the_list_of_activities_says_what_each_needs(client, cast, file):
    client.force_login(cast[PARTNER])
    address = reverse("sponsorship_new", args=[cast.chair.cluster.slug, cast.chair.slug])
    assert "An activity (still needs €70,000)" in client.get(address).text
