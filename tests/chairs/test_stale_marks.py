"""Whatever goes round the application is marked by the database, and indexed before anybody reads."""

import itertools
import random

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from chairs.cards.reading import entries_of
from chairs.cards.writing import fresh_activity_cards, fresh_cards
from chairs.enums import PUBLIC_STATUSES, ChairStatus
from chairs.listing import ChairListing
from chairs.models import ActivityCard, Appointment, Chair, ChairCard, SearchWord, StaleMark
from chairs.search import freshness, index, lines, mark_triggers
from chairs.search.documents import documents_of, title_key
from clusters.models import Institution, InstitutionAlias, Person, Theme
from core import data_triggers
from tests.chairs import by_hand, oracle
from tests.chairs.listing import WORDS, make_directory
from tests.factories import make_activity, make_appointment, make_institution, make_person, make_theme

pytestmark = [pytest.mark.django_db, pytest.mark.database(quick=True), pytest.mark.usefixtures("search_index")]


def content(card: ChairCard | ActivityCard) -> dict[str, object]:
    """Return the values of a card's columns, to compare it with another."""
    return {field.name: getattr(card, field.attname) for field in card._meta.concrete_fields}


def assert_right():
    """Assert that nothing is marked, and that the entries and the index are what the records say."""
    assert not StaleMark.objects.exists()
    pks = list(Chair.objects.values_list("pk", flat=True))
    assert list(map(content, ChairCard.objects.order_by("pk"))) == list(map(content, fresh_cards(pks)))
    activities = sorted(fresh_activity_cards(pks), key=lambda card: card.pk)
    assert list(map(content, ActivityCard.objects.order_by("pk"))) == list(map(content, activities))
    documents = list(documents_of(pks))
    every_line = connection.cursor()
    every_line.execute("SELECT rowid FROM chairs_search")
    kept = lines.kept([pk for (pk,) in every_line.fetchall()])
    assert kept == {document.pk: lines.line_of(document) for document in documents}
    words = set().union(*(document.words for document in documents))
    assert set(SearchWord.objects.values_list("word", flat=True)) == words


@pytest.mark.exhaustive
@pytest.mark.parametrize("table", sorted({table for table, _column in by_hand.changes()}))
def test_each_column_that_is_shown_marks_and_is_put_right(table):
    assert_each_is_put_right([(of, column) for of, column in by_hand.changes() if of == table])


@pytest.mark.exhaustive
@pytest.mark.database(long=True)
def test_a_column_of_each_table_marks_and_is_put_right():
    assert_each_is_put_right(by_hand.a_few_changes())


def assert_each_is_put_right(changes):
    """One world for all of them: each change is undone before the next."""
    chair = by_hand.make_world()
    for table, column in changes:
        with transaction.atomic():
            by_hand.change(table, column, chair)
            assert StaleMark.objects.exists(), f"{table}.{column}"
            assert freshness.catch_up(), f"{table}.{column}"
            assert_right()
            transaction.set_rollback(True)


def test_what_no_list_shows_marks_nothing():
    by_hand.make_world()
    Chair.objects.update(website="https://example.org/", stated_funding="a lot")
    Appointment.objects.update(seniority="junior")
    Person.objects.update(website="https://example.org/")
    Institution.objects.update(city="Nice")
    Theme.objects.update(note="new")
    # Nor what is written as it was.
    by_hand.run("UPDATE chairs_chair SET title_en = title_en, kind_id = kind_id")
    assert not StaleMark.objects.exists()
    by_hand.run("UPDATE chairs_chair SET title_en = 'Another'")
    assert StaleMark.objects.exists()


@pytest.mark.exhaustive
def test_saves_of_the_application_leave_no_mark():
    chair = by_hand.make_world()
    for record in (chair, chair.cluster, chair.kind, chair.themes.first(), *chair.appointments.all()):
        record.name_en = record.title_en = record.name = record.title = record.laboratory = "Other"
        record.save()
    post = chair.appointments.first()
    for record in (post.person, post.affiliation, post.discipline, InstitutionAlias.objects.get()):
        record.name = "Other"
        record.save()
    chair.themes.clear()
    make_activity(chair)
    make_appointment(chair, person=make_person(name="New")).delete()
    InstitutionAlias.objects.get().delete()
    make_theme(chair.cluster).delete()
    chair.activities.all().delete()
    chair.delete()
    assert_right()


def test_a_saved_chair_costs_one_statement_more():
    chair = by_hand.make_world()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        chair.save()
    assert sum("chairs_stale" in query["sql"] for query in queries) == 1


