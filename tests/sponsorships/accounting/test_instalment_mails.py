"""Who reads of an invoice, a call or a payment, and in which words."""

from decimal import Decimal

import pytest
from django.core import mail as outgoing

from tests import factories
from tests.verbs import perform

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(django_capture_on_commit_callbacks):
    """Perform verbs on an instalment and answer the mails of the last."""

    def told(sponsorship, *verbs):
        by = factories.make_staff(sponsorship.chair.cluster, "finance")
        for verb, details in verbs:
            outgoing.outbox.clear()
            with django_capture_on_commit_callbacks(execute=True):
                perform(sponsorship.instalments.get(), verb, by=by, note="A reason.", details=details)
        return outgoing.outbox

    return told


DUE, INVOICE = ("fall_due", {}), ("invoice", {"number": "F-7", "purchase_order": "PO 9"})


def paid(amount):
    return {"amount": Decimal(amount), "reference": "B-7"}


@pytest.fixture
def partner():
    """A partner with a primary contact and somebody who keeps its accounts."""
    primary = factories.make_contact(user=factories.make_user("primary@example.org"))
    accounts = factories.make_user("accounts@example.org", language="fr")
    factories.make_contact(primary.partner, accounts, is_primary=False, is_signatory=False, is_accounting=True)
    return primary


def test_the_accounts_read_of_an_invoice_in_their_language(partner, told):
    sponsorship = factories.make_running(contact=partner)
    assert told(sponsorship, DUE) == [], "what is only due is no news yet"
    [mail] = told(sponsorship, INVOICE)
    assert mail.to == ["accounts@example.org"]
    assert f"/fr/my/sponsorships/{sponsorship.reference}/" in mail.body
    assert "F-7" in mail.body and "PO 9" in mail.body


def test_without_accounts_the_primary_contact_reads_it(told):
    contact = factories.make_contact(user=factories.make_user("primary@example.org"))
    [mail] = told(factories.make_running(contact=contact), DUE, INVOICE)
    assert mail.to == ["primary@example.org"]
    assert "has invoiced €50,000, net of VAT" in " ".join(mail.body.split())


def test_a_gift_is_called_and_never_invoiced(told):
    gift = factories.make_running(regime="patronage")
    [mail] = told(gift, DUE, INVOICE)
    assert "has called €50,000 of the gift" in " ".join(mail.body.split())
    [thanks] = told(gift, ("receive", paid("50000")))
    assert "invoice" not in (mail.body + thanks.body + mail.subject + thanks.subject).lower()


def test_a_payment_says_what_came_and_what_is_outstanding(told):
    [mail] = told(factories.make_running(), DUE, INVOICE, ("receive_part", paid("12000.50")))
    text = " ".join(mail.body.split())
    assert "has received €12,000.50" in text
    assert "€37,999.50 is still outstanding" in text


def test_a_cancelled_invoice_is_not_to_be_paid(told):
    [mail] = told(factories.make_running(), DUE, INVOICE, ("cancel_invoice", {}))
    assert "do not pay it" in mail.body


def test_what_the_office_corrects_in_its_books_is_no_mail(told):
    sponsorship = factories.make_running()
    assert told(sponsorship, DUE, INVOICE, ("write_off", {})) == []
    assert told(sponsorship, ("undo_write_off", {})) == []
    assert told(sponsorship, ("receive", paid("50000"))) != []


def test_no_mail_names_anybody_of_the_staff(told):
    sponsorship = factories.make_running()
    [mail] = told(sponsorship, DUE, INVOICE)
    names = [role.user.name for role in sponsorship.chair.cluster.staff_roles.select_related("user")]
    assert "F-7" in mail.body and len(names) > 1
    assert not [name for name in names if name in mail.body]
