"""From an accepted sponsorship to its last euro: every figure is worked out by hand beside the act that moves it."""

from decimal import Decimal

import pytest
from django.core.management import call_command

from sponsorships.models import Agreement
from tests import factories
from tests.days import TODAY, Day
from tests.journeys.company import Company
from tests.journeys.office import Office
from tests.personas import FINANCE, MANAGER, PARTNER, SECOND_MANAGER, make_cast

pytestmark = [pytest.mark.browser, pytest.mark.exhaustive]
# Long enough ago that two quarters have begun since: both instalments can be called due.
LONG_AGO = Day(-300)
UNIVERSITY = "Université de la Côte"


@pytest.fixture
def sponsorship(transactional_db):
    """€50,000 accepted, on an activity that needs €60,000."""
    cast = make_cast()
    factories.make_institution(name=UNIVERSITY)
    activity = factories.make_activity(cast.chair, target=Decimal("60000.00"))
    sponsorship = factories.make_sponsorship("accepted", cast.contact(PARTNER), chair=cast.chair, activity=activity)
    sponsorship.cast = cast
    return sponsorship


def test_from_accepted_to_completed(come, sponsorship):
    cast = sponsorship.cast
    manager, finance = come("en", Office, cast[MANAGER]), come("en", Office, cast[FINANCE])
    company = come("en", Company, cast[PARTNER])

    issue(manager, sponsorship)
    sign(company)
    countersign_and_start(manager, sponsorship)

    first, second = sponsorship.instalments.all()
    pay_the_first(finance, sponsorship, first)
    amend(manager, come("en", Office, cast[SECOND_MANAGER]), sponsorship)
    third, fourth = sponsorship.instalments.filter(agreement__number=2)
    pay_the_rest(finance, sponsorship, third, fourth)

    manager.open_record(sponsorship)
    manager.act("Complete")
    manager.sees_status("Completed")
    manager.reads_figures(asked="€50,000", agreed="€55,000", invoiced_or_called="€55,000", received="€55,000")
    company.open_only_file()
    company.reads("Invoiced so far€55,000")
    company.reads("Received so far€55,000")
    call_command("check_ledger")


def issue(manager, sponsorship):
    manager.open_record(sponsorship)
    # Accepted: what was asked is promised, nothing is signed.
    manager.reads_figures(asked="€50,000", agreed="€50,000", invoiced_or_called="€0", received="€0")
    manager.is_kept_from("Start", "No agreement is in force yet")
    manager.begin("Draft the agreement")
    manager.is_kept_from("Issue for signature", "Choose the managing institution.")
    manager.look_up("managing_institution", "Cote", UNIVERSITY)
    manager.save_and_stay()
    manager.plan(2, LONG_AGO().isoformat())
    manager.act("Issue for signature")
    manager.sees_status("Awaiting signature")


def sign(company):
    company.open_only_file()
    company.follow("Agreement")
    company.sign("Camille Partner")
    company.reads("The managing institution signs next.")


def countersign_and_start(manager, sponsorship):
    manager.open_record(Agreement.objects.get())
    manager.countersign("Max Manager")
    manager.sees_status("Signed")
    manager.open_record(sponsorship)
    manager.act("Start")
    manager.sees_status("Active")
    assert [one.amount for one in sponsorship.instalments.all()] == [25000, 25000]


def pay_the_first(finance, sponsorship, first):
    finance.open_record(first)
    finance.act("Mark as due")
    finance.act("Record the invoice or call", number="F-1", payable_on=TODAY().isoformat())
    finance.reads_figures(invoiced_or_called="€25,000")
    finance.act("Record a partial payment", amount="10,000.50", reference="B-1")
    finance.reads_figures(invoiced_or_called="€25,000", received="€8,333.75")
    finance.reads("€16,666.25 is outstanding.")
    finance.act("Reverse a payment", note="The bank sent it back.")
    finance.reads("€25,000 is outstanding.")
    finance.act("Record the payment", reference="B-2")
    finance.sees_status("Received")
    # 10,000.50 with VAT came and went back, and 30,000 with VAT came: 25,000 net.
    finance.reads_figures(invoiced_or_called="€25,000", received="€25,000")
    finance.open_record(sponsorship)
    finance.reads_figures(asked="€50,000", agreed="€50,000", invoiced_or_called="€25,000", received="€25,000")


def amend(manager, colleague, sponsorship):
    """€5,000 more: of 55,000, 25,000 were invoiced, and 30,000 are planned anew in the place of 25,000."""
    manager.open_record(sponsorship)
    manager.begin("Record an amendment signed elsewhere")
    manager.fill(
        cash_amount="55,000",
        reason="A second season.",
        signed_on=TODAY().isoformat(),
        signatories="C. Partner, director",
    )
    signed = {"name": "signed.pdf", "mimeType": "application/pdf", "buffer": factories.PDF}
    manager.page.locator("main [name='document']").set_input_files(signed)
    manager.save_and_stay()
    manager.reads("Before: €50,000 → After: €55,000")
    manager.plan(2, LONG_AGO().isoformat())
    # It promises more: who wrote it does not record it.
    colleague.open_record(Agreement.objects.get(number=2))
    colleague.act("Record as signed elsewhere")
    colleague.sees_status("Recorded as signed elsewhere")
    manager.open_record(sponsorship)
    manager.reads_figures(asked="€50,000", agreed="€55,000", invoiced_or_called="€25,000", received="€25,000")


def pay_the_rest(finance, sponsorship, third, fourth):
    for number, instalment in ((2, third), (3, fourth)):
        assert instalment.amount == 15000
        finance.open_record(instalment)
        finance.act("Mark as due")
        finance.act("Record the invoice or call", number=f"F-{number}")
    finance.act("Record the payment", amount="18,006", reference="B-3")
    finance.reads_figures(invoiced_or_called="€15,000", received="€15,000", overpayment="€5")
    finance.act("Record a refund", amount="6", reference="R-1", note="Paid too much.")
    finance.open_record(sponsorship)
    # Of 55,000 invoiced, 25,000 and 15,000 came, net; the 5 too much went back, with its VAT.
    finance.reads_figures(asked="€50,000", agreed="€55,000", invoiced_or_called="€55,000", received="€40,000")
    finance.open_record(third)
    finance.act("Record the payment", amount="18,000", reference="B-4")
    finance.sees_status("Received")
