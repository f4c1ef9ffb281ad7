"""The ten commonest tasks of an office, from its desk: the clicks and fields that docs/staff-guide.md says they take."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import expect

from partners.models import OfficeContact
from tests import factories
from tests.days import Day
from tests.journeys.panel import Staff
from tests.verbs import perform

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("search_index", "field_history")]
GUIDE = Path(settings.BASE_DIR) / "docs" / "staff-guide.md"
ROW = re.compile(r"^\| (.+?) \| (\d+) \| (\d+) \|$", re.MULTILINE)


class Counting(Staff):
    """Counts what it clicks and fills in."""

    clicks = fields = 0

    def click(self, name: str, role: str = "link") -> None:
        self.clicks += 1
        places = self.page.get_by_role(role, name=self.word(name))
        places.first.click()

    def go_to(self, english: str) -> None:
        self.clicks += 1
        super().go_to(english)

    def type(self, **values: str) -> None:
        self.fields += len(values)
        self.fill(**values)

    def pick(self, **values: str) -> None:
        self.fields += len(values)
        self.choose(**values)

    def find(self, text: str) -> None:
        """Look for it in the box of every page: a key opens it, another sends it."""
        self.fields += 1
        self.page.keyboard.press("/")
        self.page.keyboard.type(text)
        self.page.keyboard.press("Enter")

    def confirm(self, name: str) -> None:
        """Press the button that ends the task, and wait for what the site says of it."""
        self.click(name, "button")
        self.page.locator(".messagelist").wait_for()


@pytest.fixture
def manager(transactional_db):
    """A manager on whose desk each of the ten lies."""
    cluster = factories.make_cluster(name="IA Rive Gauche", slug="rive-gauche")
    manager, colleague = (factories.make_staff(cluster, name=name) for name in ("Max Durand", "Bela Moreau"))
    factories.make_chair("submitted", cluster=cluster, title_en="Frugal Vision", registered_by=colleague)
    chair = factories.make_chair("active", cluster=cluster, title_en="Kind Machines")
    running = factories.make_running(by=manager, chair=chair, parts=["20000.00", "30000.00"])
    sent, due = running.instalments.order_by("number")
    for instalment in (sent, due):
        perform(instalment, "fall_due", by=manager)
    perform(sent, "invoice", by=manager, details={"number": "F-1"})
    factories.make_message(running, running.created_by)
    factories.make_report(running, "submitted")
    known = factories.make_partner(name="Aciers de la Loire", registered_in=cluster)
    OfficeContact.objects.create(partner=known, cluster=cluster, name="Claire Martin", email="claire@acier.example")
    for name in ("Élise Martin-Dupuy", "Elise Martin Dupuy"):
        factories.make_appointment(chair, person=factories.make_person(name=name, registered_in=cluster), role="member")
    return manager


def receive(office):
    office.find("F-1")
    office.click("Instalment 1")
    office.click("Record the payment…")
    office.type(reference="VIR 418")
    office.confirm("Record the payment")


def invoice(office):
    office.click("Instalment 2")
    office.click("Record the invoice or call…")
    office.type(number="F-2")
    office.confirm("Record the invoice or call")


def approve(office):
    office.click("Frugal Vision")
    office.click("Approve…")
    office.confirm("Approve")


def invite(office):
    office.find("Claire Martin")
    office.click("Aciers de la Loire")
    office.click("Invite Claire Martin")
    office.confirm("Invite Claire Martin")


def answer(office):
    office.find("Kind Machines")
    office.page.locator("main h2", has_text="Sponsorships").wait_for()
    office.click("→ Kind Machines")
    office.click("Read and write messages")
    office.type(text="In January.")
    office.confirm("Send the message")


def enter_partner(office):
    office.go_to("Partners")
    office.click("Enter a partner")
    office.type(name="Verres du Rhône", siren="552100554")
    office.pick(sector="Manufacturing", size="Large")
    office.confirm("Save")


def accept_report(office):
    office.click("Report, 1 January")
    office.click("Accept…")
    office.confirm("Accept")


def export(office):
    office.go_to("Chairs")
    office.click("Export…")
    with office.page.expect_download():
        office.click("XLSX", "button")


def merge(office):
    office.click("People: probable duplicates")
    office.click("Compare and merge")
    office.confirm("Merge")


def delegate(office):
    office.click("Stand-ins")
    office.click("Name a stand-in in IA Rive Gauche")
    office.pick(to="Bela Moreau")
    office.type(ends_on=Day(9)().isoformat())
    office.confirm("Name a stand-in")


TASKS = {
    "Enter a payment": receive,
    "Record an invoice": invoice,
    "Approve a chair": approve,
    "Invite a contact": invite,
    "Answer a message": answer,
    "Enter a partner": enter_partner,
    "Accept a report": accept_report,
    "Take a list out": export,
    "Merge two records": merge,
    "Name a stand-in": delegate,
}


def test_each_of_the_ten_takes_the_clicks_and_fields_that_the_guide_says(come, manager):
    office = come("en", Counting, as_user=manager)
    counted = {}
    for task, do in TASKS.items():
        office.open("/admin/desk/")
        office.clicks = office.fields = 0
        do(office)
        counted[task] = (office.clicks, office.fields)
    expect(office.page.locator("main")).to_contain_text("Bela Moreau")
    english, french = ([(*map(int, row[1:]),) for row in ROW.findall(text)] for text in parts_of_the_guide())
    assert english == french == list(counted.values()), counted


def parts_of_the_guide() -> list[str]:
    return GUIDE.read_text().split("\n## En français\n")
