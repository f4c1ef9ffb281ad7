"""A chair's page as it stood on a day that is over: people, status and money by their dates, and nobody who hides today."""

import datetime

import pytest
from django.utils import timezone

from chairs.models import ChairTransition
from tests.factories import make_appointment, make_chair, make_person
from tests.figures.money import entered, silent_sponsorship

pytestmark = [pytest.mark.django_db, pytest.mark.database]
DAY = "2025-04-07"
YEAR = [
    ("submit", "draft", "submitted", 1),
    ("approve", "submitted", "approved", 3),
    ("activate", "approved", "active", 9),
]


def page_of(client, chair, on="", language="en") -> str:
    answer = client.get(f"/{language}/chairs/{chair.cluster.slug}/{chair.slug}/", {"on": on} if on else {})
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


@pytest.fixture
def chair():
    """A chair that was approved in March 2025 and runs since September."""
    chair = make_chair("active", with_pi=False, title_en="Robots")
    for verb, source, target, month in YEAR:
        at = timezone.make_aware(datetime.datetime(2025, month, 10))
        ChairTransition.objects.create(record=chair, verb=verb, source=source, target=target, at=at)
    make_appointment(chair, person=make_person(name="Ada Left"), ends_on=datetime.date(2025, 12, 31))
    make_appointment(chair, person=make_person(name="Bea Came"), starts_on=datetime.date(2026, 1, 1))
    return chair


def test_people_and_status_are_those_of_the_day(client, chair):
    today, then = page_of(client, chair), page_of(client, chair, DAY)
    assert "Bea Came" in today and "<span>Running</span>" in today
    assert "As it stood on 7 April 2025." in then and f'href="{chair.get_absolute_url()}">See it as it is today' in then
    assert "Ada Left" in then and "Bea Came" not in then and 'id="formerly"' not in then
    assert "<span>Starting soon</span>" in then and "<dd>Starting soon</dd>" in then


def test_search_engines_keep_the_page_of_today(client, chair):
    assert 'content="noindex"' not in page_of(client, chair)
    then = page_of(client, chair, DAY)
    assert 'content="noindex"' in then and f'{chair.get_absolute_url()}">' in then.partition('rel="canonical"')[2][:200]
    assert "Fund research in this chair" not in then


@pytest.mark.parametrize("goes", ["hides", "leaves without consent"])
def test_who_may_not_be_named_today_is_not_named_then(client, chair, goes):
    post = chair.appointments.get(person__name="Ada Left")
    if goes == "hides":
        post.person.is_hidden = True
        post.person.save()
    else:
        post.consent_given_on = None
        post.save()
    then = page_of(client, chair, DAY)
    assert "As it stood on" in then and "No principal investigator is on record" in then
    assert "Ada Left" not in then and "To be announced" not in then


def test_a_kept_page_follows_who_hides(client, chair):
    assert "Ada Left" in page_of(client, chair, DAY)
    person = chair.appointments.get(person__name="Ada Left").person
    person.is_hidden = True
    person.save()
    assert "Ada Left" not in page_of(client, chair, DAY)


def test_a_chair_that_was_not_public_says_since_when_it_is(client, chair):
    then = page_of(client, chair, "2025-02-01")
    assert "This chair was not public on 1 February 2025: it has been since 10 March 2025." in then
    assert "Ada Left" not in then
    assert "n’était pas publique le 2 février 2025" in page_of(client, chair, "2025-02-02", "fr")


def test_a_source_says_when_it_begins(client):
    chair = make_chair("sourced", origin="sourced", start_year=2024)
    assert "had not begun on 1 May 2023: it begins in 2024." in page_of(client, chair, "2023-05-01")


def test_what_is_not_public_today_was_nothing_then(client, chair):
    hidden = make_chair("draft")
    there = hidden.get_absolute_url()
    assert client.get(there, {"on": DAY}).status_code == 404
    assert client.get(chair.get_absolute_url(), {"on": DAY}).status_code == 200


def test_money_is_what_had_effect_by_the_day(client, chair):
    chair.public_grant, chair.public_grant_source = 50_000, "Decision 12"
    chair.public_grant_on = datetime.date(2025, 6, 1)
    chair.save()
    made = silent_sponsorship(chair=chair)
    entered(made, "agreed", "100", "2025-04-07")
    entered(made, "agreed", "23", "2025-04-08")
    assert "€123" in page_of(client, chair) and "€50,000" in page_of(client, chair)
    then = page_of(client, chair, DAY)
    assert "€100" in then and str(made.partner) in then and "on=2025-04-07" in then
    assert "€123" not in then and "€50,000" not in then
    before = page_of(client, chair, "2025-04-06")
    assert "As it stood on" in before and str(made.partner) not in before and "€100" not in before


def test_it_asks_no_more_than_the_page_of_today(client, chair, django_assert_max_num_queries):
    make_appointment(chair, person=make_person(name="Cleo More"))
    page_of(client, chair)
    with django_assert_max_num_queries(7):
        assert "Cleo More" in page_of(client, chair, DAY)
