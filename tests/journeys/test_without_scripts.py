"""Somebody whose browser runs no script finds a chair and sends a first proposal; the first page comes before signing in."""

import pytest
from playwright.sync_api import expect

from sponsorships.enums import SponsorshipStatus
from sponsorships.models import Sponsorship
from tests import factories
from tests.journeys.company import Company
from tests.personas import make_cast

pytestmark = [pytest.mark.browser, pytest.mark.exhaustive]

EMAIL = "lea@example.org"
SUBJECT, PURPOSE = "Une thèse sur l’usure", "Des capteurs qui durent."


@pytest.fixture
def cast(transactional_db):
    cast = make_cast()
    factories.make_activity(cast.chair, title_fr=SUBJECT)
    return cast


@pytest.mark.parametrize("width", [360, 1280])
def test_a_chair_is_found_and_a_proposal_is_sent(come, cast, width):
    company = come("fr", Company, scripts=False)
    company.page.set_viewport_size({"width": width, "height": 800})
    company.open("/fr/chairs/")
    find(company, cast.chair, is_phone=width == 360)
    begin(company)
    write(company)
    company.press("Send the proposal")
    company.sees_state("Sent")
    sent = Sponsorship.objects.get(purpose=PURPOSE)
    assert (sent.status, sent.activity.title_fr, str(sent.cash_amount)) == (
        SponsorshipStatus.SUBMITTED,
        SUBJECT,
        "40000.50",
    )
    company.reads(sent.short_reference)


def find(company, chair, is_phone):
    """By a filter, then by its name."""
    if is_phone:
        company.page.locator(".filters-open").click()
    company.page.locator(f"#filters input[name='cluster'][value='{chair.cluster.slug}']").check()
    company.press("Show the list")
    expect(company.page.locator(".active-filters")).to_contain_text(str(chair.cluster))
    company.page.locator(f"#found a[href='{chair.get_absolute_url().replace('/en/', '/fr/')}']").first.click()
    company.follow("Fund research in this chair")


def begin(company):
    company.reads(company.word("Who answers, and when"))
    company.page.locator(".activity-card").filter(has_text=SUBJECT).click()
    expect(company.page.locator(".own-proposal")).to_be_hidden()
    company.fill(purpose=PURPOSE)
    company.press("Continue with a new account")
    company.sign_up("Léa Martin", EMAIL)
    company.register("Aciers du Rhône", "732 829 320", "Manufacturing", "Mid-sized (250 to 4,999 people)")
    company.holds(purpose=PURPOSE)
    expect(company.page.locator(".activity-card").filter(has_text=SUBJECT).locator("input")).to_be_checked()


def write(company):
    company.press("Continue")
    company.fill(cash_amount="40 000,50", starts_on="2027-01-01", ends_on="2029-12-31")
    company.press("Continue")
    expect(company.page.locator("[name='is_cifre']")).to_be_hidden()
    company.tick("regime", "partnership")
    expect(company.page.locator("[name='is_cifre']")).to_be_visible()
    company.press("Back")
    company.holds(starts_on="2027-01-01", ends_on="2029-12-31")
    company.press("Continue")
    expect(company.page.locator("[name='regime'][value='partnership']")).to_be_checked()
    company.press("Continue")
    company.choose(signatory="Léa Martin")
    company.tick("confidentiality", "public")
    company.press("Continue")
    company.reads(PURPOSE)
