"""The totals of a page are those of its rows, whatever others record while it is read."""

import csv
import datetime
from decimal import Decimal

import pytest
from django.urls import reverse

from clusters.enums import Role
from sponsorships.accounting.posting import Line, post
from sponsorships.enums import EntryKind
from tests.days import TODAY
from tests.factories import make_staff
from tests.figures.money import entered, silent_sponsorship
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


@pytest.mark.parametrize("whose", ["partner", "staff"])
def test_the_total_of_a_list_of_entries_is_that_of_its_rows(client, sponsorship, busy, whose):
    cluster = sponsorship.chair.cluster
    client.force_login(sponsorship.created_by if whose == "partner" else make_staff(cluster, Role.READER))
    name = "figures:partner_entries" if whose == "partner" else "panel_figures:cluster_entries"
    slug = sponsorship.partner.slug if whose == "partner" else cluster.slug
    with busy:
        page = client.get(reverse(name, args=[slug]), {"figure": "agreed"})
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
    cluster = sponsorship.chair.cluster
    client.force_login(sponsorship.created_by if whose == "partner" else make_staff(cluster, Role.READER))
    name = "figures:partner_export" if whose == "partner" else "panel_figures:cluster_export"
    slug = sponsorship.partner.slug if whose == "partner" else cluster.slug
    with busy:
        file = client.get(reverse(name, args=[slug, "csv"])).getvalue().decode("utf-8-sig")
    sums = {}
    for line in csv.DictReader(file.splitlines()):
        if line["Agreed"]:
            sums.setdefault(line["Table"], []).append(Decimal(line["Agreed"]))
    assert len(sums) > 2 and len({max(amounts) for amounts in sums.values()}) == 1
