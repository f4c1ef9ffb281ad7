"""An office enters a partner and a contract that never touched the site before; the partner's own people find it there."""

import re

import pytest
from playwright.sync_api import expect

from partners.models import Partner
from tests import factories
from tests.factories import PDF
from tests.journeys.company import Company
from tests.journeys.office import Office

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("search_index", "field_history")]
CLAIRE = "claire@acier.example"
NAMED = "Aciers de la Loire"


@pytest.fixture
def office(transactional_db):
    """Two managers of a cluster with a chair at work, and the university that signs for it."""
    cluster = factories.make_cluster(name="IA Rive Gauche", slug="rive-gauche")
    factories.make_institution(name="Université du Ponant")
    factories.make_chair("active", cluster=cluster, title_en="Kind Machines")
    return [factories.make_staff(cluster, name=name) for name in ("Max Durand", "Zoé Lambert")]


def test_a_contract_of_before_is_entered_paid_counted_and_found_by_its_partner(come, office):
    first, second = (come("en", Office, as_user=manager) for manager in office)
    first.open("/admin/")
    reads_agreed(first, "€0")
    enter_the_partner(first)
    enter_the_contract(first)
    accept(second)
    start(first)
    record_the_payment(first)
    reads_agreed(first, "€100,000")
    invite(first)
    claire = come("en", Company)
    claire.open_mail(CLAIRE, f"Max Durand invites you to act for {NAMED}")
    claire.sign_up("Claire Martin", CLAIRE)
    claire.press("Accept")
    claire.is_told(f"You now act for {NAMED}.")
    claire.follow("My pages", within="header")
    claire.follow("Kind Machines")
    claire.reads("RIVE-2026-0001")
    claire.reads("€40,000")


def reads_agreed(manager, amount: str):
    manager.go_to("Figures")
    manager.reads("Figures of IA Rive Gauche")
    expect(manager.page.locator("main")).to_contain_text(re.compile(rf"Agreed\s*{amount}[^,\d]"))


def enter_the_partner(manager):
    manager.go_to("Partners")
    manager.follow("Enter a partner")
    manager.fill(name=NAMED, siren="552100554")
    manager.choose(sector="Manufacturing", size="Large")
    known = {"name": "Claire Martin", "email": CLAIRE, "job_title": "Head of research"}
    manager.fill(**{f"office_contacts-0-{name}": value for name, value in known.items()})
    manager.tick("office_contacts-0-is_signatory")
    manager.save_and_stay()
    manager.reads("Whom the office knows there")


def enter_the_contract(manager):
    manager.follow("Enter a running contract")
    manager.look_up("chair", "kind", "Kind Machines")
    manager.look_up("managing_institution", "ponant", "Université du Ponant")
    manager.fill(
        proposal="Forecasts of the load of a furnace.",
        purpose="Less coal.",
        cash_amount="100 000",
        starts_on="2025-01-01",
        ends_on="2027-12-31",
        signed_on="2024-12-15",
        signatories="Claire Martin, head of research",
    )
    manager.choose(regime="Research partnership")
    manager.attach("contract.pdf", PDF)
    for row, (amount, day) in enumerate((("40000", "2025-02-01"), ("60000", "2026-02-01"))):
        manager.fill(**{f"instalments-{row}-amount": amount, f"instalments-{row}-due_on": day})
    manager.press("Enter a running contract")
    manager.is_told("is entered. Another manager accepts it")


def accept(colleague):
    colleague.open("/admin/")
    colleague.go_to("My desk")
    colleague.follow(NAMED)
    colleague.perform("Accept")


def start(manager):
    manager.go_to("My desk")
    manager.follow(NAMED)
    manager.perform("Record as signed elsewhere")
    manager.follow(f"{NAMED} → Kind Machines")
    manager.perform("Start")
    manager.sees_status("Active")


def record_the_payment(manager):
    manager.go_to("Instalments")
    manager.follow(NAMED)
    manager.act("Mark as due")
    manager.act("Record the invoice or call", number="F-2025-1", on="2025-02-01")
    manager.act("Record the payment", reference="VIR 418", on="2025-03-03")
    manager.sees_status("Received")


def invite(manager):
    manager.go_to("Partners")
    manager.follow(NAMED)
    manager.follow("Invite")
    manager.press("Invite Claire Martin")
    assert Partner.objects.get().invitations.exists()
