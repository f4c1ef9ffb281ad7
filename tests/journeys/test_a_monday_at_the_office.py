"""A Monday of a programme office: a portfolio in, a portfolio out, many things at once, and a colleague who stands in."""

import datetime
import re
from decimal import Decimal
from io import BytesIO

import pytest
from django.utils.formats import date_format
from openpyxl import load_workbook
from playwright.sync_api import expect

from chairs.models import Chair
from clusters.models import Person
from sponsorships.models import Agreement, Instalment
from tests import factories
from tests.days import TODAY
from tests.journeys.office import Office
from tests.journeys.portfolio import MISTAKES, fill_in
from tests.sponsorships.agreements import papers
from tests.verbs import perform

pytestmark = [
    pytest.mark.browser,
    pytest.mark.usefixtures("search_index", "field_history"),
]
MONTHS = 12
SUBMITTED = ["Frugal Vision", "Gentle Robots", "Honest Maps", "Idle Chips", "Just Prices"]


@pytest.fixture
def world(transactional_db, settings):
    """A cluster with a manager, an editor who stands in, five chairs to approve, twelve instalments, and a paper to sign."""
    settings.STAFF_SECOND_FACTOR = "required"
    cluster = factories.make_cluster(name="IA Rive Gauche", slug="rive-gauche")
    manager = factories.make_staff(cluster, name="Max Durand", email="max@example.org")
    editor = factories.make_staff(cluster, "editor", name="Bela Moreau", email="bela@example.org")
    factories.make_kind(name_en="CAP", name_fr="CAP")
    for title in SUBMITTED:
        factories.make_chair("submitted", cluster=cluster, title_en=title, registered_by=editor)
    funded = factories.make_chair("active", cluster=cluster, title_en="Kind Machines")
    running = factories.make_running(by=manager, chair=funded, parts=["1000.00"] * MONTHS, cash_amount=Decimal(12_000))
    for instalment in running.instalments.all():
        perform(instalment, "fall_due", by=manager)
    for name, slug in (("Élise Martin-Dupuy", "elise"), ("Elise Martin Dupuy", "elise-2")):
        person = factories.make_person(name=name, slug=slug, registered_in=cluster)
        factories.make_appointment(funded, person=person, role="member")
    papers.signed(by=manager, chair=funded)
    return {"manager": manager, "editor": editor}


def test_a_monday_from_the_passkey_to_the_stand_in(come, world):
    manager = come("en", Office)
    manager.holds_a_passkey()
    manager.sign_in_to_the_panel(world["manager"])
    manager.make_a_passkey("Blue key")
    manager.follow("I have saved them: continue")
    manager.sign_out()
    manager.sign_in_by_passkey()
    bring_the_portfolio(manager)
    merge_two_people(manager)
    approve_five_chairs(manager)
    invoice_twelve_instalments(manager)
    export_for_the_committee(manager)
    name_a_stand_in(manager)
    delegate = come("en", Office)
    delegate.holds_a_passkey()
    countersign_on_behalf(delegate, world["editor"])


def bring_the_portfolio(manager):
    manager.go_to("Imports")
    manager.follow("Import a workbook")
    template = manager.download("All kinds in one workbook")
    manager.bring(fill_in(template, MISTAKES))
    manager.sees_status("To be corrected")
    for sheet, column, _typed, said in MISTAKES:
        line = manager.page.get_by_role("row").filter(has_text=re.compile(rf"^\s*{sheet}, 2"))
        expect(line).to_contain_text(f"{column}:")
        expect(line).to_contain_text(said)
    manager.follow("Bring the corrected file")
    manager.bring(fill_in(template))
    manager.perform("Enter these lines")
    manager.sees_status("Entered")
    manager.go_to("Chairs")
    manager.follow("Sober Networks")
    manager.sees_status("Draft")
    assert Chair.objects.get(title_en="Sober Networks").appointments.get().person.name == "Solène Kerbrat"


def merge_two_people(manager):
    manager.go_to("People")
    manager.follow("Probable duplicates")
    manager.follow("Compare and merge")
    manager.press("Merge")
    manager.is_told("is now one with")
    assert Person.objects.filter(name__in=["Élise Martin-Dupuy", "Elise Martin Dupuy"]).count() == 1


def approve_five_chairs(manager):
    manager.go_to("Chairs")
    manager.follow("Waiting for me")
    manager.choose_for_all("Approve")
    manager.reads("5 records to which it can be done")
    manager.press("Approve")
    manager.reads("Done to 5 records")
    assert Chair.objects.filter(title_en__in=SUBMITTED, status="approved").count() == 5


def invoice_twelve_instalments(manager):
    manager.go_to("Instalments")
    manager.follow("Waiting for me")
    manager.choose_for_all("Record the invoice or call")
    numbers = manager.page.locator("main input[name$='-number']")
    expect(numbers).to_have_count(MONTHS)
    for at in range(MONTHS):
        numbers.nth(at).fill(f"F-2026-{at + 1:02}")
    manager.press("Record the invoice or call")
    manager.reads("Done to 12 records")
    assert Instalment.objects.filter(invoice_number__startswith="F-2026-").count() == MONTHS


def export_for_the_committee(manager):
    manager.go_to("Chairs")
    shown = manager.page.locator("#result_list tbody tr")
    expect(shown).to_have_count(len(SUBMITTED) + 2)
    page = [[cell.strip() for cell in row.split("\t")[1:]] for row in shown.all_inner_texts()]
    manager.follow("Export")
    head, *rows = sheet_of(manager.download_by("XLSX"))
    assert head[:3] == ("Chair", "Kind", "Principal investigators")
    assert [[as_shown(value) for value in row] for row in rows] == page


def sheet_of(workbook: bytes) -> list[tuple]:
    return list(load_workbook(BytesIO(workbook)).active.iter_rows(values_only=True))


def as_shown(value) -> str:
    """Return a cell of the workbook as the panel's page writes it."""
    if value is None:
        return "—"
    return date_format(value, "DATE_FORMAT") if isinstance(value, datetime.date) else str(value)


def name_a_stand_in(manager):
    manager.go_to("My desk")
    manager.follow("Stand-ins")
    manager.follow("Name a stand-in in IA Rive Gauche")
    manager.choose(to="Bela Moreau")
    manager.fill(starts_on=TODAY().isoformat(), ends_on=(TODAY() + datetime.timedelta(days=9)).isoformat())
    manager.press("Name a stand-in")
    manager.is_told("Bela Moreau stands in for you")


def countersign_on_behalf(delegate, editor):
    delegate.sign_in_to_the_panel(editor)
    delegate.make_a_passkey("Bela’s telephone")
    delegate.follow("I have saved them: continue")
    delegate.go_to("My desk")
    delegate.press("Act on their behalf Max Durand")
    delegate.follow("Company")
    delegate.countersign("Bela Moreau")
    delegate.sees_status("Signed")
    delegate.reads("Bela Moreau, on behalf of Max Durand")
    done = Agreement.objects.get(status="signed").transitions.get(verb="countersign")
    assert (done.by.name, done.on_behalf_of.name) == ("Bela Moreau", "Max Durand")
