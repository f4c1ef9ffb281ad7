"""From a form in the admin panel to a page that the public finds."""

import pytest

from tests import factories
from tests.chairs.admin.forms import ADD, make_what_a_cap_needs

pytestmark = pytest.mark.browser

TITLE = "Réseaux électriques sobres"
IN_PLAIN_WORDS = "Des réseaux qui prévoient leurs pannes."
AFFILIATION = "appointments-{}-affiliation"


@pytest.fixture
def cluster(transactional_db):
    return factories.make_cluster(name="IA Rive Gauche")


@pytest.fixture
def world(cluster):
    """Two investigators, two institutions, the kind whose rule wants both, and two managers."""
    make_what_a_cap_needs(cluster)
    return {who: factories.make_staff(cluster, "manager", name=who) for who in ("First manager", "Second manager")}


def fill_in_the_cap(staff, second_affiliation):
    staff.choose(kind="CAP")
    staff.fill(title_fr=TITLE, summary_fr=IN_PLAIN_WORDS)
    staff.look_up("appointments-0-person", "vautrin", "Noëlle Vautrin")
    staff.look_up(AFFILIATION.format(0), "ponant", "Université du Ponant")
    staff.look_up("appointments-1-person", "kellec", "Ambroise Kellec")
    staff.look_up(AFFILIATION.format(1), *second_affiliation)
    staff.fill(**{"teaching-0-title_fr": "Cours d’ouverture", "appointments-0-consent_given_on": "2026-01-05"})


def test_a_cap_is_refused_then_registered_approved_by_another_and_found(come, come_staff, world):
    first = come_staff("en")
    first.sign_in(world["First manager"])
    first.open(ADD)

    fill_in_the_cap(first, ("ponant", "Université du Ponant"))
    first.save_and_stay()
    first.reads("2 different institutions")
    first.holds(title_fr=TITLE, summary_fr=IN_PLAIN_WORDS, **{"teaching-0-title_fr": "Cours d’ouverture"})
    first.has_looked_up("appointments-1-person", "Ambroise Kellec")
    first.meets_no_barrier()

    first.look_up(AFFILIATION.format(1), "levant", "École des Mines du Levant")
    first.save_and_stay()
    first.sees_status("Draft")
    first.perform("Submit for approval")
    first.sees_status("Submitted")
    first.is_kept_from("Approve", because="another manager")

    second = come_staff("en", as_user=world["Second manager"])
    second.open(first.page.url)
    second.perform("Approve")
    second.sees_status("Approved")

    visitor = come("fr")
    visitor.open("/fr/")
    visitor.fill(q="reseaux electrique")
    visitor.press("Search")
    visitor.follow(TITLE)
    visitor.reads(IN_PLAIN_WORDS)
    visitor.reads("Noëlle Vautrin")
    visitor.finds_no("Ambroise Kellec")  # has not agreed to be named
