"""Who held a chair on a date, on its public page: named people only, and bad dates answered with a sentence."""

import datetime
import re

import pytest

from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def chair():
    chair = factories.make_chair(
        "active",
        with_pi=False,
        starts_on=datetime.date(2024, 9, 1),
        ends_on=datetime.date(2028, 8, 31),
    )
    person = factories.make_person
    post = factories.make_appointment
    post(chair, person=person(name="Ada Left"), starts_on=chair.starts_on, ends_on=datetime.date(2025, 12, 31))
    post(chair, person=person(name="Bea Came"), starts_on=datetime.date(2026, 1, 1))
    post(chair, person=person(name="Cleo Unnamed"), starts_on=chair.starts_on, consent_given_on=None)
    post(chair, person=person(name="Dora Member"), role="member")
    return chair


def answer(client, chair, on, language="en") -> str:
    page = client.get(f"/{language}/chairs/{chair.cluster.slug}/{chair.slug}/", {"on": on})
    assert page.status_code == 200
    section = re.search(r'<section[^>]*aria-labelledby="on-a-date".*?</section>', page.content.decode(), re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", section[0]).split())


def test_it_names_who_was_there_and_counts_who_is_not_named(client, chair):
    text = answer(client, chair, "2025-12-31")
    assert "Principal investigators on 31 December 2025:" in text
    assert "Ada Left" in text and "Bea Came" not in text
    assert "1 person to be announced" in text
    for kept in ("Cleo Unnamed", "Dora Member"):
        assert kept not in text


def test_the_next_day_it_names_who_came(client, chair):
    text = answer(client, chair, "2026-01-01")
    assert "Bea Came" in text and "Ada Left" not in text


def test_the_model_answers_the_same(chair):
    people = [str(post.person) for post in chair.investigators_on(datetime.date(2026, 1, 1))]
    assert people == ["Bea Came", "Cleo Unnamed"]


def test_outside_its_term_the_chair_did_not_run(client, chair):
    assert "The chair did not run on" in answer(client, chair, "2024-08-31")


def test_a_source_that_states_years_only_is_taken_at_its_word(client):
    chair = factories.make_chair("sourced", origin="sourced", start_year=2019, end_year=2024)
    name = str(chair.appointments.get().person)
    assert name in answer(client, chair, "2024-12-31")
    assert "(dates not stated)" in answer(client, chair, "2024-12-31")
    assert "did not run" in answer(client, chair, "2025-01-01")


def test_nobody_is_said_in_words(client):
    chair = factories.make_chair("active", with_pi=False)
    factories.make_appointment(chair, starts_on=datetime.date(2026, 1, 1))
    assert "No principal investigator is on record on 31 December 2025." in answer(client, chair, "2025-12-31")


@pytest.mark.parametrize("text", ["yesterday", "2026-02-30", "<b>x", "1789-07-14", "2090-01-01", "9" * 5000, "\x00"])
def test_a_bad_date_is_answered_with_a_sentence(client, chair, text):
    page = client.get(f"/en/chairs/{chair.cluster.slug}/{chair.slug}/", {"on": text}).content.decode()
    said = re.search(r'<p[^>]*role="alert">(.*?)<', page, re.S)[1]
    assert " is not a date" in said or "is a day to come" in said
    assert len(said) < 300 and "The page below is today’s." in page and "Bea Came" in page


def test_without_a_question_there_is_only_the_form(client, chair):
    assert answer(client, chair, "").endswith("stood on Show")


def test_it_answers_in_french(client, chair):
    assert "Responsables scientifiques au 31 décembre 2025" in answer(client, chair, "2025-12-31", "fr")
