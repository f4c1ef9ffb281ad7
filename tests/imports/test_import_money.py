"""A cluster that starts in the middle of its life: contracts that run, what was invoiced and what came."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from core.form_fields import EuroField
from imports.columns import Unreadable
from imports.enums import ImportStatus as S
from imports.export import portfolio_of
from imports.kinds import KINDS
from imports.kinds.payments import Payments
from partners.models import OfficeContact, Partner
from sponsorships.models import ClosedYear, LedgerEntry, Sponsorship
from tests.factories import PDF, make_institution, make_kind
from tests.imports.workbooks import outcomes, said, upload, workbook
from tests.personas import EDITOR, FINANCE, MANAGER, SECOND_MANAGER

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("whole_cast")]

CONTRACT = {
    "Your reference": "2024-17",
    "Partner": "Aciers du Rhône",
    "Chair": "Proofs of Programs",
    "Activity": "Proofs for planes",
    "Regime": "Research partnership",
    "Cash (€)": 120_000,
    "From": "2024-01-01",
    "Until": "2026-12-31",
    "Purpose": "Safer brakes.",
    "What the public may see": "anonymous",
    "Managing institution": "School of Trials",
    "Signed on": "2023-12-11",
    "Takes effect on": "2024-01-01",
    "Who signed": "Grace Hopper, chair of the board",
    "Signed document": "2024-17.pdf",
}


def sheet(*rows: dict) -> list[list]:
    return [list(rows[0]), *(list(row.values()) for row in rows)]


def portfolio(**changed) -> dict:
    first = {"Sponsorship": "2024-17", "Number": 1, "Amount (€)": 60_000, "Planned for": "2024-03-01"}
    sent = {
        "Number of the invoice or call": "F-31",
        "Invoiced or called on": "02/03/2024",
        "Payable by": "2024-04-30",
        "VAT (%)": 20,
    }
    later = {**first, "Number": 2, "Planned for": "2040-03-01", **dict.fromkeys(sent)}
    paid = {
        "Sponsorship": "2024-17",
        "Number": 1,
        "Received on": "2024-04-18",
        "What the bank shows (€)": 72_000,
        "Reference of the payment": "VIR 418",
    }
    kind = changed.pop("kind")
    return {
        "People": sheet({"Name": "Alan Turing"}),
        "Partners": sheet({"Name": "Aciers du Rhône", "SIREN": "732 829 320", "Sector": "Manufacturing", "Size": "large"}),
        "Contacts": sheet({"Partner": "Aciers du Rhône", "Name": "Grace Hopper", "E-mail address": "grace@example.org", "Signatory": "oui"}),
        "Chairs": sheet({"Title (English)": "Proofs of Programs", "Kind": kind, "Status": changed.pop("status", "Active")}),
        "People of the chairs": sheet({"Chair": "Proofs of Programs", "Person": "Alan Turing", "Role": "holder", "Affiliation that counts": "School of Trials"}),
        "Activities": sheet({"Chair": "Proofs of Programs", "Title (English)": "Proofs for planes", "Description (English)": "Two engineers.", "Target (€)": "150 000,00"}),
        "Running sponsorships": sheet({**CONTRACT, **changed.pop("contract", {})}),
        "Instalments": sheet({**first, **sent, **changed.pop("first", {})}, later),
        "Payments": sheet({**paid, **changed.pop("paid", {})}),
    }  # fmt: skip


@pytest.fixture
def kind(db):
    make_institution(name="School of Trials")
    return make_kind().slug


@pytest.fixture
def files(kind):
    def make(**changed):
        pdf = upload(PDF, "2024-17.pdf")
        return upload(workbook(**portfolio(kind=kind, **changed))), pdf

    return make


def amounts(sponsorship) -> list[tuple]:
    entries = LedgerEntry.objects.filter(sponsorship=sponsorship).order_by("position")
    return [(entry.kind, entry.amount, entry.effective_on) for entry in entries]


@pytest.mark.exhaustive(counted=True)
@pytest.mark.database
def test_a_running_contract_goes_in_with_its_money_and_its_days(cast, bring, enter, files, mailoutbox):
    batch = bring(cast.cluster, cast[MANAGER], *files())
    assert (said(batch), batch.problems, batch.status, batch.needs_second) == ([], [], S.READY, True)
    assert set(outcomes(batch)) == {"created"} and not Partner.objects.filter(name="Aciers du Rhône").exists()
    assert enter(batch, cast[SECOND_MANAGER]).status == S.ENTERED
    partner = Partner.objects.get(siren="732829320")
    assert OfficeContact.objects.get(partner=partner).is_signatory and mailoutbox == []
    sponsorship = Sponsorship.objects.get(partner=partner)
    assert sponsorship.status == "active"
    new_year, cash = datetime.date(2024, 1, 1), Decimal("120000.00")
    half = Decimal("60000.00")
    assert amounts(sponsorship) == [
        ("agreed", cash, new_year),
        ("asked", cash, new_year),
        ("invoiced", half, datetime.date(2024, 3, 2)),
        ("received", half, datetime.date(2024, 4, 18)),
    ]
    accepted = sponsorship.transitions.get(verb="accept")
    assert (sponsorship.created_by, accepted.by) == (cast[MANAGER], cast[SECOND_MANAGER])
    # Out and in again, it changes nothing; so does the first file.
    out = upload(portfolio_of(cast.cluster, cast[MANAGER], KINDS))
    for again in ([out], files()):
        back = bring(cast.cluster, cast[MANAGER], *again)
        assert (said(back), back.problems, set(outcomes(back))) == ([], [], {"unchanged"})
    # A finance officer brings what comes later.
    more = {"Sponsorship": sponsorship.short_reference, "Number": 1, "Received on": "2024-05-02", "What the bank shows (€)": "12,00", "Reference of the payment": "VIR 2"}  # fmt: skip
    later = enter(bring(cast.cluster, cast[FINANCE], payments=sheet(more)), cast[FINANCE])
    assert later.status == S.ENTERED and amounts(sponsorship)[-1][:2] == ("overpaid", Decimal("10.00"))


@pytest.mark.parametrize(
    ("changed", "place", "words"),
    [
        ({"contract": {"Cash (€)": 120_001}}, ("Running sponsorships", "Cash (€)"), "must be equal to the cent"),
        ({"contract": {"Cash (€)": 160_000}, "first": {"Amount (€)": 100_000}}, ("Running sponsorships", ""), "raise the target first"),
        ({"contract": {"Signed document": "none.pdf"}}, ("Running sponsorships", "Signed document"), "No file called “none.pdf”"),
        ({"contract": {"Activity": "Nothing"}}, ("Running sponsorships", "Activity"), "no activity called “Nothing”"),
        ({"first": {"VAT (%)": 19}}, ("Instalments", "VAT (%)"), "Choose one of these rates"),
        ({"first": {"Amount (€)": -1}}, ("Instalments", "Amount (€)"), "cannot be negative"),
        ({"paid": {"Received on": "2040-01-01"}}, ("Payments", "Received on"), "is in the future"),
        ({"paid": {"Received on": "2024-03-01"}}, ("Payments", "Received on"), "give that day or a later one"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_money_is_said_once_and_nothing_goes_in(cast, bring, files, changed, place, words):
    batch = bring(cast.cluster, cast[MANAGER], *files(**changed))
    [(found_in, number, column, sentence)] = said(batch)
    assert (found_in, number, column) == (place[0], 2, place[1]) and words in sentence
    assert batch.status == S.TO_CORRECT and not Sponsorship.objects.exists()


@pytest.mark.parametrize("also", [{}, {"From": "soon"}])
def test_all_that_is_wrong_with_a_contract_is_said_at_once(cast, bring, files, also):
    wrong = {"Activity": None, "Cash (€)": 120_001, "Signed on": "2040-01-01", **also}
    batch = bring(cast.cluster, cast[MANAGER], *files(contract=wrong))
    columns = {column for _sheet, _number, column, _sentence in said(batch)}
    assert columns == {"Activity", "Cash (€)", "Signed on", *also}


def test_a_chair_that_takes_no_money_is_named_beside_what_else_is_wrong(cast, bring, files):
    batch = bring(cast.cluster, cast[MANAGER], *files(status="Draft", contract={"Signed on": "2040-01-01"}))
    found = {column: sentence for _sheet, _number, column, sentence in said(batch)}
    assert found.keys() == {"", "Signed on"} and "not open to new sponsors" in found[""]


def test_a_contract_beyond_its_target_says_so_beside_what_else_is_wrong(cast, bring, files):
    wrong = {"Cash (€)": 160_000, "Signed on": "2040-01-01"}
    batch = bring(cast.cluster, cast[MANAGER], *files(contract=wrong, first={"Amount (€)": 100_000}))
    assert {column for _sheet, _number, column, _sentence in said(batch)} == {"", "Signed on"}


@pytest.mark.exhaustive(counted=True)
def test_a_closed_year_stays_closed_and_an_editor_brings_no_contract(cast, bring, files):
    ClosedYear.objects.create(cluster=cast.cluster, year=2024, closed_by=cast[MANAGER])
    batch = bring(cast.cluster, cast[MANAGER], *files())
    assert "has closed 2024" in said(batch)[0][3]
    batch = bring(cast.cluster, cast[EDITOR], *files())
    assert [problem for problem in batch.problems if "Running sponsorships" in problem] and batch.status == S.TO_CORRECT


@pytest.mark.parametrize("cell", ["NaN", "sNaN", "NaN %", "1e99", float("nan"), float("inf"), 1e300])
def test_a_cell_that_holds_no_number_is_refused_like_any_other(cell):
    with pytest.raises(Unreadable, match="Choose one of these rates: 0 %, 5.5 %, 10 %, 20 %."):
        Payments().column("vat_rate").read(None, cell)
    amount = Payments().column("amount").read(None, cell)
    with pytest.raises(ValidationError):
        EuroField().clean(amount)


@pytest.mark.parametrize(
    ("cell", "rate"), [("20", "20.0"), (0.055, "5.5"), ("5,5 %", "5.5"), (0, "0.0"), ("0.2", "20.0")]
)
def test_a_rate_is_read_as_it_is_written(cell, rate):
    assert Payments().column("vat_rate").read(None, cell) == Decimal(rate)
