"""What is indexed, and when the index follows a change."""

import datetime

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from chairs.enums import ChairStatus
from chairs.models import Chair, SearchWord
from chairs.search import index, lines
from chairs.search.signals import fill_again
from clusters.enums import Origin
from tests.chairs.searching import finds, make_springboard
from tests.factories import (
    make_appointment,
    make_chair,
    make_cluster,
    make_institution,
    make_kind,
    make_person,
    make_theme,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database(quick=True), pytest.mark.usefixtures("search_index")]


@pytest.fixture
def chair():
    return make_springboard()


def test_a_person_is_found_once_they_agreed_and_no_longer_when_they_changed_their_mind(chair):
    person = make_person(name="Zoé Lefèvre")
    post = make_appointment(chair, person=person, consent_given_on=None, laboratory="LIG")
    assert not finds("lefevre") and not finds("lig")
    post.consent_given_on = datetime.date(2025, 1, 1)
    post.save()
    assert finds("zoe lefevre") and finds("lig")
    person.name = "Zoé Martin"
    person.save()
    assert finds("martin") and not finds("lefevre")
    post.delete()
    assert not finds("martin")


def test_a_person_whom_a_source_names_is_found_without_their_consent():
    chair = make_chair(ChairStatus.SOURCED, origin=Origin.SOURCED)
    make_appointment(chair, person=make_person(name="Zoé Lefèvre"), consent_given_on=None)
    assert finds("lefevre")


@pytest.mark.parametrize(
    "status",
    [
        ChairStatus.DRAFT,
        ChairStatus.SUBMITTED,
        ChairStatus.CHANGES_REQUESTED,
        ChairStatus.DECLINED,
        ChairStatus.WITHDRAWN,
    ],
)
def test_a_chair_that_is_not_public_is_never_found(status):
    make_chair(status, title_en="Zebra")
    assert not finds("zebra")
    make_chair(ChairStatus.ACTIVE, title_en="Zebra")
    assert finds("zebra")


def test_a_chair_that_is_gone_leaves_no_line(chair):
    line = Chair.search_entry.related.related_model.objects.filter(pk=chair.pk)
    assert line.exists()
    chair.delete()
    assert not line.exists()


def test_changes_that_go_round_the_application_are_indexed_by_the_command(chair, capsys):
    Chair.objects.update(title_en="Zebra")
    assert not finds("zebra")
    call_command("rebuild_search_index")
    assert finds("zebra")
    assert "1 chairs are in the search index." in capsys.readouterr().out


def places() -> dict[int, str]:
    """Return where PostgreSQL keeps each line: a line that is written again lies elsewhere."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT rowid, ctid::text FROM chairs_search")
        return dict(cursor.fetchall())


@pytest.mark.only_on("postgresql")
def test_a_line_that_is_right_is_not_written_again(chair):
    other = make_chair("active", title_en="Tidal forecasts", title_fr="Prévoir les marées")
    before = places()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE chairs_search SET terms = '0wrong' WHERE rowid = %s", [other.pk])
    index.rebuild()
    after = places()
    assert before.keys() == after.keys() >= {chair.pk, other.pk}
    assert before[chair.pk] == after[chair.pk]
    assert before[other.pk] != after[other.pk]


def test_a_rebuild_mends_lines_and_words(chair):
    words = dict(SearchWord.objects.values_list("word", "languages"))
    assert "springboard" in words
    lines.write([lines.Line(chair.pk + 1000, "0tidal")], instead_of=[])
    SearchWord.objects.create(word="tidal", written="tidal")
    SearchWord.objects.filter(word="springboard").update(languages=0)
    SearchWord.objects.filter(word__in=[word for word in words if word != "springboard"][:1]).delete()
    index.rebuild()
    assert dict(SearchWord.objects.values_list("word", "languages")) == words
    with connection.cursor() as cursor:
        cursor.execute("SELECT rowid FROM chairs_search")
        assert {pk for (pk,) in cursor.fetchall()} == set(Chair.objects.values_list("pk", flat=True))


def test_an_index_that_a_migration_left_empty_is_filled_when_all_have_run(chair):
    lines.remove_all()
    assert index.is_missing() and not finds("grenoble")
    fill_again()
    assert not index.is_missing() and finds("grenoble")


def test_loading_many_records_builds_the_index_once_at_the_end():
    with index.rebuilt_afterwards():
        make_chair(ChairStatus.ACTIVE, title_en="Zebra")
        assert not finds("zebra")
    assert finds("zebra")


def test_a_chair_that_is_saved_with_its_people_is_indexed_once_at_the_end():
    chair = make_chair(ChairStatus.ACTIVE)
    with index.indexed_once():
        for number in range(2):
            make_appointment(chair, person=make_person(name=f"Okapi{number}", slug=f"okapi{number}"))
        assert not finds("okapi1")
    assert finds("okapi0") and finds("okapi1")


def test_what_fails_while_it_is_saved_leaves_the_next_save_indexed():
    with pytest.raises(ZeroDivisionError), transaction.atomic(), index.indexed_once():
        make_chair(ChairStatus.ACTIVE, title_en="Okapi")
        raise ZeroDivisionError
    assert not finds("okapi")
    make_chair(ChairStatus.ACTIVE, title_en="Zebra")
    assert finds("zebra")


def test_saving_ten_chairs_people_costs_the_index_the_same_as_one(django_assert_max_num_queries):
    cluster = make_cluster()
    for _number in range(10):
        make_chair(ChairStatus.ACTIVE, cluster=cluster)
    with django_assert_max_num_queries(35):
        index.rebuild()


def test_a_shared_record_is_saved_without_its_chairs_where_they_show_nothing_of_the_change():
    chairs = [make_chair(ChairStatus.ACTIVE, kind=make_kind()) for _number in range(3)]
    theme, institution = make_theme(chairs[0].cluster), make_institution()
    for chair in chairs:
        chair.themes.add(theme)
        make_appointment(chair, affiliation=institution)
    for record in (theme, institution):
        with CaptureQueriesContext(connection) as captured:
            record.save()
        statements = [query["sql"] for query in captured.captured_queries]
        assert not any("chairs_search" in sql or "chairs_card" in sql for sql in statements)
    theme.name_en = "Volcanoes"
    theme.save()
    institution.acronym = "VOLC"
    institution.save()
    assert finds("volcanoes") and finds("volc")
