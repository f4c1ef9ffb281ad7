"""What a sponsorship's page says of its money, what is given in kind, and the ledger that nobody changes."""

import re
from decimal import Decimal

import pytest

from sponsorships.enums import EntryKind
from sponsorships.models import LedgerEntry, Sponsorship
from tests import factories
from tests.days import TOMORROW, as_of_now
from tests.sponsorships.admin import money
from tests.sponsorships.admin.money import INSTALMENTS, LEDGER, SPONSORSHIPS, act_data, verb_url
from tests.verbs import perform

pytestmark = pytest.mark.django_db


def page_of(sponsorship) -> str:
    return f"{SPONSORSHIPS}{sponsorship.pk}/change/"


@pytest.fixture
def finance(running, sign_in_as):
    return sign_in_as("finance", running.chair.cluster)


@pytest.mark.exhaustive(counted=True)
def test_each_figure_opens_the_entries_that_add_up_to_it(client, running, finance):
    money.received(running, finance, more=3)
    figures = client.get(page_of(running)).context["figures"]
    shown = {figure.label: figure.amount for figure in figures}
    assert shown == {
        "Asked": "€50,000",
        "Agreed": "€50,000",
        "Invoiced or called": "€20,000",
        "Received": "€20,000",
        "Overpayment": "€3",
    }
    for figure in figures:
        page = client.get(figure.url)
        assert page.context["totals"] == [(figure.label, figure.amount)]


def test_the_lists_are_summed_beyond_the_page(client, running, finance):
    money.invoiced(running, finance, payable_on=money.day())
    sums = dict(client.get(INSTALMENTS).context["totals"])
    assert (sums["Amounts of the list"], sums["Invoiced or called"]) == ("€50,000", "€20,000")
    assert dict(client.get(f"{INSTALMENTS}?q=F-1").context["totals"])["Amounts of the list"] == "€20,000"
    assert dict(client.get(LEDGER).context["totals"])["Agreed"] == "€50,000"


@pytest.mark.exhaustive(counted=True)
def test_what_is_overdue_is_marked_filtered_and_on_the_desk(client, running, finance):
    instalment = money.invoiced(running, finance, payable_on=money.day())
    type(instalment).objects.filter(pk=instalment.pk).update(payable_on=money.day(-1))
    for state, number in (("overdue", 1), ("due", 0), ("standing", 2), ("superseded", 0)):
        assert client.get(f"{INSTALMENTS}?state={state}").context["cl"].result_count == number
    assert "status-overdue" in client.get(INSTALMENTS).content.decode()
    assert "1 instalment is overdue" in client.get("/admin/").content.decode()


def test_what_is_due_is_on_the_desk_of_those_who_invoice(client, running, finance, sign_in_as):
    money.due(running, finance)
    assert "1 instalment needs to be invoiced or called" in client.get("/admin/").content.decode()
    sign_in_as("reader", running.chair.cluster)
    assert "to be invoiced" not in client.get("/admin/").content.decode()


@pytest.mark.exhaustive(counted=True)
def test_what_a_manager_does_next_is_on_the_desk(client, sign_in_as):
    sponsorship = money.accepted()
    manager = sign_in_as("manager", sponsorship.chair.cluster)
    assert "1 accepted sponsorship has no agreement" in client.get("/admin/").content.decode()
    assert client.get(f"{SPONSORSHIPS}?next=agreement").context["cl"].result_count == 1
    draft = factories.make_agreement(sponsorship, by=manager)
    page = client.get("/admin/").content.decode()
    assert "1 agreement is still a draft" in page
    assert "has no agreement" not in page
    perform(draft, "record", by=manager)
    assert "1 sponsorship can be started" in client.get("/admin/").content.decode()
    assert client.get(f"{SPONSORSHIPS}?next=start").context["cl"].result_count == 1


@pytest.mark.parametrize("role", ["reader", "editor", "finance", "manager"])
def test_nobody_adds_changes_or_deletes_an_entry(client, running, sign_in_as, role):
    sign_in_as(role, running.chair.cluster)
    entry = running.entries.first()
    assert client.get(f"{LEDGER}{entry.pk}/change/").status_code == 200
    assert client.post(f"{LEDGER}{entry.pk}/change/", {"amount": "1"}).status_code == 403
    assert client.post(f"{LEDGER}{entry.pk}/delete/", {"post": "yes"}).status_code == 403
    assert client.post(f"{LEDGER}add/", {"amount": "1"}).status_code == 403


def test_another_clusters_entries_are_not_there(client, running, sign_in_as):
    sign_in_as("manager", factories.make_cluster())
    entry = running.entries.first()
    assert client.get(f"{LEDGER}{entry.pk}/change/").status_code == 404
    assert client.get(f"{LEDGER}?sponsorship={running.pk}").context["cl"].result_count == 0
    assert client.get(LEDGER).context["totals"] == []
    sign_in_as("manager", running.chair.cluster)
    assert client.get(f"{LEDGER}{entry.pk}/change/").status_code == 200
    page = client.get(f"{LEDGER}?sponsorship={running.pk}")
    assert page.context["cl"].result_count == running.entries.count() and page.context["totals"] != []