def test_a_shared_record_is_one_mark_however_many_show_it():
    make_directory(12)
    with CaptureQueriesContext(connection) as queries:
        Theme.objects.filter(pk=Theme.objects.first().pk).update(name_en="Zephyr")
    assert len(queries) == 2 and StaleMark.objects.count() == 1
    freshness.catch_up()
    assert_right()


def test_rows_put_in_and_taken_out_by_sql_are_seen():
    chair = by_hand.make_world()
    post = chair.appointments.first()
    Appointment.objects.bulk_create([Appointment(chair=chair, person=make_person(name="Zephyrine"))])
    by_hand.run("DELETE FROM chairs_chair_themes")
    # The database refuses to delete what an entry refers to: whoever deletes by hand deletes both.
    by_hand.run("DELETE FROM chairs_activity_card")
    by_hand.run("DELETE FROM chairs_activity")
    by_hand.run("DELETE FROM clusters_institutionalias")
    by_hand.run("DELETE FROM chairs_consentevent WHERE appointment_id = %s", [post.pk])
    by_hand.run("DELETE FROM chairs_appointment WHERE id = %s", [post.pk])
    freshness.catch_up()
    assert_right()


def test_a_chair_made_published_withdrawn_and_deleted_by_sql_is_seen():
    chair = by_hand.make_world()
    values = {field.attname: getattr(chair, field.attname) for field in Chair._meta.concrete_fields}
    for act in [
        lambda: Chair.objects.bulk_create(
            [Chair(**values | {"id": None, "slug": "made", "status": ChairStatus.DRAFT})]
        ),
        lambda: Chair.objects.filter(slug="made").update(status=ChairStatus.ACTIVE),
        lambda: Chair.objects.filter(slug="made").update(title_en="Zephyrine"),
        lambda: Chair.objects.filter(slug="made").update(status=ChairStatus.DRAFT),
        lambda: by_hand.run("DELETE FROM chairs_chair WHERE slug = 'made'"),
    ]:
        act()
        freshness.catch_up()
        assert_right()


def test_what_is_undone_leaves_no_mark():
    chair = by_hand.make_world()
    with transaction.atomic():
        by_hand.change("chairs_chair", "title_en", chair)
        assert StaleMark.objects.exists()
        transaction.set_rollback(True)
    assert_right()


def test_a_rebuild_removes_every_mark():
    chair = by_hand.make_world()
    by_hand.change("chairs_chair", "title_en", chair)
    by_hand.change("clusters_person", "name", chair)
    index.rebuild()
    assert_right()


def test_the_night_catches_up_before_it_compares():
    chair = by_hand.make_world()
    by_hand.change("chairs_chair", "title_en", chair)
    call_command("check_cards", verbosity=0)
    assert_right()


def test_a_migration_may_change_a_column_that_a_trigger_looks_at():
    is_ours = mark_triggers.PREFIX
    assert any(name.startswith(is_ours) for name in data_triggers.installed(connection))
    one = type("Migration", (), {"operations": [mark_triggers.CHANGES_COLUMNS[0]("chair", "title", None)]})
    other = type("Migration", (), {"operations": []})
    mark_triggers.remove_before_columns_change("default", [(other, False)])
    assert any(name.startswith(is_ours) for name in data_triggers.installed(connection))
    mark_triggers.remove_before_columns_change("default", [(one, False)])
    assert not any(name.startswith(is_ours) for name in data_triggers.installed(connection))
    data_triggers.install(connection)
    assert data_triggers.check_triggers(databases=["default"]) == []


@pytest.fixture
def committed(transactional_db):
    """Let the test commit: inside a transaction, readers find what stands there."""


def listing(query="", **chosen):
    params = QueryDict(mutable=True)
    params["q"] = query
    for name, values in chosen.items():
        params.setlist(name, values)
    return ChairListing(params)


def random_change(chance: random.Random) -> None:
    """Change a random half of some column's rows at once."""
    some = "id % 2 = " + str(chance.randrange(2))
    other = "(SELECT id FROM {0} ORDER BY id LIMIT 1 OFFSET " + str(chance.randrange(3)) + ")"
    by_hand.run(
        chance.choice(
            [
                f"UPDATE chairs_chair SET title_en = '{chance.choice(WORDS)} {chance.choice(WORDS)}' WHERE {some}",
                f"UPDATE chairs_chair SET status = 'draft' WHERE status = 'active' AND {some}",
                "UPDATE chairs_chair SET status = 'active' WHERE status = 'draft' AND rule_id IS NOT NULL",
                f"UPDATE chairs_chair SET kind_id = {other.format('chairs_chairkind')} WHERE {some}",
                f"UPDATE chairs_chair SET start_year = {chance.randrange(2020, 2028)} WHERE {some}",
                f"UPDATE chairs_appointment SET affiliation_id = {other.format('clusters_institution')} WHERE {some}",
                f"UPDATE chairs_appointment SET discipline_id = {other.format('chairs_discipline')} WHERE {some}",
                f"UPDATE chairs_compositionrule SET is_open_to_partners = NOT is_open_to_partners WHERE {some}",
                f"DELETE FROM chairs_chair_themes WHERE {some}",
                f"UPDATE clusters_theme SET name_en = 'musée {chance.random()}' WHERE {some}",
            ]
        )
    )


