"""A prepared query answers as the same query built anew, whoever asks it, in whatever language, and whatever was saved since."""

import asyncio
import datetime
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections, transaction
from django.db.models import DateField
from django.utils import timezone, translation

from chairs.models import Appointment, Chair
from clusters.models import Cluster, Theme
from core.prepared import Argument, Keys, Prepared
from core.primary_keys import any_of
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.database(quick=True)]

ended = Prepared(
    lambda: (
        Chair.objects.filter(ends_on__lt=Argument("day", DateField()), cluster=Argument("cluster"))
        .select_related("cluster")
        .order_by("pk")
    )
)
titles = Prepared(lambda: Chair.objects.order_by("pk").values_list("title", flat=True))

among = Prepared(lambda: Chair.objects.filter(pk__in=any_of(Argument("pks", Keys()))).order_by("pk"))
odd = Prepared(lambda: Chair.objects.filter(title_en="50 % of l’eau: \\ 'it''s' %s", pk__gt=Argument("above")))
not_over = Prepared(lambda: Appointment.objects.not_over().filter(chair=Argument("chair")))


def test_it_answers_as_the_query_built_anew_does():
    here, there = factories.make_cluster(), factories.make_cluster()
    for year in (2030, 2031, 2032):
        factories.make_chair("active", cluster=here, ends_on=datetime.date(year, 6, 30))
    for cluster in (here, there):
        for day in (datetime.date(2030, 6, 30), datetime.date(2032, 1, 1), datetime.date(2040, 1, 1)):
            anew = list(Chair.objects.filter(ends_on__lt=day, cluster=cluster).order_by("pk"))
            found = ended(day=day, cluster=cluster.pk)
            assert found == anew and [one.ends_on for one in found] == [one.ends_on for one in anew]
            assert {one.cluster for one in found} <= {here}


def test_it_is_one_query_and_sees_what_was_saved_since(django_assert_num_queries):
    cluster, day = factories.make_cluster(), datetime.date(2040, 1, 1)
    assert ended(day=day, cluster=cluster.pk) == []
    chair = factories.make_chair("active", cluster=cluster, ends_on=datetime.date(2030, 6, 30))
    with django_assert_num_queries(1):
        assert ended(day=day, cluster=cluster.pk) == [chair]
    Chair.objects.filter(pk=chair.pk).update(ends_on=datetime.date(2041, 6, 30))
    assert ended(day=day, cluster=cluster.pk) == []


def test_each_language_reads_its_own_text():
    factories.make_chair("active", title_en="Robots at sea", title_fr="Des robots en mer")
    for language, title in (("en", "Robots at sea"), ("fr", "Des robots en mer"), ("en", "Robots at sea")):
        with translation.override(language):
            assert titles() == [title]


def test_every_thread_asks_by_a_connection_of_its_own():
    asked = Prepared(lambda: Theme.objects.filter(pk=Argument("pk")).values_list("pk", flat=True))
    assert asked(pk=0) == []
    found = []

    def elsewhere():
        try:
            found.append(asked(pk=0))
        finally:
            connection.close()

    thread = threading.Thread(target=elsewhere)
    thread.start()
    thread.join()
    assert found == [[]]


def test_a_queryset_that_all_threads_are_given_is_asked_by_each_with_its_own_connection():
    themes = Theme.objects.filter(pk=Argument("pk")).values_list("pk", flat=True)
    asked = Prepared(lambda: themes)
    found = [asked(pk=0)]
    with ThreadPoolExecutor(1) as elsewhere:
        found.append(elsewhere.submit(asked, pk=0).result())
        elsewhere.submit(lambda: connection.close()).result()
    assert found == [[], []]


def test_a_list_of_keys_may_have_any_length():
    chairs = [factories.make_chair(), factories.make_chair()]
    assert among(pks=[chair.pk for chair in chairs]) == chairs
    assert among(pks={chairs[0].pk: "as a dictionary"}) == chairs[:1]
    assert among(pks=[]) == []
    assert among(pks=range(chairs[0].pk, chairs[0].pk + 5_000)) == chairs


