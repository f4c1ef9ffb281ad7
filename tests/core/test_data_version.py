"""The version of the public data moves with every commit that writes any of it, in the order of the commits."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.management import call_command
from django.db import connection, connections, transaction

from clusters.models import Cluster, Theme
from core import data_triggers, data_version
from core.models import DataChange, Heartbeat
from core.one_moment import one_moment
from tests import factories

# Which tables are watched is asked of all of them: none is off limits here.
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.database(quick=True),
    pytest.mark.usefixtures("search_index", "field_history"),
]
PATIENCE = 30


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def ask(question: str):
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]


def elsewhere(act):
    """Do something in another thread, on a connection of its own, and wait until it is done."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(with_own_connection, act).result(PATIENCE)


def with_own_connection(act):
    try:
        return act()
    finally:
        connections.close_all()


def changes_of(act) -> data_version.Changes | None:
    before = data_version.current()
    act()
    return data_version.changes_since(before)


@pytest.fixture
def theme():
    return factories.make_theme(factories.make_cluster())


@pytest.fixture
def records_of_themes():
    """Let themes say which of them changed."""
    data_version.watch({"clusters_theme": "id"})
    data_triggers.install(connection)
    yield
    data_version.watch({"clusters_theme": None})
    data_triggers.install(connection)


ACTS = [
    lambda theme: theme.save(),
    lambda theme: Theme.objects.update(name_en="Other"),
    lambda theme: Theme.objects.bulk_create([new(theme, "bulk")]),
    lambda theme: Theme.objects.bulk_create([new(theme, "kept")], ignore_conflicts=True),
    lambda theme: Theme.objects.bulk_update([theme], ["name_en"]),
    lambda theme: run("UPDATE clusters_theme SET name_en = 'Other'"),
    lambda theme: run("DELETE FROM clusters_theme WHERE slug = 'bulk'"),
    lambda theme: theme.delete(),
]


def new(theme: Theme, slug: str) -> Theme:
    return Theme(cluster=theme.cluster, phase=theme.phase, name_en="New", slug=slug)


def test_whatever_writes_a_watched_table_moves_the_number_and_names_the_table(theme):
    for act in ACTS:
        before = data_version.current()
        changes = changes_of(lambda act=act: act(theme))
        assert data_version.current() > before
        assert "clusters_theme" in changes.tables
        assert elsewhere(data_version.current) == data_version.current()


@pytest.mark.only_on("sqlite")
def test_a_row_that_replaces_another_moves_it_too(theme):
    assert (
        "clusters_theme"
        in changes_of(lambda: run("INSERT OR REPLACE INTO clusters_theme SELECT * FROM clusters_theme")).tables
    )


@pytest.mark.only_on("postgresql")
def test_a_table_that_is_emptied_moves_it_too(theme):
    assert "chairs_statedpartner" in changes_of(lambda: run("TRUNCATE chairs_statedpartner")).tables
    before = data_version.current()
    # Among what goes with it are tables whose records are named one by one: no longer, after this.
    assert changes_of(lambda: run("TRUNCATE clusters_theme CASCADE")) is None
    assert data_version.current() > before


def test_what_is_private_leaves_the_number_alone(theme):
    before = data_version.current()
    Heartbeat.leave(Heartbeat.WORKERS)
    assert data_version.current() == before


def test_what_is_rolled_back_leaves_it_too(theme):
    before, rows = data_version.current(), DataChange.objects.count()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        theme.save()
        raise ZeroDivisionError
    assert (data_version.current(), DataChange.objects.count()) == (before, rows)


def test_what_is_partly_rolled_back_moves_it_for_what_is_left(theme):
    def act():
        with transaction.atomic():
            with pytest.raises(ZeroDivisionError), transaction.atomic():
                theme.save()
                raise ZeroDivisionError
            theme.cluster.save()

    def act_again():
        with transaction.atomic():
            act()
            theme.save()

    changes = changes_of(act)
    assert "clusters_cluster" in changes.tables
    assert "clusters_theme" not in changes.tables
    assert changes_of(act_again).tables >= {"clusters_cluster", "clusters_theme"}


def test_nothing_is_settled_inside_a_transaction(theme):
    assert data_version.is_settled()
    with transaction.atomic():
        assert not data_version.is_settled()
    with one_moment():
        assert not data_version.is_settled()


def test_nobody_else_sees_a_number_before_what_it_stands_for(theme):
    before = data_version.current()
    with transaction.atomic():
        theme.save()
        assert elsewhere(data_version.current) == before
    assert data_version.current() > before


