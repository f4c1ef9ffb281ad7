"""The rules of a chair's kind follow what is chosen, by keyboard and on a narrow screen too."""

import datetime

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from chairs.models import Chair
from clusters.models import Institution, Person
from tests import factories
from tests.chairs.admin.forms import ADD, change_url, make_what_a_cap_needs

pytestmark = pytest.mark.browser
NARROW = {"width": 360, "height": 780}
# From the top of a record's page to its first verb: the frame's links, the path, the tools.
MAX_STEPS = 25


@pytest.fixture
def cluster(transactional_db):
    return factories.make_cluster(name="IA Rive Gauche")


@pytest.fixture
def editor(cluster):
    make_what_a_cap_needs(cluster)
    return factories.make_staff(cluster, "editor")


def test_the_rules_follow_the_form_before_anything_is_saved(come_staff, cluster, editor):
    vautrin, ponant = (
        Person.objects.get(name="Noëlle Vautrin"),
        Institution.objects.get(name__contains="Ponant"),
    )
    another = factories.make_chair("active", with_pi=False, cluster=cluster)
    factories.make_appointment(another, person=vautrin, affiliation=ponant)
    staff = come_staff("en", as_user=editor)
    staff.open(ADD)
    state, rules = staff.page.locator("#composition-state"), staff.page.locator("#composition-rules")
    staff.choose(kind="CAP")
    expect(state).to_have_text("2 rules are not met · 1 rule is not known yet")
    staff.look_up("appointments-0-person", "vautrin", "Noëlle Vautrin")
    # Who employs her is filled in: her other chair says it.
    expect(staff.page.locator("#id_appointments-0-affiliation")).to_have_value(str(ponant.pk))
    expect(rules).to_contain_text("this chair has 1 (Noëlle Vautrin). Add 1 person.")
    staff.look_up("appointments-1-person", "kellec", "Ambroise Kellec")
    staff.look_up("appointments-1-affiliation", "levant", "École des Mines du Levant")
    staff.fill(**{"teaching-0-title_en": "A course"})
    staff.page.keyboard.press("Tab")
    expect(state).to_have_text("Every rule is met")
    staff.page.locator("#appointments-1 .inline-deletelink").click()
    expect(state).to_have_text("2 rules are not met")
    assert list(Chair.objects.all()) == [another]


def test_a_session_that_has_ended_leaves_the_panel_as_it_was(come_staff, editor):
    staff = come_staff("en", as_user=editor)
    staff.open(ADD)
    Session.objects.all().delete()
    with staff.page.expect_response("**/login/**"):
        staff.choose(kind="CAP")
    staff.page.wait_for_timeout(300)
    expect(staff.page.locator("#composition-rules")).to_contain_text("Choose its kind")
    expect(staff.page.locator("#composition-rules form")).to_have_count(0)


def width_of(page) -> int:
    return page.evaluate("document.documentElement.scrollWidth")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_page_of_the_desk_is_wider_than_a_narrow_screen(come_staff, cluster, language):
    yesterday = datetime.date(2026, 3, 16)
    chair = factories.make_chair(
        "active", cluster=cluster, title_en="Long" * 40, title_fr="Long" * 40, non_conforming_since=yesterday
    )
    factories.make_sponsorship("submitted", chair=chair)
    staff = come_staff(language, as_user=factories.make_staff(cluster))
    staff.page.set_viewport_size(NARROW)
    lists = ["/admin/chairs/chair/", "/admin/sponsorships/sponsorship/", "/admin/partners/contact/"]
    for address in ("/admin/", *lists, ADD, change_url(chair)):
        staff.open(address)
        assert width_of(staff.page) <= NARROW["width"], address


def test_the_verbs_and_their_reasons_are_reached_by_keyboard(come_staff, cluster):
    chair = factories.make_chair("submitted", cluster=cluster)
    staff = come_staff("en", as_user=factories.make_staff(cluster))
    staff.open(change_url(chair))
    # The page puts the cursor in its first field.
    staff.page.evaluate("document.activeElement.blur(); window.scrollTo(0, 0)")
    reached = []
    for _step in range(MAX_STEPS):
        staff.page.keyboard.press("Tab")
        reached.append(staff.page.evaluate("document.activeElement.textContent.trim()"))
    assert "Approve…" in reached
    summary = "What else can be done, and when"
    assert summary in reached
    staff.page.locator(".life-elsewhere summary").focus()
    staff.page.keyboard.press("Enter")
    expect(staff.page.locator(".life-elsewhere")).to_contain_text("Suspend: Possible while the status is “Active”.")
