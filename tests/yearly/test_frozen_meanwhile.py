"""A report is frozen as of one moment, whatever others record while it is."""

import json
from decimal import Decimal

import pytest
from django.db import connection
from django.urls import reverse

from core.exceptions import Refused
from sponsorships.accounting.posting import Line, post
from sponsorships.enums import EntryKind
from sponsorships.models import Sponsorship
from tests import factories
from tests.meanwhile import after_each_question, elsewhere
from tests.verbs import perform
from tests.yearly.factories import make_chair_year, make_year_report
from tests.yearly.world import DAY, YEAR, fill, first_indicators
from yearly.models import YearReport

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.database(quick=True),
    pytest.mark.usefixtures("field_history", "search_index"),
]


@pytest.fixture
def cluster():
    first_indicators()
    return factories.make_cluster()


@pytest.fixture
def manager(cluster):
    return factories.make_staff(cluster)


@pytest.fixture
def chair(cluster, manager):
    return fill(cluster, by=manager)


@pytest.fixture
def busy(chair):
    """While it lasts, ten euros more are agreed and received in the year after each question that the report asks."""
    sponsorship = Sponsorship.objects.get(chair=chair)

    def grow():
        post(sponsorship, [Line(kind, Decimal(10), on=DAY) for kind in (EntryKind.AGREED, EntryKind.RECEIVED)], on=DAY)

    return after_each_question(grow)


@pytest.mark.only_on("postgresql")
def test_all_figures_and_both_languages_of_a_frozen_report_are_of_one_moment(client, cluster, manager, busy):
    report = make_year_report(cluster, year=YEAR)
    client.force_login(manager)
    before = Sponsorship.objects.get().entries.count()
    with busy:
        address = reverse("admin:yearly_yearreport_verb", args=[report.pk, "freeze"])
        assert client.post(address, {"note": ""}).status_code == 302
    assert Sponsorship.objects.get().entries.count() > before + 10
    said = json.loads(YearReport.objects.get().payload)
    parts = {
        language: [part for indicator in content["indicators"] for part in indicator["parts"]]
        for language, content in said.items()
    }
    assert [part["figure"] for part in parts["fr"]] == [part["figure"] for part in parts["en"]]
    assert fits(parts["en"])


def fits(parts) -> bool:
    """Return whether each figure, agreed money among them, is what its lines give."""
    assert "agreed" in {part["count"] for part in parts if part["lines"]}
    return all(Decimal(part["figure"]) == sum(Decimal(line[3]) for line in part["lines"]) for part in parts)


def test_what_a_draft_says_now_is_of_one_moment_too(client, cluster, manager, busy):
    report = make_year_report(cluster, year=YEAR)
    client.force_login(manager)
    before = Sponsorship.objects.get().entries.count()
    with busy:
        said = client.get(reverse("admin:yearly_yearreport_file", args=[report.pk, "en", "json"])).json()
        slug = next(one["slug"] for one in said["indicators"] if "agreed" in [part["count"] for part in one["parts"]])
        page = client.get(reverse("admin:yearly_yearreport_records", args=[report.pk, slug]))
    assert Sponsorship.objects.get().entries.count() > before + 10
    assert fits([part for indicator in said["indicators"] for part in indicator["parts"]])
    assert fits(page.context["indicator"]["parts"])


@pytest.mark.only_on("postgresql")
def test_of_two_who_freeze_it_at_once_the_second_is_refused(cluster, manager):
    report = make_year_report(cluster, year=YEAR)

    def then_somebody_freezes_it(execute, sql, params, many, context):
        found = execute(sql, params, many, context)
        if sql.startswith("SET TRANSACTION"):
            # Takes the snapshot, as if somebody had waited for the lock.
            context["cursor"].cursor.execute("SELECT 1")
            elsewhere(lambda: perform(YearReport.objects.get(), "freeze", by=manager))
        return found

    with connection.execute_wrapper(then_somebody_freezes_it), pytest.raises(Refused, match="at the same moment"):
        perform(report, "freeze", by=manager)
    assert YearReport.objects.get().transitions.count() == 1


@pytest.mark.only_on("postgresql")
def test_the_figures_that_a_chair_hands_in_are_of_one_moment(chair, manager, busy):
    report = make_chair_year(chair, by=manager)
    with busy:
        facts = perform(report, "submit", by=manager).facts
    # All of it was received in the year: the two are counted one after the other.
    assert facts["received"] == facts["received_in_year"]
