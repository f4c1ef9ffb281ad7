"""When the composition is reviewed: at once on edits, every night by the worker, and by hand with the command."""

import datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.models import OutgoingMail
from chairs import tasks
from chairs.conformity import review_all
from chairs.models import Chair
from clusters import nightly
from clusters.lifecycle import perform
from tests import factories
from tests.chairs.admin.forms import change_url
from tests.chairs.test_conformity import days_ago, leave, make_cap

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("field_history")]
DATABASE_BACKEND = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}


@pytest.fixture
def worker(settings):
    """Tasks are kept in the database, as they are outside the tests."""
    settings.TASKS = DATABASE_BACKEND


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
    assert "Breaks its rule" not in client.get(change_url(chair)).content.decode()


def test_the_command_says_what_changed_and_how_many_there_are():
    chair = make_cap(title_en="A leaving chair")
    leave(chair, datetime.date(2026, 3, 16))
    chair.starts_on = datetime.date(2026, 1, 1)
    Chair.objects.filter(pk=chair.pk).update(starts_on=chair.starts_on)
    out = StringIO()
    call_command("check_composition", stdout=out)
    assert "A leaving chair: breaks its rule since 17 March 2026." in out.getvalue()
    assert "1 chair breaks its rule; 1 has changed." in out.getvalue()
    out = StringIO()
    call_command("check_composition", stdout=out)
    assert out.getvalue().strip() == "1 chair breaks its rule; 0 have changed."


def test_the_command_queues_the_worker_s_visit_once(worker):
    for _time in range(3):
        call_command("check_composition", verbosity=0)
    (visit,) = DBTaskResult.objects.all()
    assert timezone.localtime(visit.run_after).time() == nightly.HOUR
    assert timezone.localdate(visit.run_after) == timezone.localdate() + datetime.timedelta(days=1)


def test_a_visit_reviews_and_queues_the_next_before_it_does(worker, monkeypatch):
    chair = make_cap()
    leave(chair, days_ago(41))
    assert tasks.review_compositions.call() == 1
    assert on_record(chair) == days_ago(40)
    DBTaskResult.objects.all().delete()
    monkeypatch.setattr(tasks, "review_all", lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        tasks.review_compositions.call()
    assert nightly.is_waiting(tasks.review_compositions)


def test_two_visits_that_were_queued_together_become_one(worker):
    for _worker in range(2):
        tasks.review_compositions.using(run_after=nightly.next_visit()).enqueue()
    for visit in DBTaskResult.objects.all():
        DBTaskResult.objects.filter(pk=visit.pk).update(status="SUCCESSFUL")
        visit.task.call()
    assert DBTaskResult.objects.filter(status="READY").count() == 1


def test_the_next_visit_is_by_the_clock_of_the_place():
    """On the night on which summer time ends, the day has 25 hours."""
    evening = datetime.datetime(2026, 10, 24, 22, 30, tzinfo=datetime.UTC)
    assert timezone.localtime(nightly.next_visit(evening)).isoformat() == "2026-10-26T00:10:00+01:00"
