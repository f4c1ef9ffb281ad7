"""No list of keys in a query grows with the records: with a thousand chairs, statements of few parameters are enough."""

from decimal import Decimal

import pytest
from django.core.management import call_command
from django.urls import reverse

from chairs.conformity import review_all
from sponsorships.enums import SponsorshipStatus as S
from sponsorships.matching.criteria import Wish
from sponsorships.matching.ranking import MAX_OFFERS, PART, ranking
from sponsorships.matching.scoring import judged
from sponsorships.models import LedgerEntry, Sponsorship
from tests import factories
from tests.matrix.rows import ROWS
from tests.matrix.visits import address, client_of
from tests.personas import ANONYMOUS, COORDINATOR, MANAGER, PARTNER, PI
from tests.scale import FEW_VARIABLES, few_variables, make_many_chairs, make_many_sponsorships
from tests.sponsorships.matching.asking import every_match, matches

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("search_index", "field_history"), pytest.mark.exhaustive]
MANY = FEW_VARIABLES + 100
LISTS = [
    "chairs_chair",
    "chairs_activity",
    "clusters_person",
    "clusters_institution",
    "sponsorships_sponsorship",
    "sponsorships_instalment",
    "sponsorships_agreement",
    "sponsorships_ledgerentry",
    "partners_partner",
    "partners_contact",
]


@pytest.fixture(scope="module")
def many(world, django_db_blocker):
    """More chairs, people, employers, activities and sponsorships than a statement has parameters, made once."""
    with django_db_blocker.unblock():
        chairs = make_many_chairs(world.cluster, MANY)
        make_many_sponsorships(chairs, world.contact(PARTNER))
    return chairs


def visit(client, there) -> int:
    response = client.get(there)
    b"".join(response) if response.streaming else response.content
    return response.status_code


def test_every_page_answers(world, many, settings):
    settings.API_REQUESTS_A_MINUTE = 10**9  # one reader asks for all of them within a minute
    with few_variables():
        for row in ROWS:
            if row.get[ANONYMOUS] == 200:
                there = address(row, world)
                assert visit(client_of(world, ANONYMOUS), there) == 200, there
        for query in ("?q=many", "?theme=many", "?budget=10000", "?q=many&budget=10000&start=2027-01-01&page=3"):
            theme = query.replace("theme=many", f"theme={world.cluster.slug}/many")
            assert visit(client_of(world, ANONYMOUS), reverse("sponsorships:support") + theme) == 200
        for persona in (PARTNER, PI):
            assert visit(client_of(world, persona), reverse("portal:home")) == 200
        assert visit(client_of(world, PARTNER), reverse("figures:partner", args=[world.company.slug])) == 200


@pytest.mark.parametrize("persona", [MANAGER, COORDINATOR])
def test_every_list_of_the_panel_answers(world, many, persona):
    client = client_of(world, persona)
    with few_variables():
        assert visit(client, reverse("admin:index")) == 200
        for name in LISTS:
            for query in ("", "?q=many"):
                there = reverse(f"admin:{name}_changelist") + query
                assert visit(client, there) == 200, there
        assert visit(client, reverse("admin:sponsorships_sponsorship_changelist") + "?conflict=open") == 200
        for name in ("panel_figures:cluster", "panel_figures:cluster_entries"):
            assert visit(client, reverse(name, args=[world.cluster.slug])) == 200
        assert visit(client, reverse("panel_figures:cluster_export", args=[world.cluster.slug, "csv"])) == 200


def test_what_the_night_does_is_done(world, many):
    with few_variables():
        for command in ("nightly", "check_ledger", "rebuild_search_index"):
            call_command(command, verbosity=0)
        assert review_all() == []


@pytest.mark.database
def test_what_is_shown_is_the_best_of_all(world, many):
    """The database's order is the one that comparing every offer gives, and what is beyond the limit is said."""
    for place, chair in enumerate(many[:40]):
        chair.title_en = ["Ocean", "Robot ocean", "Robot"][place % 3] + f" {place}"
        chair.save()
    wish = Wish(words="robot ocean many", budget=Decimal(30_000), regime="patronage")
    with few_variables():
        shown = matches(wish)
    assert len(shown) == MAX_OFFERS + 1 < PART < len(many)
    best = every_match(wish)[: MAX_OFFERS + 1]
    assert [one.offer.key for one in shown] == [one.offer.key for one in best]
    page = client_of(world, ANONYMOUS).get(reverse("sponsorships:support") + "?q=robot+ocean+many").text
    assert f"These are the {MAX_OFFERS} that suit you best." in page


def test_the_page_costs_the_same_queries_however_many_there_are(many, django_assert_max_num_queries):
    wish = Wish(words="many machines", budget=Decimal(30_000))
    # Six of them read anew what each process keeps: nothing is kept inside a test's transaction.
    with django_assert_max_num_queries(13):
        found = ranking(wish)
    with django_assert_max_num_queries(4):
        assert len(judged(wish, found.offers[:20], found.words)) == 20


def test_the_records_made_at_once_are_what_they_say(world, many):
    assert Sponsorship.objects.filter(status=S.ACCEPTED, chair__in=many).count() == MANY
    assert LedgerEntry.objects.filter(sponsorship__chair__in=many).count() >= MANY
    assert factories.make_activity(many[0]).pk
