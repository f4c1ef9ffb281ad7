"""The chair's form in steps: one record, of which each page shows and saves a part. Nothing typed is lost on the way."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

from chairs.admin.fieldsets import Part
from chairs.models import Chair
from tests import factories
from tests.chairs.admin.forms import investigator, only_chair, rows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("search_index")]
PEOPLE = re.compile(r'name="appointments-\d+-person"')


def there(chair, step: str) -> str:
    return reverse("admin:chairs_chair_change", args=[chair.pk], query={"step": step})


def bar_of(page: str) -> str:
    return page.partition('<nav class="steps"')[2].partition("</nav>")[0]


def seen(client, chair, step: str) -> dict:
    """Return the hidden field that says what the reader has seen."""
    found = re.search(r'name="seen" value="([^"]*)"', client.get(there(chair, step)).text)
    return {"seen": found.group(1)} if found else {}


@pytest.fixture
def draft(cluster, kind):
    return factories.make_chair("draft", with_pi=False, cluster=cluster, kind=kind)


def test_a_chair_is_registered_step_by_step(client, editor, cluster, kind):
    add = reverse("admin:chairs_chair_add")
    page = client.get(add).text
    assert 'name="title_en"' in page and not PEOPLE.search(page) and 'name="summary_en"' not in page
    what = {
        "cluster": cluster.pk,
        "kind": kind.pk,
        "phase": factories.make_phase().pk,
        "title_fr": "Jumeaux",
        "slug": "",
    }
    answer = client.post(f"{add}?step=what", {**what, "_go_on": "1"})
    chair = only_chair()
    assert answer.url == there(chair, "words") and chair.status == "draft" and chair.registered_by == editor
    words = {**seen(client, chair, "words"), "summary_fr": "Des jumeaux.", "website": ""}
    assert client.post(there(chair, "words"), {**words, "_step": "people"}).url == there(chair, "people")
    people = {**seen(client, chair, "people"), **rows("appointments", [investigator()]), **rows("organisations", [])}
    assert client.post(there(chair, "people"), {**people, "_go_on": "1"}).url == there(chair, "teaching")
    chair = only_chair()
    assert (chair.title_fr, chair.summary_fr, chair.appointments.count()) == ("Jumeaux", "Des jumeaux.", 1)


def test_the_bar_says_where_one_is_and_what_is_missing(client, editor, draft):
    bar = bar_of(client.get(there(draft, "words")).text)
    assert 'aria-current="step">2. In words<' in bar and "The summary is still to be written." in bar
    missing = re.findall(r'class="step-misses">.*?\d\. ([^<]+)<', bar, re.DOTALL)
    assert missing[0] == "In words" and "Teaching and results" in missing and "Sources and registration" not in missing
    Chair.objects.filter(pk=draft.pk).update(summary_fr="Un résumé.")
    assert bar_of(client.get(there(draft, "people")).text).count("step-misses") == len(missing) - 1


def test_a_step_that_is_refused_comes_back_as_it_was_filled_in(client, editor, draft):
    sent = {**seen(client, draft, "money"), "starts_on": "2027-09-01", "ends_on": "2020-01-01", **rows("shares", [])}
    answer = client.post(there(draft, "money"), {**sent, "_step": "people"})
    assert answer.status_code == 200 and 'value="2020-01-01"' in answer.text and "mistakes" in answer.text
    assert not only_chair().ends_on or str(only_chair().ends_on) != "2020-01-01"


def test_a_step_that_came_after_the_session_had_ended_is_there_again(client, editor, draft):
    page = client.get(there(draft, "words")).text
    mark = re.search(r'name="typed_by" value="([^"]+)"', page).group(1)
    Session.objects.all().delete()
    answer = client.post(there(draft, "words"), {"typed_by": mark, "summary_en": "Typed in vain?", "_go_on": "1"})
    assert "login" in answer.url
    client.force_login(editor)
    assert "Typed in vain?" not in client.get(there(draft, "what")).text
    page = client.get(there(draft, "words")).text
    assert "Typed in vain?" in page and "Not saved yet" in page


def test_who_only_looks_changes_nothing(client, editor, draft):
    before = draft.history.count()
    sent = {**seen(client, draft, "activities"), **rows("activities", [])}
    assert client.post(there(draft, "activities"), {**sent, "_step": "money"}).url == there(draft, "money")
    assert draft.history.count() == before
    sent = {**seen(client, draft, "words"), "summary_en": "Now it is said.", "website": ""}
    client.post(there(draft, "words"), {**sent, "_step": "money"})
    assert draft.history.count() == before + 1


def test_a_submitted_chair_is_held_to_its_rule_on_each_step(client, editor, cluster, kind):
    chair = factories.make_chair("submitted", cluster=cluster, kind=kind)
    people = list(chair.appointments.order_by("pk"))
    gone = [
        {"id": one.pk, "chair": chair.pk, "person": one.person_id, "role": one.role, "DELETE": "on"} for one in people
    ]
    sent = {**rows("appointments", gone, initial=len(gone)), **rows("organisations", [])}
    answer = client.post(there(chair, "people"), {**seen(client, chair, "people"), **sent, "_go_on": "1"})
    assert answer.status_code == 200 and chair.appointments.count() == len(people) > 0


def test_whoever_prefers_the_whole_form_has_it_from_then_on(client, editor, draft):
    change = reverse("admin:chairs_chair_change", args=[draft.pk])
    assert not PEOPLE.search(client.get(change).text)
    whole = client.get(there(draft, "all")).text
    assert PEOPLE.search(whole.replace("__prefix__", "0")) and 'name="summary_en"' in whole
    assert 'name="summary_en"' in client.get(change).text
    client.get(there(draft, "what"))
    assert 'name="summary_en"' not in client.get(change).text


def test_a_step_that_there_is_not_is_not_found(client, editor, draft):
    assert client.get(there(draft, "nonsense")).status_code == 404
    assert [client.get(there(draft, step)).status_code for step in Part] == [200] * len(Part)


@pytest.mark.exhaustive(counted=True)
def test_a_step_asks_and_sends_less_than_the_whole_form(client, editor, draft, django_assert_max_num_queries):
    whole = len(client.get(there(draft, "all")).content)
    for step in Part:
        client.get(there(draft, step))
        with django_assert_max_num_queries(20):
            page = client.get(there(draft, step))
        assert len(page.content) < whole, step
