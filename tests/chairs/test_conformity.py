"""Since when a chair breaks its rule: the true first day, whatever the day on which it is found."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from chairs.composition import broken_rules_of
from chairs.conformity import review, review_all, review_together
from chairs.enums import ChairStatus
from chairs.models import Chair
from core.models.mail import OutgoingMail
from tests import factories
from tests.days import TODAY
from tests.verbs import perform

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("field_history")]


def days_ago(number: int) -> datetime.date:
    return TODAY() - datetime.timedelta(days=number)


def noon(number: int) -> datetime.datetime:
    """Return the noon of a day so many days ago. So many times 24 hours ago can be the day before, around midnight."""
    return timezone.make_aware(datetime.datetime.combine(days_ago(number), datetime.time(12)))


def make_cap(status=ChairStatus.ACTIVE, **overrides) -> Chair:
    """A CAP that obeys its rule, approved 400 days ago and begun 300 days ago."""
    kind = factories.make_kind(factories.CAP_RULE, name_en="CAP")
    values = {"starts_on": days_ago(300), "approved_at": noon(400), **overrides}
    chair = factories.make_chair(status, kind=kind, with_pi=False, **values)
    for _number in range(2):
        factories.make_appointment(chair, starts_on=chair.starts_on)
    factories.make_teaching(chair)
    return chair


def since(chair) -> datetime.date | None:
    """Review the chair as the daily task does, and return what is then on record."""
    review(chair.pk)
    return Chair.objects.get(pk=chair.pk).non_conforming_since


def leave(chair, day) -> None:
    chair.appointments.filter(pk=chair.appointments.first().pk).update(ends_on=day)


def test_a_chair_that_obeys_its_rule_has_no_date():
    chair = make_cap()
    assert since(chair) is None
    chair.teaching.all().delete()
    assert since(chair) is not None


def test_it_begins_on_the_day_after_the_investigator_s_last():
    chair = make_cap()
    leave(chair, days_ago(41))
    assert since(chair) == days_ago(40)


def test_the_last_day_itself_is_still_right():
    chair = make_cap()
    leave(chair, TODAY())
    assert since(chair) is None
    review(chair.pk, TODAY() + datetime.timedelta(days=1))
    assert Chair.objects.get(pk=chair.pk).non_conforming_since == TODAY() + datetime.timedelta(days=1)


def test_a_third_investigator_breaks_it_on_the_day_they_come():
    chair = make_cap()
    factories.make_appointment(chair, starts_on=days_ago(10))
    assert since(chair) == days_ago(10)


def test_only_the_last_of_two_breaches_counts():
    chair = make_cap()
    leave(chair, days_ago(200))
    factories.make_appointment(chair, starts_on=days_ago(150), ends_on=days_ago(20))
    assert since(chair) == days_ago(19)


def test_somebody_whose_end_is_dated_back_before_the_start_breaks_it_from_the_first_day():
    chair = make_cap(starts_on=days_ago(300))
    chair.appointments.update(starts_on=None)
    leave(chair, days_ago(310))
    assert since(chair) == days_ago(300)


def test_what_was_wrong_when_it_was_approved_counts_from_the_approval():
    chair = make_cap(starts_on=days_ago(300), approved_at=noon(100))
    chair.appointments.update(starts_on=None)
    leave(chair, days_ago(310))
    assert since(chair) == days_ago(100)


def test_a_review_says_whether_it_changed_anything():
    chair = make_cap()
    assert review(chair.pk) is False
    leave(chair, days_ago(5))
    assert review(chair.pk) is True and review(chair.pk) is False
    assert review(0) is False


def test_many_are_reviewed_together_whichever_way_the_date_moves():
    chair, other = make_cap(), make_cap()
    for last_day, expected in (
        (days_ago(9), [chair.pk]),
        (days_ago(20), [chair.pk]),
        (days_ago(3), [chair.pk]),
        (None, [chair.pk]),
    ):
        leave(chair, last_day)
        assert review_together([chair.pk, other.pk]) == expected
        assert review_together([chair.pk, other.pk]) == []


def test_an_edit_stands_though_the_review_after_it_fails(monkeypatch, django_capture_on_commit_callbacks):
    def fail(*_chairs):
        raise OSError("no database")

    chair = make_cap()
    monkeypatch.setattr("chairs.conformity.review_together", fail)
    with django_capture_on_commit_callbacks(execute=True) as called:
        factories.make_teaching(chair, title_en="Added")
    assert called and chair.teaching.filter(title_en="Added").exists()


def test_a_move_to_the_other_s_institution_counts_from_the_day_it_is_written_down():
    chair = make_cap()
    first, second = chair.appointments.all()
    chair.appointments.filter(pk=first.pk).update(affiliation=second.affiliation)
    assert since(chair) == TODAY()
    review(chair.pk, TODAY() + datetime.timedelta(days=3))
    assert Chair.objects.get(pk=chair.pk).non_conforming_since == TODAY()


def test_an_institution_that_takes_over_the_other_makes_the_two_one():
    chair = make_cap()
    first, second = (post.affiliation for post in chair.appointments.all())
    type(first).objects.filter(pk=first.pk).update(successor=second)
    assert since(chair) == TODAY()


def test_a_date_that_is_corrected_corrects_the_first_day():
    chair = make_cap()
    leave(chair, days_ago(41))
    since(chair)
    leave(chair, days_ago(31))
    assert since(chair) == days_ago(30)


def test_mending_clears_the_date_and_both_stand_in_the_history():
    chair = make_cap()
    leave(chair, days_ago(5))
    since(chair)
    leave(chair, None)
    assert since(chair) is None
    kept = list(chair.history.order_by("history_id").values_list("non_conforming_since", flat=True))
    assert kept == [None, days_ago(4), None]


def test_a_chair_that_has_not_begun_is_judged_on_its_first_day():
    first_day = TODAY() + datetime.timedelta(days=30)
    chair = make_cap(ChairStatus.APPROVED, starts_on=first_day)
    assert since(chair) is None
    chair.appointments.first().delete()
    assert since(chair) == first_day


def test_appointments_that_end_with_the_chair_do_not_break_it():
    chair = make_cap(ends_on=days_ago(5))
    chair.appointments.update(ends_on=days_ago(5))
    assert since(chair) is None
    Chair.objects.filter(pk=chair.pk).update(ends_on=days_ago(4))
    assert since(chair) == days_ago(4)


def test_a_chair_past_its_end_has_the_day_on_which_it_began_to_break_its_rule():
    chair = make_cap(ends_on=days_ago(5))
    leave(chair, days_ago(41))
    assert since(chair) == days_ago(40)


def test_what_is_to_come_does_not_begin_a_breach_of_today():
    chair = make_cap()
    leave(chair, days_ago(41))
    factories.make_appointment(
        chair, starts_on=TODAY() + datetime.timedelta(days=10), ends_on=TODAY() + datetime.timedelta(days=30)
    )
    assert since(chair) == days_ago(40)


@pytest.mark.parametrize("status", ["draft", "submitted", "changes_requested", "declined", "withdrawn", "closed"])
def test_a_chair_that_is_not_approved_or_is_over_is_not_watched(status):
    chair = make_cap(status)
    leave(chair, days_ago(41))
    assert broken_rules_of(chair) != [] and since(chair) is None


def test_a_chair_from_a_source_is_what_the_source_says():
    kind = factories.make_kind(factories.CAP_RULE)
    chair = factories.make_chair("sourced", origin="sourced", with_pi=False, kind=kind)
    assert broken_rules_of(chair) != [] and since(chair) is None


def test_closing_ends_the_matter():
    chair = make_cap()
    leave(chair, days_ago(41))
    review(chair.pk)
    perform(chair, "close", by=factories.make_staff(chair.cluster))
    assert [found.pk for found in review_all()] == [chair.pk]
    assert Chair.objects.get(pk=chair.pk).non_conforming_since is None


def test_it_stays_public_and_takes_sponsors():
    chair = make_cap()
    leave(chair, days_ago(41))
    since(chair)
    assert Chair.objects.published().fundable().filter(pk=chair.pk).exists()


def test_managers_are_told_once(django_capture_on_commit_callbacks):
    chair = make_cap()
    manager = factories.make_staff(chair.cluster, language="fr")
    factories.make_staff(chair.cluster, "editor")
    factories.make_staff(factories.make_cluster())
    leave(chair, days_ago(41))
    for _day in range(3):
        review_all()
    (mail,) = OutgoingMail.objects.all()
    assert mail.recipient == manager
    assert f"/admin/chairs/chair/{chair.pk}/change/" in mail.text
    assert "exactement 2 responsables scientifiques" in " ".join(mail.text.split()) and chair.title_fr in mail.subject


def test_who_breaks_it_again_is_told_again():
    chair = make_cap()
    factories.make_staff(chair.cluster)
    for day in (days_ago(41), None, days_ago(3)):
        leave(chair, day)
        review_all()
    assert OutgoingMail.objects.count() == 2


def test_reviewing_many_chairs_that_obey_costs_the_queries_of_a_few():
    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert review_all() == []
        return len(captured)

    for _number in range(2):
        make_cap()
    few = queries()
    for _number in range(6):
        chair = make_cap()
        left = chair.appointments.first().affiliation
        type(left).objects.filter(pk=left.pk).update(successor=factories.make_institution())
    assert queries() == few


def test_an_institution_of_many_chairs_is_saved_with_the_queries_of_one_of_few(django_capture_on_commit_callbacks):
    def queries(institution):
        with CaptureQueriesContext(connection) as captured, django_capture_on_commit_callbacks(execute=True):
            institution.save()
        return len(captured)

    chairs = [make_cap() for _number in range(5)]
    institution = chairs[0].appointments.first().affiliation
    few = queries(institution)
    for chair in chairs[1:]:
        chair.appointments.filter(pk=chair.appointments.first().pk).update(affiliation=institution)
    assert queries(institution) == few
