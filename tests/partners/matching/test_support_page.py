import datetime
from decimal import Decimal

import pytest
from django.contrib.sessions.models import Session

from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity():
    chair = factories.make_chair("active", title_en="Robots at sea", title_fr="Des robots en mer")
    return factories.make_activity(chair, title_en="A harbour robot", title_fr="Un robot de port")


def ask(client, query, language="en"):
    answer = client.get(f"/{language}/support/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_visitor_without_an_account_finds_an_activity_and_why(client, activity):
    page = ask(client, "?q=robots&budget=50,000")
    assert "A harbour robot" in page
    assert "Its page has your words: robots." in page
    assert "It still needs €100,000: all of your €50,000 has its place." in page
    assert f"?activity={activity.pk}" in page


def test_it_answers_in_french(client, activity):
    page = ask(client, "?q=robots&budget=50 000", "fr")
    assert "Un robot de port" in page
    assert "Il lui manque encore" in page


def test_nothing_is_kept_of_a_visit(client, activity):
    ask(client, "?q=robots&budget=50,000&start=2027-01-01")
    assert not Session.objects.exists()
    assert not client.cookies


def test_an_empty_wish_asks_and_answers_nothing(client, activity):
    assert "suggestion" not in ask(client, "")
    assert "suggestion" not in ask(client, "?q=&budget=")


@pytest.mark.parametrize(
    "query", ["?q=%00'&budget=abc&start=31/02/2027&theme=x&region=y&regime=z&page=-1", "?q=" + "a" * 5000]
)
def test_nonsense_is_answered_with_a_sentence(client, activity, query):
    assert 'class="errorlist"' in ask(client, query)


@pytest.mark.parametrize(
    "change",
    [
        {"non_conforming_since": datetime.date(2026, 1, 1)},
        {"ends_on": datetime.date(2020, 1, 1)},
        {"status": "suspended", "suspended_at": datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)},
        {"status": "closed", "closed_at": datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)},
    ],
)
def test_a_chair_that_takes_nobody_never_appears(client, activity, change):
    type(activity.chair).objects.filter(pk=activity.chair_id).update(**change)
    assert "0 suggestions" in ask(client, "?q=robots")


def test_an_activity_that_is_fully_funded_does_not_appear(client, activity):
    factories.make_sponsorship("accepted", chair=activity.chair, activity=activity, cash_amount=Decimal("100000.00"))
    page = ask(client, "?q=robots")
    assert "A harbour robot" not in page
    assert "A project of your own in this chair" in page
