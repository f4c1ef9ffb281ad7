"""When the composition is reviewed: at once on edits, and every night by the command."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone
from django.utils.formats import date_format

from chairs.conformity import review_all
from chairs.models import Chair
from core.models.mail import OutgoingMail
from tests import factories
from tests.chairs.admin.forms import change_url
from tests.chairs.test_conformity import days_ago, leave, make_cap
from tests.verbs import perform

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("field_history")]


def on_record(chair):
    return Chair.objects.get(pk=chair.pk).non_conforming_since


def test_an_appointment_that_is_ended_is_seen_at_once(django_capture_on_commit_callbacks):
    chair = make_cap()
    post = chair.appointments.first()
    post.ends_on = days_ago(3)
    with django_capture_on_commit_callbacks(execute=True):
        post.save()
    assert on_record(chair) == days_ago(2)
    with django_capture_on_commit_callbacks(execute=True):
        factories.make_appointment(chair)
    assert on_record(chair) is None


def test_teaching_that_is_removed_is_seen_at_once(django_capture_on_commit_callbacks):
    chair = make_cap()
    with django_capture_on_commit_callbacks(execute=True):
        chair.teaching.get().delete()
    assert on_record(chair) == timezone.localdate()


def test_a_takeover_is_seen_at_once_down_the_line(django_capture_on_commit_callbacks):
    """The first investigator's employer was taken over long ago by one that is now taken over by the second's."""
    chair = make_cap()
    first, second = (post.affiliation for post in chair.appointments.all())
    between = factories.make_institution()
    type(first).objects.filter(pk=first.pk).update(successor=between)
    between.successor = second
    with django_capture_on_commit_callbacks(execute=True):
        between.save()
    assert on_record(chair) == timezone.localdate()


def test_closing_clears_it_at_once(django_capture_on_commit_callbacks):
    chair = make_cap()
    leave(chair, days_ago(41))
    review_all()
    assert on_record(chair) == days_ago(40)
    with django_capture_on_commit_callbacks(execute=True):
        perform(chair, "close", by=factories.make_staff(chair.cluster))
    assert on_record(chair) is None


def test_one_edit_of_two_rows_is_judged_as_one(client, django_capture_on_commit_callbacks):
    """One leaves and another comes in the same save: there is nothing to tell anybody."""
    chair = make_cap()
    client.force_login(factories.make_staff(chair.cluster))
    with django_capture_on_commit_callbacks(execute=True):
        chair.appointments.first().delete()
        factories.make_appointment(chair)
    assert on_record(chair) is None
    assert not OutgoingMail.objects.exists()
    assert "Has not met its rule" not in client.get(change_url(chair)).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        chair.appointments.first().delete()
    assert on_record(chair) and OutgoingMail.objects.exists()
    assert "Has not met its rule" in client.get(change_url(chair)).content.decode()


def test_the_command_says_what_changed_and_how_many_there_are():
    chair = make_cap(title_en="A leaving chair")
    leave(chair, days_ago(100))
    out = StringIO()
    call_command("check_composition", stdout=out)
    assert f"A leaving chair: has not met its rule since {date_format(days_ago(99))}." in out.getvalue()
    assert "1 chair breaks its rule; 1 has changed." in out.getvalue()
    out = StringIO()
    call_command("check_composition", stdout=out)
    assert out.getvalue().strip() == "1 chair breaks its rule; 0 have changed."
