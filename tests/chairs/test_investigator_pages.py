"""An investigator keeps their chair's text and its activities, and nothing else."""

import datetime

import pytest
from django.utils import timezone

from chairs.enums import ChairStatus
from chairs.models import Activity, Chair
from clusters.enums import Role
from tests.factories import (
    make_activity,
    make_appointment,
    make_chair,
    make_contact,
    make_person,
    make_staff,
    make_user,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("field_history"), pytest.mark.usefixtures("search_index")]
NEXT_YEAR = (timezone.localdate() + datetime.timedelta(days=365)).isoformat()
ACTIVITY = {"title_fr": "Une thèse", "description_fr": "Trois ans.", "target": "150,000.00", "deadline": NEXT_YEAR}


@pytest.fixture
def chair():
    return make_chair(ChairStatus.ACTIVE, with_pi=False)


@pytest.fixture
def investigator(client, chair):
    user = make_user()
    make_appointment(chair, person=make_person(user=user))
    client.force_login(user)
    return user


def page(chair, what):
    return f"/en/my/chairs/{chair.cluster.slug}/{chair.slug}/{what}/"


def post_activity(client, chair, **change):
    return client.post(page(chair, "activities/new"), ACTIVITY | change)


def test_they_see_their_chairs_with_what_the_activities_have_gathered(client, chair, investigator):
    make_activity(chair, title_en="A thesis")
    make_chair(ChairStatus.ACTIVE, title_en="Somebody else's")
    text = client.get("/en/my/").text
    assert "A thesis" in text and "€100,000" in text
    assert "Somebody else" not in text


def test_they_post_an_activity_once_in_the_language_they_have(client, chair, investigator):
    for _click in range(2):
        assert post_activity(client, chair)["Location"] == "/en/my/"
    activity = Activity.objects.get()
    assert (activity.title, activity.target, activity.posted_by) == ("Une thèse", 150_000, investigator)
    assert activity in Activity.objects.open()


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("title_en", {"title_fr": ""}),
        ("description_en", {"description_fr": ""}),
        ("target", {"target": ""}),
        ("target", {"target": "0"}),
        ("target", {"target": "-5"}),
        ("target", {"target": "1.234"}),
        ("target", {"target": "lots"}),
        ("target", {"target": "9" * 15}),
        ("deadline", {"deadline": "2024-01-01"}),
        ("deadline", {"deadline": "soon"}),
        *((name, {name: "x" * 1_000_000}) for name in ("title_fr", "description_fr", "counterparts_en")),
    ],
)
def test_nonsense_is_refused_beside_its_field(client, chair, investigator, field, change):
    response = post_activity(client, chair, **change)
    assert response.context["form"].errors.keys() == {field}
    assert not Activity.objects.exists()


def test_they_close_an_activity_after_confirming(client, chair, investigator):
    activity = make_activity(chair)
    address = f"/en/my/activities/{activity.pk}/close/"
    client.get(address)
    assert activity in Activity.objects.open()
    client.post(address)
    assert activity not in Activity.objects.open()
    assert "already closed" in client.post(address, follow=True).text


def test_a_chair_that_takes_no_sponsor_takes_no_activity(client, chair, investigator):
    Chair.objects.update(status=ChairStatus.SUSPENDED, suspended_at=timezone.now())
    assert post_activity(client, chair)["Location"] == "/en/my/"
    assert not Activity.objects.exists()


def test_they_edit_the_plain_text_and_only_that(client, chair, investigator):
    data = {
        "summary_en": "In <b>plain</b> words.",
        "summary_fr": "En clair.",
        "title_en": "Mine now",
        "status": "closed",
    }
    assert client.post(page(chair, "text"), data | {"seen": chair.updated_at.isoformat()}).status_code == 302
    after = Chair.objects.get(pk=chair.pk)
    assert (after.summary_en, after.summary_fr) == ("In <b>plain</b> words.", "En clair.")
    assert (after.title_en, after.status) == (chair.title_en, chair.status)
    assert after.history.first().history_user == investigator


def test_a_stale_text_overwrites_nothing_and_stays_on_the_page(client, chair, investigator):
    seen = chair.updated_at.isoformat()
    client.post(page(chair, "text"), {"summary_en": "First.", "seen": seen})
    response = client.post(page(chair, "text"), {"summary_en": "Second.", "seen": seen})
    assert response.status_code == 409
    assert "Second." in response.text
    assert Chair.objects.get(pk=chair.pk).summary_en == "First."


@pytest.mark.parametrize("field", ["summary_en", "summary_fr", "description_en", "description_fr"])
def test_a_megabyte_of_text_is_refused_beside_its_field(client, chair, investigator, field):
    response = client.post(page(chair, "text"), {field: "x" * 1_000_000, "seen": chair.updated_at.isoformat()})
    assert response.context["form"].errors.keys() == {field}


@pytest.mark.exhaustive(counted=True)
@pytest.mark.parametrize("what", ["text", "activities/new"])
def test_nobody_else_gets_in(client, chair, what):
    past = make_person(user=make_user())
    make_appointment(chair, person=past, ends_on=datetime.date(2024, 12, 31))
    address, activity = page(chair, what), make_activity(chair)
    assert client.get(address)["Location"].startswith("/en/accounts/login/")
    for stranger in (past.user, make_contact().user, make_staff(make_chair().cluster)):
        client.force_login(stranger)
        assert client.get(address).status_code == client.post(address).status_code == 404
        assert client.post(f"/en/my/activities/{activity.pk}/close/").status_code == 404
    client.force_login(make_staff(chair.cluster, Role.READER))
    assert client.get(address).status_code == 403
    assert client.post(f"/en/my/activities/{activity.pk}/close/").status_code == 403


def test_what_a_source_publishes_is_not_rewritten(client, investigator, chair):
    Chair.objects.update(status=ChairStatus.SOURCED, origin="sourced")
    assert client.get(page(chair, "text")).status_code == 403


@pytest.mark.exhaustive
def test_the_list_costs_the_same_for_many_chairs_as_for_few(client, chair, investigator, django_assert_max_num_queries):
    make_activity(chair)
    with django_assert_max_num_queries(50) as few:
        client.get("/en/my/")
    for _chair in range(4):
        another = make_chair(ChairStatus.ACTIVE, with_pi=False)
        make_appointment(another, person=investigator.person)
        make_activity(another), make_activity(another)
    with django_assert_max_num_queries(len(few)):
        client.get("/en/my/")


def test_each_field_says_in_which_language_it_is_written(client, chair, investigator):
    for what in ("text", "activities/new"):
        form = client.get(page(chair, what).replace("/en/", "/fr/")).context["form"]
        said = {name[-2:]: field.widget.attrs["lang"] for name, field in form.fields.items() if name[-3] == "_"}
        assert said == {"en": "en", "fr": "fr"}
