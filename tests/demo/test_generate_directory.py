"""generate_directory: an invented directory of any size, in bulk, as if verbs had made it."""

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from accounts.models import User
from chairs.composition import broken_rules_of
from chairs.models import Appointment, Chair, SearchEntry
from clusters.enums import Origin
from clusters.models import Person
from demo.generation.words import COMMON, RARE
from partners.models import Partner
from sponsorships.enums import EntryKind
from sponsorships.models import LedgerEntry, Sponsorship
from tests.factories import make_chair

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("search_index", "field_history")]

CHAIRS = 100


@pytest.fixture(autouse=True)
def of_a_demonstration(settings):
    settings.DEMONSTRATION = True


def generate(**options):
    call_command("generate_directory", verbosity=0, **{"chairs": CHAIRS, "seed": 7, **options})


@pytest.mark.exhaustive
def test_what_it_writes_is_whole_and_says_that_it_is_invented(capsys):
    generate()
    assert Chair.objects.filter(origin=Origin.DEMONSTRATION).count() == Chair.objects.count() == CHAIRS
    for model in (Partner, Sponsorship):
        assert model.objects.exists()
        assert not model.objects.exclude(origin=Origin.DEMONSTRATION).exists()
    assert not Person.objects.filter(origin=Origin.REGISTERED).exists()
    assert Appointment.objects.count() >= CHAIRS
    assert set(LedgerEntry.objects.values_list("kind", flat=True)) >= {EntryKind.AGREED, EntryKind.RECEIVED}
    assert LedgerEntry.objects.count() >= 6 * CHAIRS
    call_command("check_ledger")
    assert "The ledger fits" in capsys.readouterr().out
    assert [rule for chair in Chair.objects.held_to_their_rule() for rule in broken_rules_of(chair)] == []


@pytest.mark.exhaustive
def test_the_index_is_built_and_two_words_stand_in_a_known_share_of_the_chairs():
    generate()
    assert SearchEntry.objects.count() == CHAIRS
    for (english, french), share in ((COMMON, 30), (RARE, 2)):
        assert Chair.objects.filter(summary_en__icontains=english).count() == share
        assert Chair.objects.filter(summary_fr__icontains=french).count() == share


@pytest.mark.exhaustive
def test_the_accounts_of_the_demonstration_sign_in_and_have_something_to_see():
    generate()
    people = User.objects.filter(email__in=["coordinator@example.org", "manager.dataia@example.org"])
    assert [person.is_staff for person in people] == [True, True]
    assert Sponsorship.objects.visible_to(User.objects.get(email="partner@example.org")).exists()
    assert Person.objects.get(user__email="pi@example.org").appointments.exists()


@pytest.mark.exhaustive
def test_a_seed_makes_the_same_records_again_and_another_one_others():
    first = _digest()
    assert _digest() == first
    assert _digest(seed=8) != first


def _digest(**options) -> list:
    """Return what a generation writes, and leave nothing of it."""
    with transaction.atomic():
        generate(chairs=12, **options)
        written = list(Chair.objects.order_by("slug").values_list("slug", "title_fr", "summary_en", "status"))
        written += Person.objects.order_by("slug").values_list("slug", "sort_key")
        written += Sponsorship.objects.order_by("reference").values_list("reference", "cash_amount", "chair__slug")
        written += LedgerEntry.objects.order_by("act", "line").values_list("act", "amount", "effective_on")
        transaction.set_rollback(True)
    return written


def test_a_real_site_is_refused(settings):
    settings.DEMONSTRATION = False
    with pytest.raises(CommandError, match="never loaded into a real site"):
        generate()
    assert not User.objects.exists()


def test_a_database_with_chairs_is_refused():
    make_chair()
    with pytest.raises(CommandError, match="This database already has chairs"):
        generate()
    assert Chair.objects.count() == 1


@pytest.mark.parametrize("number", ["0", "-3", "many", "1e3", "9999999"])
def test_a_number_of_chairs_that_is_none_is_refused(number):
    with pytest.raises(CommandError, match="give a number of chairs from 1 to 1,000,000, not"):
        call_command("generate_directory", f"--chairs={number}")


def test_a_seed_that_is_no_number_is_refused():
    with pytest.raises(CommandError, match="a seed is a whole number, not 'tree'"):
        call_command("generate_directory", "--chairs=3", "--seed=tree")


@pytest.mark.exhaustive(counted=True)
def test_one_chair_is_enough():
    generate(chairs=1)
    assert Chair.objects.count() == 1
