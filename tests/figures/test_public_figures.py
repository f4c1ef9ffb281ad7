"""The public page counts what partners publish, real and made-up records apart, and opens the entries behind each sum."""

from decimal import Decimal

import pytest
from django.urls import reverse

from sponsorships.enums import Confidentiality
from tests.factories import make_chair, make_cluster, make_sponsorship
from tests.figures.money import entered, silent_sponsorship
from tests.figures.reading import part_of, rows_of, sums_of

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("search_index")]
PAGE = "/en/figures/"


@pytest.fixture
def clusters():
    return [make_cluster(name=f"Cluster {grant}", public_grant=Decimal(grant)) for grant in ("75000000", "285000000")]


def published(amount="100", **overrides):
    made = silent_sponsorship(**overrides)
    entered(made, "agreed", amount, "2026-01-01")
    return made


def test_it_shows_the_grants_their_sum_and_their_sources(client, clusters):
    text = client.get(PAGE).content.decode()
    assert "€360,000,000" in text and "€75,000,000" in text and "example.org" in text
    assert "No partner publishes an amount yet." in text


def test_it_counts_only_amounts_that_are_published_in_public_chairs(client, clusters):
    published("100")
    published("20", confidentiality=Confidentiality.NAME_ONLY)
    published("3", confidentiality=Confidentiality.ANONYMOUS)
    published("0.40", chair=make_chair("draft"))
    text = client.get(PAGE).content.decode()
    assert sums_of(text)["Agreed"] == "€100"
    assert "1 more sponsorship, whose partner is named but does not publish the amount" in text


def test_the_anonymous_leave_no_trace_not_even_in_a_number(client, clusters):
    published("3", confidentiality=Confidentiality.ANONYMOUS)
    text = client.get(PAGE).content.decode()
    assert "more sponsorship" not in text and "No partner publishes an amount yet." in text


def test_made_up_records_stand_apart_and_are_marked(client, clusters):
    published("100")
    published("20", origin="demonstration")
    text = client.get(PAGE).content.decode()
    assert sums_of(part_of(text, "real"))["Agreed"] == "€100"
    made_up = part_of(text, "demonstration")
    assert sums_of(made_up)["Agreed"] == "€20" and "These sponsorships are made up" in made_up


def test_nothing_tells_what_a_partner_asked_or_failed_to_pay(client, clusters):
    one = published("100")
    entered(one, "asked", "98765.43", "2026-01-01")
    entered(one, "written_off", "87654.32", "2026-01-01")
    for address in (PAGE, "/en/figures/entries/", "/en/figures.csv", "/en/figures/entries.csv"):
        text = client.get(address).getvalue().decode()
        # As pages and as files write them: bare numbers stand in addresses and tokens too.
        assert "€100" in text or "100.00" in text
        assert not [said for said in ("98,765", "98765.43", "87,654", "87654.32") if said in text]


def test_each_sum_opens_the_entries_that_add_up_to_it(client, clusters):
    published("100.10")
    published("20", origin="demonstration")
    url = dict(sums_of(client.get(PAGE).content.decode(), "href"))["Agreed"]
    text = client.get(url).content.decode()
    assert len(rows_of(text)) == 1 and sums_of(text)["Agreed"] == "€100.10"


def test_a_date_that_is_none_is_answered_with_a_sentence(client, clusters):
    published("100")
    text = client.get(PAGE + "?on=tomorrow").content.decode()
    assert "“tomorrow” is not a date: write it as" in text and sums_of(text)["Agreed"] == "€100"
    assert "is not a date of the programme" in client.get(PAGE + "?on=0001-01-01").content.decode()
    answer = client.get("/en/figures.csv?on=tomorrow")
    assert answer.status_code == 400 and "is not a date" in answer.content.decode()


def test_a_past_day_shows_what_counted_then(client, clusters):
    published("100")
    assert "No partner publishes an amount yet." in client.get(PAGE + "?on=2025-12-31").content.decode()


@pytest.mark.parametrize(
    "query", ["chair=999", "partner=x", "quarter=2026-Q5", "status=x", "figure=asked", "cluster=x"]
)
def test_unknown_entries_are_said_to_be_unknown(client, query):
    text = client.get(f"/en/figures/entries/?{query}").content.decode()
    assert "There is no" in text
    assert client.get(f"/en/figures/entries.csv?{query}").status_code == 400


def test_a_chair_tells_its_grant_and_what_is_published(client):
    chair = make_chair(
        "active", public_grant=Decimal("500"), public_grant_source="Decision 12", public_grant_on="2026-02-01"
    )
    one = published("100", chair=chair)
    entered(one, "received", "50", "2026-01-01")
    published("7", chair=chair, confidentiality=Confidentiality.NAME_ONLY)
    text = client.get(chair.get_absolute_url()).content.decode()
    assert "€500" in text and "Decision 12" in text and "€0.10" in text
    address = reverse("sponsorships:partner_detail", args=[one.partner.slug])
    assert "€50" in client.get(address).content.decode()
    assert "€50" in client.get(chair.cluster.get_absolute_url()).content.decode()


def test_a_sponsorship_that_was_never_accepted_is_not_counted(client, clusters):
    entered(make_sponsorship("in_review", cash_amount=None), "agreed", "5", "2026-01-01")
    assert "No partner publishes an amount yet." in client.get(PAGE).content.decode()


def test_the_title_says_as_known_on_which_past_day(client, field_history):
    titles = [
        client.get("/en/figures/", query).text.partition("<title>")[2].partition("</title>")[0]
        for query in ({}, {"on": "2026-01-31", "known": "2026-02-01"})
    ]
    assert "as known on 1 February 2026" in titles[1] and titles[0] and "known" not in titles[0]


def test_a_figure_that_has_a_past_is_opened_as_of_the_same_day(client, clusters):
    page = client.get(PAGE + "?on=2025-12-31").text
    assert 'href="/en/figures/map/?on=2025-12-31"' in page and 'href="/en/figures/grants/"' in page
    assert 'href="/en/figures/map/"' in client.get(PAGE).text
