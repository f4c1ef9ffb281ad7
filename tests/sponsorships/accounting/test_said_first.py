"""What looks like a mistake is said before it is kept: a number used twice, more in kind than agreed, a day too early."""

import datetime
import uuid
from decimal import Decimal

import pytest
from django.utils.formats import date_format

from core.exceptions import Refused
from sponsorships.models import Agreement, LedgerEntry
from tests import factories
from tests.personas import FINANCE, MANAGER, OTHER_MANAGER
from tests.sponsorships.admin import money
from tests.verbs import perform

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("whole_cast", "field_history")]


def invoice_page(client, instalment, **said):
    data = {"act": str(uuid.uuid4()), "on": money.day(0).isoformat(), "note": "", **said}
    return client.post(f"/admin/sponsorships/instalment/{instalment.pk}/verb/invoice/", data)


@pytest.mark.exhaustive(counted=True)
@pytest.mark.parametrize("spelt", ["F-2026-7", "f-2026-7", " F-2026- 7 "])
def test_a_number_of_the_same_books_is_asked_about(client, cast, spelt):
    books = factories.make_institution()
    instalments = []
    for _number in range(2):
        running = factories.make_running(by=cast[MANAGER], chair=cast.chair)
        Agreement.objects.filter(sponsorship=running).update(managing_institution=books)
        instalments.append(perform(running.instalments.get(), "fall_due", by=cast[MANAGER]))
    client.force_login(cast[FINANCE])
    assert invoice_page(client, instalments[0], number="F-2026-7").status_code == 302
    page = invoice_page(client, instalments[1], number=spelt).content.decode()
    assert "is already in the books of" in page
    assert not instalments[1].entries.exists()
    assert invoice_page(client, instalments[1], number=spelt, **{"number-sure": spelt.strip()}).status_code == 302


def test_other_books_have_numbers_of_their_own(client, cast):
    client.force_login(cast[FINANCE])
    for _number in range(2):
        running = factories.make_running(by=cast[MANAGER], chair=cast.chair)
        due = perform(running.instalments.get(), "fall_due", by=cast[MANAGER])
        assert invoice_page(client, due, number="F-2026-7").status_code == 302


def due_in(books, chair, by):
    """An instalment that is due, of an agreement whose money this institution calls."""
    running = factories.make_running(by=by, chair=chair)
    Agreement.objects.filter(sponsorship=running).update(managing_institution=books)
    return perform(running.instalments.get(), "fall_due", by=by)


def test_the_verb_itself_asks_whatever_the_page_said(cast):
    books = factories.make_institution()
    first, second = (due_in(books, cast.chair, cast[MANAGER]) for _number in range(2))
    perform(first, "invoice", by=cast[FINANCE], details={"number": "F-2026-7"})
    with pytest.raises(Refused, match="is already in the books of"):
        perform(second, "invoice", by=cast[FINANCE], details={"number": "f-2026-7"})
    perform(second, "invoice", by=cast[FINANCE], details={"number": "f-2026-7", "is_same_number": True})


@pytest.mark.exhaustive(counted=True)
def test_of_another_clusters_invoice_only_the_number_is_told(client, cast):
    """An institution may call the money of two clusters: neither reads in the other's files."""
    books = factories.make_institution()
    there = factories.make_chair("active", cluster=cast.elsewhere, title_en="A chair elsewhere")
    theirs = due_in(books, there, cast[OTHER_MANAGER])
    perform(theirs, "invoice", by=cast[OTHER_MANAGER], details={"number": "Secret spelling 7"})
    ours = due_in(books, cast.chair, cast[MANAGER])
    client.force_login(cast[FINANCE])
    page = invoice_page(client, ours, number="secretspelling7").content.decode()
    sentence = "The number “secretspelling7” is already in the books of"
    assert sentence in page and "Secret spelling 7" not in page
    assert "A chair elsewhere" not in page and theirs.sponsorship.partner.name not in page
    assert date_format(theirs.invoiced_on or money.day()) not in page.split(sentence)[1].split("</ul>")[0]
    sure = {"number-sure": "secretspelling7"}
    assert invoice_page(client, ours, number="secretspelling7", **sure).status_code == 302


@pytest.mark.parametrize("is_older_theirs", [True, False])
def test_neither_cluster_is_told_how_the_other_spelt_a_number_or_when(cast, is_older_theirs):
    books, there = factories.make_institution(), factories.make_chair("active", cluster=cast.elsewhere)
    both = [(there, cast[OTHER_MANAGER]), (cast.chair, cast[MANAGER])]
    (first, by), second = both if is_older_theirs else reversed(both)
    perform(due_in(books, first, by), "invoice", by=by, details={"number": "Secret spelling 7"})
    with pytest.raises(Refused) as refused:
        perform(due_in(books, *second), "invoice", by=second[1], details={"number": "secretspelling7"})
    assert refused.value.reasons == [f"The number “secretspelling7” is already in the books of {books}."]


def test_where_no_institution_is_named_there_are_no_books_to_look_into(cast):
    there = factories.make_chair("active", cluster=cast.elsewhere)
    for chair, by in ((there, cast[OTHER_MANAGER]), (cast.chair, cast[MANAGER])):
        perform(due_in(None, chair, by), "invoice", by=by, details={"number": "F-2026-7"})


def test_more_in_kind_than_agreed_is_said_before_and_after(client, cast):
    running = factories.make_running(by=cast[MANAGER], chair=cast.chair, in_kind_amount=Decimal("1000"))
    client.force_login(cast[FINANCE])
    data = {"act": str(uuid.uuid4()), "contribution": "in_kind", "amount": "1,200", "method": "cost"}
    data |= {"on": money.day(0).isoformat(), "note": "A server."}
    address = f"/admin/sponsorships/sponsorship/{running.pk}/in-kind/"
    page = client.post(address, data).content.decode()
    assert "With this, €200 more would be received than agreed (in kind)." in page
    assert not LedgerEntry.objects.filter(kind="received").exists()
    assert client.post(address, data | {"amount-sure": "1200.00"}).status_code == 302
    page = client.get(f"/admin/sponsorships/sponsorship/{running.pk}/change/").content.decode()
    assert "In kind: €200 more was received than agreed." in page


def test_nothing_is_invoiced_before_its_agreement(cast):
    running = factories.make_running(by=cast[MANAGER], chair=cast.chair)
    due = perform(running.instalments.get(), "fall_due", by=cast[MANAGER])
    before = money.day(0) - datetime.timedelta(days=1)
    with pytest.raises(Refused, match="Its agreement takes effect on"):
        perform(due, "invoice", by=cast[FINANCE], details={"number": "F-1", "on": before})
