"""load_demo where it must not load, or cannot."""

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from chairs.models import Chair
from clusters.models import Cluster
from partners.models import Partner
from tests.factories import make_partner

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("search_index", "field_history")]


def test_a_real_site_is_refused(settings):
    settings.DEMONSTRATION = False
    with pytest.raises(CommandError, match="never loaded into a real site"):
        call_command("load_demo")
    assert not User.objects.exists()


def test_it_asks_for_the_directory_first(settings):
    settings.DEMONSTRATION = True
    with pytest.raises(CommandError, match="Run load_directory first"):
        call_command("load_demo")


@pytest.mark.exhaustive
def test_a_real_company_at_an_invented_address_stops_it_and_nothing_is_loaded(settings):
    settings.DEMONSTRATION = True
    call_command("load_directory", verbosity=0)
    make_partner(name="Quillibre", slug="quillibre")
    with pytest.raises(CommandError, match="“Quillibre” has the address of a demonstration record"):
        call_command("load_demo", verbosity=0)
    assert Partner.objects.count() == 1
    assert not Chair.objects.filter(origin="demonstration").exists()
    assert not Cluster.objects.filter(needs_four_eyes=False).exists()