@pytest.mark.parametrize("query", ["sponsorship=x", "instalment=99999999999999999999", "year=abcd", "counts=never"])
def test_a_nonsensical_filter_is_refused_in_a_sentence(client, running, finance, query):
    answer = client.get(f"{LEDGER}?{query}")
    assert answer.status_code == 400
    assert "is not one of the choices of the filter" in answer.text


@pytest.mark.exhaustive(counted=True)
def test_the_auditor_follows_a_figure_down(client, running):
    client.force_login(factories.make_staff(None, "auditor"))
    figures = client.get(page_of(running)).context["figures"]
    assert len(figures) > 3
    for figure in figures:
        assert client.get(figure.url).status_code == 200
    assert client.get(f"{LEDGER}{running.entries.first().pk}/change/").status_code == 200


# In kind and skills.


def in_kind(sponsorship) -> str:
    return f"{SPONSORSHIPS}{sponsorship.pk}/in-kind/"


def gift_data(**said):
    """Nothing in kind was agreed: the page asks whether it is meant, and it is."""
    sure = {"amount-sure": "1234.50"}
    return act_data(contribution="in_kind", amount="1,234.50", method="cost", note="Ten servers.", **sure, **said)


def test_what_is_given_in_kind_is_recorded_once_and_taken_back_once(client, running, finance):
    assert client.get(in_kind(running)).status_code == 200
    data = gift_data()
    assert client.post(in_kind(running), data).status_code == 302
    again = client.post(in_kind(running), data)
    assert "already been recorded" in again.content.decode()
    assert not again.context["is_open"]
    gift = LedgerEntry.objects.get(sponsorship=running, contribution="in_kind", kind=EntryKind.RECEIVED)
    assert (gift.amount, gift.method) == (Decimal("1234.50"), "cost")
    there = f"{in_kind(running)}{gift.pk}/"
    assert there in client.get(page_of(running)).content.decode()
    assert client.get(there).status_code == 200
    assert client.post(there, act_data(note="")).status_code == 200
    back = act_data(note="Counted twice.")
    assert client.post(there, back).status_code == 302
    assert "already reversed" in client.post(there, back).content.decode()
    assert running.entries.total(EntryKind.RECEIVED, contribution="in_kind") == 0


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"contribution": "cash"}, "Select a valid choice"),
        ({"amount": "0"}, "greater than or equal to 0.01"),
        ({"method": ""}, "This field is required"),
        ({"on": TOMORROW}, "in the future"),
        ({"note": " "}, "Say why"),
    ],
)
def test_a_gift_that_is_incomplete_is_refused_and_stays_typed(client, running, finance, said, sentence):
    page = client.post(in_kind(running), gift_data() | as_of_now(said))
    text = page.content.decode()
    assert sentence in text
    assert page.context["is_open"]
    assert 'value="1,234.50"' in text or "amount" in said
    assert not running.entries.exclude(contribution="cash").exists()


@pytest.mark.parametrize("role", ["reader", "editor"])
def test_who_keeps_no_accounts_records_no_gift(client, running, sign_in_as, role):
    sign_in_as(role, running.chair.cluster)
    assert client.get(in_kind(running)).status_code == 403
    assert client.post(in_kind(running), gift_data()).status_code == 403


def test_elsewhere_or_of_another_sponsorship_there_is_nothing(client, running, finance, sign_in_as):
    client.post(in_kind(running), gift_data())
    gift = running.entries.get(contribution="in_kind")
    other = factories.make_running(chair=running.chair)
    assert client.post(f"{in_kind(other)}{gift.pk}/", act_data()).status_code == 404
    cash = running.entries.filter(contribution="cash").first()
    assert client.post(f"{in_kind(running)}{cash.pk}/", act_data()).status_code == 404
    assert client.post(f"{in_kind(running)}{gift.pk}/", act_data()).status_code == 302
    sign_in_as("finance", factories.make_cluster())
    assert client.post(in_kind(running), gift_data()).status_code == 404


def test_before_it_runs_nothing_is_recorded(client, sign_in_as):
    sponsorship = money.accepted()
    sign_in_as("finance", sponsorship.chair.cluster)
    assert "this needs an active one" in client.post(in_kind(sponsorship), gift_data()).content.decode()


# The end.


def test_an_early_end_has_its_day_and_its_reason(client, running, sign_in_as):
    sign_in_as("manager", running.chair.cluster)
    there = verb_url(SPONSORSHIPS, running, "terminate")
    assert re.search(r'type="date"[^>]*name="on"|name="on"[^>]*type="date"', client.get(there).content.decode())
    late = client.post(there, {"on": money.day(1).isoformat(), "note": "They merged."})
    assert "cannot be in the future" in late.content.decode()
    assert "They merged." in late.content.decode()
    assert client.post(there, {"on": "", "note": "x"}).status_code == 200
    assert client.post(there, {"on": money.day().isoformat(), "note": "They merged."}).status_code == 302
    ended = Sponsorship.objects.get(pk=running.pk)
    assert (ended.status, ended.terminated_on) == ("terminated", money.day())
