"""What leaves a real site tells of no invented record, nor of what is made of one; a demonstration tells of all."""

import json

import pytest

from clusters.enums import Origin
from clusters.origins import is_told, told
from sponsorships.models import Sponsorship
from sponsorships.published import ORIGINS
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("search_index")]
INVENTED = ["sponsorship", "partner", "chair"]


@pytest.fixture
def sponsorship():
    return factories.make_sponsorship("accepted", confidentiality="public")


@pytest.mark.parametrize("is_demonstration", [True, False])
@pytest.mark.parametrize("invented", [*INVENTED, ""])
def test_a_grant_is_told_unless_something_of_it_is_invented(client, settings, sponsorship, invented, is_demonstration):
    made_up = {"sponsorship": sponsorship, "partner": sponsorship.partner, "chair": sponsorship.chair}.get(invented)
    if made_up is not None:
        type(made_up).objects.filter(pk=made_up.pk).update(origin=Origin.DEMONSTRATION)
    settings.DEMONSTRATION = is_demonstration
    found = Sponsorship.objects.select_related("partner", "chair").get()
    is_shown = is_demonstration or not invented
    assert is_told(found, found.partner, found.chair) == told(Sponsorship.objects.all(), *ORIGINS).exists() == is_shown
    grants = json.loads(client.get("/api/v1/skg-if/grants").content)
    assert bool(grants["@graph"]) == is_shown
