"""Staff close an activity, or raise its target, each on a page that asks first."""

from decimal import Decimal

import pytest
from django.urls import reverse

from chairs.models import Activity
from tests import factories
from tests.chairs.admin.forms import of_innovation, rows
from tests.personas import EDITOR, READER

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity(cast):
    return factories.make_activity(cast.chair, target=Decimal("100000.00"))


@pytest.fixture
def editor(client, cast):
    client.force_login(cast[EDITOR])
    return client


def address(page, activity, *args):
    return reverse(f"admin:chairs_activity_{page}", args=[activity.pk, *args])


def test_its_page_offers_both_and_tells_what_happened(editor, activity):
    page = editor.get(address("change", activity)).content.decode()
    assert "Close the activity…" in page and "Raise the target…" in page and "Nothing yet." in page
    editor.post(address("verb", activity, "close"), {"note": "Funded elsewhere."})
    page = editor.get(address("change", activity)).content.decode()
    assert "Funded elsewhere." in page and "This activity is already closed." in page


def test_looking_at_the_confirmation_does_nothing(editor, activity):
    page = editor.get(address("verb", activity, "close"))
    assert page.status_code == 200 and 'name="note"' in page.text
    assert not Activity.objects.get(pk=activity.pk).is_closed()


def test_two_clicks_on_close_are_one_line(editor, activity):
    editor.post(address("verb", activity, "close"))
    again = editor.post(address("verb", activity, "close"))
    assert "already closed" in again.content.decode()
    assert activity.transitions.count() == 1


@pytest.mark.parametrize(
    ("target", "note", "sentence"),
    [
        ("", "Why.", "This field is required."),
        ("banana", "Why.", "Write the amount in figures"),
        ("-5", "Why.", "An amount cannot be negative."),
        ("150000.001", "Why.", "Write at most two decimals"),
        ("9" * 30, "Why.", "check the number of zeros"),
        ("120000000.01", "Why.", "check the number of zeros"),
        ("90000", "Why.", "it can only be raised"),
        ("150000", "", "Say why"),
    ],
)
def test_a_wrong_target_is_refused_beside_its_field(editor, activity, target, note, sentence):
    response = editor.post(address("verb", activity, "raise_target"), {"target": target, "note": note})
    assert sentence in response.content.decode()
    assert Activity.objects.get(pk=activity.pk).target == Decimal("100000.00")


def test_a_right_one_is_raised(editor, activity):
    response = editor.post(address("verb", activity, "raise_target"), {"target": "150000.50", "note": "Two theses."})
    assert response.status_code == 302
    assert Activity.objects.get(pk=activity.pk).target == Decimal("150000.50")


def test_who_only_reads_is_told_who_may(client, cast, activity):
    client.force_login(cast[READER])
    response = client.post(address("verb", activity, "raise_target"), {"target": "150000", "note": "Why."})
    assert response.status_code == 403
    assert "Editors and managers of the cluster raise a target." in response.content.decode()


def test_the_chairs_own_page_does_not_change_a_target_that_partners_have_read(editor, cast, activity):
    there = reverse("admin:chairs_chair_change", args=[cast.chair.pk], query={"step": "all"})
    assert address("change", activity) in editor.get(there).content.decode()
    row = {"id": activity.pk, "chair": cast.chair.pk, "title_en": "Another", "description_en": "More.", "target": "1"}
    post = cast.chair.appointments.get()
    held = {
        "id": post.pk,
        "chair": cast.chair.pk,
        "person": post.person_id,
        "role": "pi",
        "affiliation": post.affiliation_id,
    }
    data = {"title_en": cast.chair.title_en, "phase": cast.chair.phase_id}
    data |= (
        rows("appointments", [held], initial=1)
        | rows("teaching", [])
        | rows("activities", [row], initial=1)
        | rows("shares", [])
        | of_innovation()
    )
    assert editor.post(there, data).status_code == 302
    saved = Activity.objects.get(pk=activity.pk)
    assert (saved.title_en, saved.target) == ("Another", Decimal("100000.00"))


def test_the_list_tells_the_open_from_the_rest(editor, activity):
    suspended = factories.make_activity(factories.make_chair("suspended", cluster=activity.chair.cluster))
    past = factories.make_activity(activity.chair, deadline="2020-01-01")

    def listed(query):
        return set(editor.get(f"/admin/chairs/activity/{query}").context["cl"].queryset)

    assert listed("?open=yes") == {activity}
    assert listed("?open=no") == {suspended, past}


def test_amounts_are_written_as_everywhere(editor, activity):
    assert "€100,000" in editor.get(address("change", activity)).content.decode()
