"""One life, every page: on one day a word says one amount, whoever reads it and wherever it stands."""

import csv
import io
from decimal import Decimal

import pytest
from django.utils import timezone

from core.money import euros
from figures.scopes import nation, of_cluster, of_partner
from figures.sums import Sums
from sponsorships.accounting import in_kind
from sponsorships.accounting.activity_money import with_money
from sponsorships.models import Instalment
from sponsorships.templatetags.money_blocks import sponsorship_instalments
from tests import factories
from tests.personas import COORDINATOR, FINANCE, MANAGER, SECOND_MANAGER
from tests.sponsorships.admin.money import day
from tests.verbs import perform

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("field_history")]
FROM = day(90)
# What the life below comes to, worked out by hand.
TODAY = {"asked": 100_000, "pending": 0, "agreed": 100_000, "invoiced": 80_000, "received": 40_000, "overpaid": 300}
TODAY |= {"written_off": 20_000, "in_kind_agreed": 5_000, "in_kind_received": 4_000}
LATER = f"€130,000 from {FROM.day} {FROM:%B %Y}"


@pytest.fixture
def life(cast):
    """Over-paid and half refunded; reversed and paid again; written off; replaced by an amendment of 90 days on."""
    activity = factories.make_activity(cast.chair, target=Decimal("200000"))
    running = factories.make_running(
        by=cast[MANAGER],
        parts=[40_000, 20_000, 20_000, 20_000],
        chair=cast.chair,
        contact=factories.make_contact(user=factories.make_user("pays@example.org")),
        activity=activity,
        cash_amount=Decimal("100000"),
        in_kind_amount=Decimal("5000"),
    )

    def act(place, verb, **details):
        instalment = running.instalments.get(number=place)
        return perform(instalment, verb, by=cast[FINANCE], note="A reason.", details=details)

    for place in (1, 2, 3):
        act(place, "fall_due")
        act(place, "invoice", number=f"F-{place}")
    paid = act(1, "receive", amount=Decimal("40500"), reference="B-1")
    act(1, "reverse_payment", entry=paid.entries.get(kind="received").pk)
    act(1, "receive", amount=Decimal("40500"), reference="B-2")
    act(1, "refund", amount=Decimal("200"), reference="R-1")
    act(2, "write_off")
    given = {"contribution": "in_kind", "method": "cost", "note": "A server.", "by": cast[FINANCE]}
    in_kind.record(running, amount=Decimal("4000"), **given)
    in_kind.reverse(in_kind.record(running, amount=Decimal("999"), **given), by=cast[FINANCE], note="Not ours.")
    more = {"cash_amount": Decimal("130000"), "effective_on": FROM, "parts": [50_000]}
    perform(factories.make_agreement(running, by=cast[MANAGER], **more), "record", by=cast[SECOND_MANAGER])
    running.refresh_from_db()
    return running


def figures_of(sums) -> dict[str, Decimal]:
    found = sums.total()
    return {name: found[name] for name in TODAY}


@pytest.mark.exhaustive(counted=True)
def test_every_figure_says_the_same(life, cast):
    scopes = (nation(), of_cluster(cast.chair.cluster), of_partner(life.partner))
    for scope in scopes:
        assert figures_of(Sums(scope.entries, timezone.localdate(), scope.cluster)) == TODAY
    money = with_money([life.activity])[0].money
    assert (money.agreed, money.received, money.pending) == (TODAY["agreed"], TODAY["received"], 0)
    assert (money.later_said, money.remaining) == (LATER, 70_000)
    told = sponsorship_instalments(life)
    said = ("agreed", "asked", "received", "beyond", "later")
    assert [told[name] for name in said] == [100_000, 80_000, 40_000, 300, LATER]


@pytest.mark.exhaustive(counted=True)
def test_every_page_of_the_panel_says_the_same(client, life, cast):
    client.force_login(cast[FINANCE])
    page = client.get(f"/admin/sponsorships/sponsorship/{life.pk}/change/")
    shown = {figure.label: (figure.amount, figure.later) for figure in page.context["figures"]}
    assert shown["Agreed"] == ("€100,000", LATER)
    assert shown["Received"] == ("€40,000", "")
    assert shown["Overpayment"] == ("€300", "")
    listed = dict(client.get("/admin/sponsorships/sponsorship/").context["totals"])
    assert listed["Cash accepted"] == "€100,000"
    ledger = dict(client.get("/admin/sponsorships/ledgerentry/").context["totals"])
    assert (ledger["Agreed"], ledger["Agreed, from later dates"]) == ("€100,000", "€30,000")
    figures = client.get(f"/admin/figures/{cast.chair.cluster.slug}/").content.decode()
    for name in ("agreed", "invoiced", "received", "written_off"):
        assert euros(TODAY[name]) in figures
    assert "€70,000" in figures, "what the activity still needs"


@pytest.mark.exhaustive(counted=True)
def test_the_list_of_instalments_adds_up_what_stands(client, life, cast):
    client.force_login(cast[FINANCE])
    instalments = "/admin/sponsorships/instalment/"
    listed = client.get(instalments).context
    standing = Instalment.objects.standing().filter(sponsorship=life)
    assert dict(listed["totals"])["Amounts of the list"] == "€130,000"
    assert listed["cl"].result_count == standing.count() == 4
    everything = client.get(f"{instalments}?state=everything").context
    assert everything["cl"].result_count == 5
    totals = dict(everything["totals"])
    assert totals["Amounts of the list"] == "€130,000"
    assert totals["Rescheduled or draft amounts, shown separately"] == "€20,000"


@pytest.mark.exhaustive(counted=True)
def test_the_partner_reads_the_same(client, life):
    client.force_login(life.created_by)
    page = client.get(life.get_absolute_url()).content.decode()
    assert "€100,000" in page and LATER in page and "€300" in page
    export = client.get(f"/en/my/partners/{life.partner.slug}/figures.csv").getvalue().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(export)))
    assert {row["Received"] for row in rows if row.get("Received")} >= {"40000.00"}
    assert not any("40300.00" in str(row) or "40500.00" in str(row) for row in rows)


@pytest.mark.exhaustive(counted=True)
def test_from_its_day_on_the_amendment_is_the_answer(life, cast):
    scope = of_cluster(cast.chair.cluster)
    assert Sums(scope.entries, FROM, scope.cluster).total()["agreed"] == 130_000
    assert Sums(scope.entries, FROM, scope.cluster).total()["received"] == 40_000


@pytest.mark.exhaustive(counted=True)
def test_the_nation_reads_what_the_cluster_reads(client, life, cast):
    client.force_login(cast[COORDINATOR])
    page = client.get("/admin/figures/").content.decode()
    assert "€40,000" in page and "€40,300" not in page
