"""The panel fetches a record once. Every page of it is walked: a new ModelAdmin needs no line here."""

from collections import Counter
from contextlib import contextmanager

import pytest
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models import Count
from django.urls import reverse

from chairs.search.index import rebuilt_afterwards
from tests.matrix import growing
from tests.matrix.rows_admin import ADMIN
from tests.matrix.visits import address, client_of
from tests.matrix.walk import OF_A_RECORD
from tests.personas import COORDINATOR, MANAGER

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("search_index", "field_history"), pytest.mark.exhaustive]
# The front page counts what waits, by public and by private tables, and reads each sort of it: here there is one of every sort.
# Two of its queries name, in the reader’s language, the records of changes and of held decisions that wait.
MAX_ON_A_PAGE, MAX_ON_A_LIST, MAX_ON_THE_FRONT_PAGE = 20, 15, 21
# A chair has more relations than the rest: its organisations, what is counted of it, its sponsors, what is due and reported; and
# a decision on it may be held. A chair's report on a year counts, while it is written, what it is filled in with: a question
# for each figure.
DEARER = {"/admin/chairs/chair/": 27, "/admin/yearly/chairyearreport/": 30}
# What a browser is sent, before it is compressed; the sections at the side are 4 kB of it.
MAX_BYTES_OF_A_PAGE, MAX_BYTES_OF_A_LIST = 124_000, 60_000
FEW, MANY = 2, 20
# What a test's own transaction adds.
FRAME = ("SAVEPOINT", "RELEASE", "ROLLBACK")


@pytest.fixture(scope="module")
def lived_in(world, django_db_blocker):
    """The world, in which several things have happened to each record, and what a process looks up once is known."""
    with django_db_blocker.unblock(), transaction.atomic():
        with rebuilt_afterwards():
            for _time in range(2):
                (
                    growing.in_chair(world),
                    growing.in_cluster(world),
                    growing.money_of_one(world),
                    growing.asked_here(world),
                )
        ContentType.objects.get_for_models(*admin.site._registry)
        for who in (MANAGER, COORDINATOR):
            client_of(world, who).get(reverse("admin:index"))
        yield world
        transaction.set_rollback(True)


@contextmanager
def noted():
    """Note each query with its parameters."""
    made: list[str] = []

    def note(execute, sql, params, many, context):
        if not sql.startswith(FRAME):
            made.append(f"{sql} {params!r}")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield made


def queries(world, who, there: str) -> list[str]:
    client = client_of(world, who)
    with noted() as made:
        response = client.get(there)
    assert response.status_code == 200, there
    return made


def size_of(world, who, there: str) -> int:
    response = client_of(world, who).get(there)
    assert response.status_code == 200, there
    return len(response.content)


def who_opens(world, page) -> str:
    """The manager, or the coordinator where only the nation looks."""
    return MANAGER if page.get_visible(world.cast[MANAGER]).exists() else COORDINATOR


def name_of(model, page: str) -> str:
    return f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}"


def fullest(model, records) -> list:
    """Return, of each status, the record on which most hangs."""
    hanging = Counter()
    for relation in model._meta.related_objects:
        key = relation.field.name
        if not relation.one_to_many or relation.related_model is None:
            continue
        rows = relation.related_model._base_manager.filter(**{f"{key}__in": records.order_by().values("pk")})
        hanging.update(dict(rows.order_by().values_list(key).annotate(number=Count("pk"))))
    found = {}
    for record in sorted(records, key=lambda record: (hanging[record.pk], record.pk)):
        found[getattr(record, "status", "")] = record
    return list(found.values())


def pages_of_records(world):
    """Yield who opens which page: for each record of the panel, in each of its statuses."""
    for model, page in admin.site._registry.items():
        who = who_opens(world, page)
        for record in fullest(model, page.get_visible(world.cast[who])):
            yield who, reverse(name_of(model, "change"), args=[record.pk])
        for step in getattr(page, "steps", ()):
            yield who, reverse(name_of(model, "change"), args=[record.pk], query={"step": step.name})
        if page.can_change(world.cast[who]) and hasattr(page, "steps"):
            yield who, reverse(name_of(model, "change"), args=[record.pk], query={"step": "all"})
        if who == MANAGER and page.can_change(world.cast[COORDINATOR], record):
            yield COORDINATOR, reverse(name_of(model, "change"), args=[record.pk])


def confirmations(world):
    """Yield the pages on which a manager confirms what they may do."""
    standard = tuple(f"_{page}" for page in OF_A_RECORD)
    for row in ADMIN:
        is_confirmed = row.post is not None and row.get[MANAGER] == 200 and row.name.startswith("admin:")
        if is_confirmed and not row.name.endswith(standard):
            yield MANAGER, address(row, world)


def repeated(made: list[str]) -> list[str]:
    return [query[:400] for query, times in Counter(made).items() if times > 1]


def most_on(there: str) -> int:
    if there == reverse("admin:index"):
        return MAX_ON_THE_FRONT_PAGE
    return next((most for start, most in DEARER.items() if there.startswith(start)), MAX_ON_A_PAGE)


def test_a_page_makes_few_queries_and_none_twice(lived_in):
    pages = [*pages_of_records(lived_in), *confirmations(lived_in), (MANAGER, reverse("admin:index"))]
    found = {(who, there): queries(lived_in, who, there) for who, there in pages}
    assert {page: len(made) for page, made in found.items() if len(made) > most_on(page[1])} == {}
    assert {page: repeated(made) for page, made in found.items() if repeated(made)} == {}
    assert len(found) > 2 * len(admin.site._registry)  # more than one status each


def test_the_front_page_asks_twice_what_waits(lived_in):
    """However many things may wait, two questions count them, and only what there is is read.

    The first is asked again only when the data moved; the second is about tables that move no version.
    """
    made = queries(lived_in, MANAGER, reverse("admin:index"))
    assert len(made) <= MAX_ON_THE_FRONT_PAGE and sum("UNION ALL" in query for query in made) == 2


def test_pages_and_lists_are_not_heavy(lived_in):
    sizes = {there: size_of(lived_in, who, there) for who, there in pages_of_records(lived_in)}
    assert {there: size for there, size in sizes.items() if size > MAX_BYTES_OF_A_PAGE} == {}
    lists_of = {name_of(model, "changelist"): page for model, page in admin.site._registry.items()}
    sizes = {name: size_of(lived_in, who_opens(lived_in, page), reverse(name)) for name, page in lists_of.items()}
    assert {name: size for name, size in sizes.items() if size > MAX_BYTES_OF_A_LIST} == {}


def test_a_list_makes_few_queries_however_many_rows_it_shows(lived_in, monkeypatch):
    few, many = {}, {}
    for found, rows in ((few, FEW), (many, MANY)):
        for model, page in admin.site._registry.items():
            monkeypatch.setattr(page, "list_per_page", rows)
            there = reverse(name_of(model, "changelist"))
            found[there] = len(queries(lived_in, who_opens(lived_in, page), there))
    assert many == few
    assert {there: number for there, number in many.items() if number > MAX_ON_A_LIST} == {}