def test_it_reads_every_type_of_column():
    chair = factories.make_chair("active", starts_on=datetime.date(2026, 1, 2), sources=["https://example.org"])
    (found,) = among(pks=[chair.pk])
    written = Chair.objects.get(pk=chair.pk)
    for field in Chair._meta.concrete_fields:
        assert getattr(found, field.attname) == getattr(written, field.attname), field.name


def test_each_day_has_its_own(monkeypatch):
    chair = factories.make_chair("active")
    chair.appointments.all().delete()
    post = factories.make_appointment(chair, ends_on=timezone.localdate())
    assert not_over(chair=chair.pk) == [post]
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: tomorrow)
    assert not_over(chair=chair.pk) == []


@pytest.mark.django_db(transaction=True)
def test_it_is_asked_on_the_connection_of_whoever_asks():
    """An event loop that runs in a thread has a connection of its own, which may be closed when the loop has ended."""
    asked = Prepared(lambda: Cluster.objects.filter(pk=Argument("pk")))

    async def in_a_loop() -> tuple:
        found = asked(pk=0)
        connection = connections["default"]
        connection.close()
        return connection, found

    def in_a_thread() -> bool:
        elsewhere, found = asyncio.run(in_a_loop())
        assert found == [] and elsewhere is not connections["default"]
        try:
            with transaction.atomic():  # only this connection sees it
                cluster = factories.make_cluster()
                return asked(pk=cluster.pk) == [cluster]
        finally:
            connections.close_all()

    # A thread of its own: a browser's loop may be running in this one.
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(in_a_thread).result()


def test_it_is_built_once_for_all_threads():
    built = []

    def build():
        built.append(threading.get_ident())
        return Theme.objects.filter(pk=Argument("pk")).values_list("pk", flat=True)

    asked, theme = Prepared(build), factories.make_theme(factories.make_cluster())
    found = [asked(pk=theme.pk)]
    with ThreadPoolExecutor(1) as elsewhere:
        found.append(elsewhere.submit(asked, pk=0).result())
        elsewhere.submit(lambda: connection.close()).result()
    assert (found, built) == ([[theme.pk], []], [threading.get_ident()])


@pytest.mark.django_db(transaction=True)
def test_threads_that_ask_at_once_each_read_their_own():
    chairs = [factories.make_chair("active", title=f"Chair {number}") for number in range(4)]
    asked = Prepared(lambda: Chair.objects.filter(pk=Argument("pk")).select_related("cluster"))

    def many(chair: Chair) -> list[list[Chair]]:
        try:
            return [asked(pk=chair.pk) for _time in range(20)]
        finally:
            connection.close()

    with ThreadPoolExecutor(len(chairs)) as pool:
        for chair, found in zip(chairs, pool.map(many, chairs), strict=True):
            assert found == [[chair]] * 20 and {one.title for (one,) in found} == {chair.title}


def test_a_value_that_stands_in_its_words_is_taken_as_it_is():
    chair = factories.make_chair("active", title_en="50 % of l’eau: \\ 'it''s' %s")
    factories.make_chair("active", title_en="50 of l’eau")
    assert [odd(above=pk) for pk in (0, chair.pk, 0)] == [[chair], [], [chair]]


@pytest.mark.only_on("postgresql")
def test_postgresql_keeps_what_it_made_of_the_query():
    chair = factories.make_chair("active", cluster=factories.make_cluster())
    assert [among(pks=pks) for pks in ([chair.pk], [], [0, chair.pk])] == [[chair], [], [chair]]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT generic_plans + custom_plans FROM pg_prepared_statements WHERE statement LIKE %s",
            [f'%FROM "{Chair._meta.db_table}"%jsonb_array_elements%'],
        )
        assert cursor.fetchall() == [(3,)]
