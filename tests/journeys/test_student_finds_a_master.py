"""A student on a phone finds a master's by its theme and its language, and reaches the page where one applies."""

import datetime

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests import factories

pytestmark = pytest.mark.browser(quick=True)
NARROW = {"width": 360, "height": 780}
APPLY = "https://apply.example.org/trust"


@pytest.fixture
def masters(transactional_db):
    """A master's in English on trust, and others of which each misses one of the three."""
    cluster = factories.make_cluster(name="IA Rive Gauche", acronym="")
    trust, robots = (factories.make_theme(cluster, name_fr=name) for name in ("IA de confiance", "Robots"))
    soon = timezone.localdate() + datetime.timedelta(days=12)
    for name, level, language, theme in [
        ("Master Confiance", "master", "en", trust),
        ("Master Confiance francophone", "master", "fr", trust),
        ("Licence Confiance", "bachelor", "en", trust),
        ("Master Robots", "master", "en", robots),
    ]:
        programme = factories.make_training(
            cluster,
            name_fr=name,
            level=level,
            teaching_language=language,
            place="Nancy",
            apply_by=soon,
            application_page=APPLY,
        )
        programme.themes.add(theme)


def test_a_student_on_a_phone_finds_a_master_and_reaches_its_application_page(come, masters):
    student = come("fr")
    page = student.page
    page.set_viewport_size(NARROW)
    student.open("/fr/")
    page.locator(".site-menu summary").click()
    student.follow("Training", within="header")
    expect(page.locator(".entries > li h3")).to_have_count(4)

    page.locator(".filters-open").click()
    for box in ("Master", "Anglais", "IA de confiance"):
        page.locator(".facet-choice").filter(has_text=box).first.locator("input").check()
    student.press("Show the list")
    expect(page.locator(".entries > li h3")).to_have_text(["Master Confiance"])
    expect(page.locator(".active-filters li")).to_have_count(4)  # and the one that removes all
    expect(page.locator(".entries")).to_contain_text("Nancy")
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    student.meets_no_barrier()

    student.follow("Master Confiance")
    expect(page.locator("h1")).to_have_text("Master Confiance")
    expect(page.locator(".apply-by")).to_contain_text("Candidature jusqu’au")
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    student.meets_no_barrier()

    page.route(f"{APPLY}**", lambda route: route.fulfill(body="<h1>Candidater</h1>", content_type="text/html"))
    student.follow("Go to the application page")
    expect(page.locator("h1")).to_have_text("Candidater")
    assert page.url == APPLY
