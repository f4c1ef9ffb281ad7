"""What is offered, against the activity's target as the public knows it: said plainly before the proposal is sent."""

from decimal import Decimal

import pytest
from django.urls import reverse

from core.exceptions import Refused
from tests import factories
from tests.personas import MANAGER, PARTNER
from tests.verbs import perform

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("whole_cast")]


@pytest.fixture
def file(cast):
    """An offer of €80,000 where €100,000 is the target, €30,000 published, €40,000 private and €10,000 of others' pending."""
    activity = factories.make_activity(cast.chair, target=Decimal("100000.00"))
    here = {"chair": cast.chair, "activity": activity}
    factories.make_sponsorship("accepted", **here, cash_amount=30_000, confidentiality="public")
    factories.make_sponsorship("accepted", **here, cash_amount=40_000, confidentiality="anonymous")
    factories.make_sponsorship("in_review", **here, cash_amount=10_000)
    return factories.make_sponsorship(contact=cast.contact(PARTNER), **here, cash_amount=Decimal("80000.00"))


@pytest.mark.parametrize("page", ["sponsorships:edit", "sponsorships:submit", "sponsorships:detail"])
def test_offering_more_than_the_public_knows_to_be_free_is_said_with_the_figures(client, cast, file, page):
    client.force_login(cast[PARTNER])
    text = client.get(reverse(page, args=[file.reference])).text
    assert "You offer €80,000 in cash, and what partners publish leaves €70,000 of the activity’s target." in text
    assert "partners publish that they give €30,000 of it" in text
    assert "40,000" not in text and "10,000" not in text


def test_offering_less_is_no_warning_whatever_others_keep_to_themselves(client, cast, file):
    file.cash_amount = Decimal("70000.00")
    file.save()
    client.force_login(cast[PARTNER])
    text = client.get(reverse("sponsorships:submit", args=[file.reference])).text
    assert "You offer" not in text
    assert "The activity’s target is €100,000" in text


def test_it_can_be_sent_all_the_same_and_never_accepted(client, cast, file):
    client.force_login(cast[PARTNER])
    client.post(reverse("sponsorships:submit", args=[file.reference]), {"revision": file.revision})
    file = perform(file, "review", by=cast[MANAGER])
    with pytest.raises(Refused, match="still needs €30,000"):
        perform(file, "accept", by=cast[MANAGER])


def test_the_list_of_activities_says_target_and_what_is_published(client, cast, file):
    client.force_login(cast[PARTNER])
    address = reverse("sponsorships:new", args=[cast.chair.cluster.slug, cast.chair.slug]) + "?form=whole"
    assert "An activity (target €100,000, of which partners publish €30,000)" in client.get(address).text
