"""The totals of a page are those of its rows, whatever others record while it is read."""

import csv
import datetime
import itertools
import re
from decimal import Decimal

import pytest
from django.urls import reverse

from chairs.models import ClusterShare
from clusters.enums import Role
from sponsorships.accounting.posting import Line, post
from sponsorships.enums import EntryKind
from tests.days import TODAY
from tests.factories import make_running, make_staff
from tests.figures.money import entered, shared_chair, silent_sponsorship
from tests.meanwhile import after_each_question

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.database(quick=True),
    pytest.mark.usefixtures("field_history"),
]


@pytest.fixture
def sponsorship():
    made = silent_sponsorship()
    entered(made, "agreed", "100", TODAY().isoformat())
    return made


@pytest.fixture
def busy(sponsorship):
    """While it lasts, ten euros more are agreed after each question that the page asks."""
    return after_each_question(lambda: post(sponsorship, [Line(EntryKind.AGREED, Decimal(10), on=TODAY())], on=TODAY()))


def signed_in(client, sponsorship, whose: str, page: str, *args: str) -> str:
    """Sign the partner or a reader of the cluster in, and return the address of their page of figures."""
    if whose == "partner":
        client.force_login(sponsorship.created_by)
        return reverse(f"figures:partner_{page}", args=[sponsorship.partner.slug, *args])
    cluster = sponsorship.chair.cluster
    client.force_login(make_staff(cluster, Role.READER))
    return reverse(f"panel_figures:cluster_{page}", args=[cluster.slug, *args])


@pytest.mark.parametrize("whose", ["partner", "staff"])
def test_the_total_of_a_list_of_entries_is_that_of_its_rows(client, sponsorship, busy, whose):
    address = signed_in(client, sponsorship, whose, "entries")
    with busy:
        page = client.get(address, {"figure": "agreed"})
    rows = [entry.amount for entry, _cells in page.context["rows"]]
    assert page.context["totals"] == [("Agreed", sum(rows))]
    assert page.context["page_obj"].paginator.count == len(rows)


def test_what_a_figure_changed_by_is_what_the_entries_listed_give(client, sponsorship, busy):
    client.force_login(make_staff(sponsorship.chair.cluster, Role.READER))
    yesterday = TODAY() - datetime.timedelta(days=1)
    with busy:
        address = reverse("panel_figures:cluster_changed", args=[sponsorship.chair.cluster.slug])
        page = client.get(address, {"known": yesterday.isoformat()})
    (agreed,) = page.context["changes"]
    assert agreed.difference == sum(entry.amount for entry, _cells in page.context["rows"]) >= 100


@pytest.mark.parametrize("whose", ["partner", "staff"])
def test_all_tables_of_a_file_say_the_same(client, sponsorship, busy, whose):
    address = signed_in(client, sponsorship, whose, "export", "csv")
    with busy:
        file = client.get(address).getvalue().decode("utf-8-sig")
    sums = {}
    for line in csv.DictReader(file.splitlines()):
        if line["Agreed"]:
            sums.setdefault(line["Table"], []).append(Decimal(line["Agreed"]))
    assert len(sums) > 2 and len({max(amounts) for amounts in sums.values()}) == 1


def test_a_share_that_changes_meanwhile_changes_both_or_neither(client):
    chair, (cluster, _other) = shared_chair("60", "40")
    entered(silent_sponsorship(chair=chair), "agreed", "100", TODAY().isoformat())
    client.force_login(make_staff(cluster, Role.READER))
    mine = ClusterShare.objects.filter(cluster=cluster)
    percents = itertools.cycle([50, 60])
    with after_each_question(lambda: mine.update(percent=next(percents))):
        page = client.get(reverse("panel_figures:cluster_changed", args=[cluster.slug]))
    (agreed,) = page.context["changes"]
    ((_entry, cells),) = page.context["rows"]
    assert agreed.difference == cells[-1].value in {Decimal(50), Decimal(60)}


def test_what_a_partner_paid_is_what_was_received(client):
    sponsorship = make_running(parts=["1000.00"])
    instalment = sponsorship.instalments.get()
    paid = Line(EntryKind.RECEIVED, Decimal(10), instalment=instalment)
    client.force_login(sponsorship.created_by)
    with after_each_question(lambda: post(sponsorship, [paid], on=TODAY())):
        page = client.get(sponsorship.get_absolute_url())
    received = re.search(r"Received so far</dt><dd[^>]*>(€[0-9,]+)", page.text)[1]
    assert received != "€0" and f"{received} received" in page.text