@pytest.mark.only_on("postgresql")
@pytest.mark.parametrize("first", ["the one that began first", "the other"])
def test_numbers_follow_the_commits_in_either_order(theme, first):
    """Two transactions write the same table; whichever commits last has the larger number, and both are seen."""
    written, may_end = threading.Event(), threading.Event()

    def early():
        with transaction.atomic():
            Theme.objects.update(name_en="Early")
            written.set()
            assert may_end.wait(PATIENCE)

    def late():
        Cluster.objects.update(city="Late")
        return data_version.current()

    before = data_version.current()
    with ThreadPoolExecutor(1) as pool:
        ended = pool.submit(with_own_connection, early)
        assert written.wait(PATIENCE)
        if first == "the other":
            number = elsewhere(late)
            assert number > before
            may_end.set()
            ended.result(PATIENCE)
        else:
            may_end.set()
            ended.result(PATIENCE)
            number = data_version.current()
            assert elsewhere(late) > number
    assert data_version.current() > number
    # A change by SQL marks the entries of lists that show it.
    assert data_version.changes_since(number).tables - {"chairs_stale"} == {
        "clusters_theme" if first == "the other" else "clusters_cluster"
    }


@pytest.mark.only_on("postgresql")
def test_a_commit_that_waits_for_a_record_holds_no_other_up(theme):
    """A foreign key is checked at the commit, and waits for whoever locks the record: who in turn wants a number."""
    locked = threading.Event()

    def lock_and_write():
        with transaction.atomic():
            Cluster.objects.select_for_update().get(pk=theme.cluster_id)
            locked.set()
            while not ask("SELECT count(*) FROM pg_locks WHERE NOT granted"):
                pass
            Cluster.objects.filter(pk=theme.cluster_id).update(city="Other")

    def add():
        assert locked.wait(PATIENCE)
        with transaction.atomic():
            Theme.objects.filter(pk=theme.pk).update(name_en="Other")
            new(theme, "new").save()

    before = data_version.current()
    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(with_own_connection, act) for act in (lock_and_write, add)]:
            done.result(PATIENCE)
    assert data_version.changes_since(before).tables >= {"clusters_theme", "clusters_cluster"}


def test_records_are_named_where_somebody_asks(records_of_themes, theme):
    other = factories.make_theme(theme.cluster)
    assert changes_of(theme.save).records == {"clusters_theme": {theme.pk}}
    assert changes_of(lambda: Theme.objects.update(name_en="Other")).records == {"clusters_theme": {theme.pk, other.pk}}
    gone = other.pk
    assert changes_of(other.delete).records == {"clusters_theme": {gone}}


def test_a_transaction_names_each_record_once(records_of_themes, theme):
    def act():
        with transaction.atomic():
            for _time in range(3):
                theme.save()

    rows = DataChange.objects.count()
    assert changes_of(act).records == {"clusters_theme": {theme.pk}}
    assert DataChange.objects.count() - rows <= 2
    assert not DataChange.objects.filter(number=None).exists()


def test_more_records_than_are_worth_naming_are_not_named(records_of_themes, theme, monkeypatch):
    factories.make_theme(theme.cluster), factories.make_theme(theme.cluster)
    assert len(changes_of(lambda: Theme.objects.update(name_en="Each")).records["clusters_theme"]) == 3
    monkeypatch.setattr(data_version, "MAX_RECORDS", 2)
    assert changes_of(lambda: Theme.objects.update(name_en="Other")) is None


def test_a_migration_may_have_changed_anything(theme):
    before = data_version.current()
    assert changes_of(lambda: data_triggers.install(connection)) is None
    assert data_version.current() > before


def test_who_is_far_behind_or_ahead_reads_everything(theme):
    theme.save()
    now = data_version.current()
    assert data_version.changes_since(now) == data_version.Changes()
    assert data_version.changes_since(now - 1) is not None
    assert data_version.changes_since(now - data_version.KEPT_MICROSECONDS) is None
    assert data_version.changes_since(now + 1) is None


def test_the_night_forgets_what_nobody_may_ask_for_any_more(theme):
    theme.save()
    data_version.forget_old_changes()
    kept = set(DataChange.objects.values_list("pk", flat=True))
    assert kept
    old = DataChange.objects.create(number=data_version.current() - data_version.KEPT_MICROSECONDS - 1, source="old")
    call_command("forget_old_changes")
    assert set(DataChange.objects.values_list("pk", flat=True)) == kept - {old.pk}


def test_a_database_without_its_triggers_is_reported(theme):
    name = min(data_triggers.installed(connection))
    on = data_triggers.installed(connection)[name][0]
    run(data_triggers.DROP[connection.vendor].format(name=name, table=on))
    assert [found.id for found in data_triggers.check_triggers(databases=["default"])] == ["core.W001"]
    data_triggers.install(connection)
    assert data_triggers.check_triggers(databases=["default"]) == []


def test_a_table_that_is_watched_no_longer_loses_its_triggers(theme, monkeypatch):
    monkeypatch.delitem(data_version.watched, "clusters_theme")
    data_triggers.install(connection)
    before = data_version.current()
    theme.save()
    assert data_version.current() == before