def assert_lists_right(number: int, seed: int) -> None:
    """Assert of random lists what brute force over the records finds: hits, counts, orders."""
    chairs = oracle.known_chairs()
    by_pk = {chair.pk: chair for chair in Chair.objects.filter(status__in=PUBLIC_STATUSES)}
    keys = {pk: title_key(chair, "en") for pk, chair in by_pk.items()}
    for _query, chosen in oracle.random_queries(chairs, number=number, seed=seed):
        asked = listing(sort="title", **chosen)
        found = {chair.pk for chair in oracle.left(chairs, "", chosen)}
        # Nothing chosen: the list opens on the current phase.
        if any(chosen.values()):
            assert asked.pks(0, 100) == sorted(found, key=lambda pk: (keys[pk], pk)), chosen
        shown = {(page.facet.name, choice.value): choice for page in asked.facets_on_page for choice in page.choices}
        assert {key: choice.count for key, choice in shown.items() if choice.count} == oracle.counts(chairs, "", chosen)
    documents = [document for document in documents_of(by_pk) if document.is_published]
    for word in WORDS:
        assert listing(word).pks(0, 100) == oracle.ranked(documents, keys, word), word
    assert [entry.pk for entry in entries_of(sorted(by_pk))] == sorted(by_pk)


def walk(steps: int, seed: int) -> None:
    chance = random.Random(seed)
    make_directory(24, seed=seed)
    assert_lists_right(3, seed)
    for step in range(steps):
        for _change in range(chance.randrange(1, 4)):
            random_change(chance)
        assert_lists_right(3, seed + step)
        assert_right()


@pytest.mark.exhaustive
@pytest.mark.database(long=True)
def test_after_changes_by_sql_lists_are_what_brute_force_finds(committed):
    walk(steps=2, seed=3)


@pytest.mark.exhaustive
@pytest.mark.parametrize("seed", range(10, 16))
def test_after_many_changes_by_sql_lists_are_what_brute_force_finds(committed, seed):
    walk(steps=30, seed=seed)


@pytest.mark.exhaustive
@pytest.mark.database(long=True)
def test_one_reader_does_not_index_everything(committed, monkeypatch):
    monkeypatch.setattr(freshness, "BATCH_SIZE", 2)
    monkeypatch.setattr(freshness, "MAX_AT_ONCE", 4)
    make_directory(16, seed=5)
    listing()
    Chair.objects.update(acronym="ZEPHYR")
    found = listing(sort="title", phase=["all"]).pks(0, 100)
    assert StaleMark.objects.exists()
    # An entry is what the records say all the same.
    assert len(found) > 4 and all("ZEPHYR" in entry.html for entry in entries_of(found))
    for _reader in itertools.takewhile(lambda _number: StaleMark.objects.exists(), range(20)):
        listing()
    assert_right()


def test_a_database_that_takes_no_changes_is_read_as_it_is(committed, caplog):
    chair = by_hand.make_world()
    listing()
    by_hand.change("chairs_chair", "acronym", chair)

    def refuse(execute, sql, params, many, context):
        if sql.startswith(("INSERT", "UPDATE", "DELETE")) or "FOR UPDATE" in sql:
            raise DatabaseError("attempt to write a readonly database")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse):
        assert chair.pk in listing().pks(0, 10)
        assert by_hand.WORD in "".join(entry.html for entry in entries_of([chair.pk]))
    assert "Lists and search may be behind the records" in caplog.text
    listing()
    assert_right()


@pytest.mark.only_on("postgresql")
def test_a_table_emptied_whole_is_seen(committed):
    by_hand.make_world()
    by_hand.run("TRUNCATE chairs_chair_themes")
    freshness.catch_up()
    assert_right()


def test_a_shared_record_that_no_chair_shows_is_no_work():
    institution = make_institution()
    Institution.objects.filter(pk=institution.pk).update(name="Zephyr")
    assert StaleMark.objects.count() == 1
    assert freshness.catch_up()
    assert_right()
