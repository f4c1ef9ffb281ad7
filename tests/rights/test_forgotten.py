"""Somebody whose name, addresses and numbers stand everywhere is anonymised: then they stand nowhere but where the law keeps them."""

import io
import re
import zipfile

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.core.files.base import ContentFile
from django.db import DatabaseError, OperationalError, connection, models, transaction
from django.utils import timezone

from accounts.models import User
from chairs.search.index import rebuild
from clusters.models import Person
from core.exceptions import Refused
from core.models import ActAtOnce, ListExport, Merge
from core.storage import kept_names
from imports.models import Import, ImportFile
from partners.models import OfficeContact
from rights.anonymising import anonymise, close_account
from rights.forgetting import KEPT, NAMED
from tests import factories
from tests.imports.factory import make_import
from tests.matrix.canaries import our_models, texts
from tests.matrix.test_canaries import EMPTY, in_json
from tests.matrix.wordy import write_words
from tests.matrix.world import make_world
from tests.personas import COORDINATOR, MANAGER

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("field_history", "search_index")]
NAME, FAMILY = "Zoë Quillfeather", "Quillfeather"
EMAIL, ORCID, PHONE = "zq@hidden.example", "0000-0002-1825-0097", "+33 6 98 76 54 32"
# In whatever way it is written: a word cut to its stem, the address of a list.
TRACES = re.compile(r"quillfeath|zq@hidden|zq%40hidden|0000-0002-1825-0097|98 76 54 32", re.IGNORECASE)
WAYS = (
    f"{NAME}, {EMAIL}, {ORCID}, {PHONE}",
    f"q={NAME.replace(' ', '+').replace('ë', '%C3%AB')}&to=zq%40hidden.example",
    f"{FAMILY.upper()} Zoe",
    NAME,
    ORCID,
)


@pytest.fixture
def person(cast):
    user = factories.make_user(EMAIL, name=NAME)
    return factories.make_person(
        name=NAME, family_name=FAMILY, slug="zoe-quillfeather", orcid=ORCID, user=user, contact_email=EMAIL
    )


def write_everywhere() -> set[str]:
    """Write somebody's name into a record of each kind, each text of it. Return which texts have it."""
    number, written = 0, set()
    for model in [*our_models(), LogEntry]:
        for field in texts(model):
            # Whose name holds this one is a namesake.
            is_name = model in NAMED and field.name == "name"
            if not is_name and (record := model._base_manager.exclude(pk__in=own(model)).order_by("pk").first()):
                number += 1
                if write(record, field, number):
                    written.add(f"{model._meta.label}.{field.name}")
    return written


def own(model) -> list[int]:
    return list(model.objects.filter(name=NAME).values_list("pk", flat=True)) if model in (Person, User) else []


def write(record, field, number) -> bool:
    if isinstance(field, models.JSONField):
        ways = [in_json(WAYS[0], getattr(record, field.attname) or EMPTY.get(field.name, [WAYS[0]]))]
    elif isinstance(field, models.EmailField):
        ways = [EMAIL]
    elif isinstance(field, models.URLField):
        ways = [f"https://example.org/{WAYS[1]}"]
    else:
        ways = [way for way in (*WAYS[number % 3 :], *WAYS[: number % 3]) if len(way) <= (field.max_length or 999)][:1]
    for way in ways:
        try:
            with transaction.atomic():
                return bool(type(record)._base_manager.filter(pk=record.pk).update(**{field.attname: way}))
        except DatabaseError:  # a rule of the database
            pass
    return False


def tables_with_a_trace() -> set[str]:
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            try:
                cursor.execute(f'SELECT * FROM "{table}"')
            except OperationalError:  # a list of terms of SQLite's, which is made of another table
                continue
            if any(TRACES.search(str(value)) for row in cursor.fetchall() for value in row):
                found.add(table)
    return found


def tables_of(labels) -> set[str]:
    return {apps.get_model(label)._meta.db_table for label in labels}


def imported(cluster, name, content, status="entered", **said) -> ImportFile:
    batch = make_import(cluster, status=status, **said)
    kind = name.rpartition(".")[2]
    kept = ContentFile(content, name)
    return ImportFile.objects.create(batch=batch, name=name, kind=kind, size=len(content), sha256="00", file=kept)


def workbook(text) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", f"<sst><si><t>{text}</t></si></sst>")
    return made.getvalue()


@pytest.mark.exhaustive(always=True)
def test_whose_name_stands_everywhere_is_named_nowhere():
    world = make_world()
    write_words(world)
    user = factories.make_user(EMAIL, name=NAME)
    person = factories.make_person(name=NAME, family_name=FAMILY, slug="zoe-quillfeather", orcid=ORCID, user=user)
    Person.objects.filter(pk=person.pk).update(contact_email=EMAIL)
    person.refresh_from_db()
    OfficeContact.objects.create(
        partner=world.company, cluster=world.cluster, name=NAME, email=EMAIL, phone=PHONE, added_by=world.cast[MANAGER]
    )
    LogEntry.objects.create(user=world.cast[MANAGER], action_flag=2, object_repr=NAME, change_message="[]")
    Import.objects.update(status="entered", entered_at=timezone.now(), entered_by=world.cast[MANAGER])
    written = write_everywhere()
    rebuild()
    assert len(written) > 400 and "core.ActAtOnce.lines" in written and "core.ListExport.filters" in written
    before = tables_with_a_trace()
    assert {"core_actatonce", "chairs_searchword", "chairs_card", "imports_importline", "django_admin_log"} <= before
    anonymise(person, by=world.cast[MANAGER])
    assert tables_with_a_trace() <= tables_of(KEPT)


def test_the_imported_tables_are_deleted_and_no_others(cast, person, django_capture_on_commit_callbacks):
    here = {"entered_at": timezone.now(), "entered_by": cast[MANAGER]}
    table = imported(cast.cluster, "portfolio.xlsx", workbook(f"{FAMILY.upper()} ZOË"), **here)
    lines = imported(cast.cluster, "contacts.csv", f"name;phone\n{NAME};1\n".encode("cp1252"), **here)
    named = imported(cast.cluster, "zoe-quillfeather.csv", b"name\n", **here)
    other = imported(cast.cluster, "others.xlsx", workbook("Zoë Quill"), **here)
    signed = imported(cast.cluster, "signed.pdf", f"%PDF {NAME}".encode(), **here)
    with django_capture_on_commit_callbacks(execute=True):
        anonymise(person, by=cast[MANAGER])
    assert set(ImportFile.objects.filter(sha256="00")) == {other, signed}
    there = set(kept_names())
    assert {other.file.name, signed.file.name} <= there
    assert not there.intersection(one.file.name for one in (table, lines, named))


def test_an_import_that_waits_is_ended_first(cast, person):
    imported(cast.cluster, "portfolio.xlsx", workbook(NAME), status="ready")
    with pytest.raises(Refused, match="enter or discard it first"):
        anonymise(person, by=cast[MANAGER])
    assert Person.objects.get(pk=person.pk).name == NAME and ImportFile.objects.exists()


def test_a_namesake_keeps_their_name_and_loses_nothing(cast, person):
    namesake = factories.make_person(name=NAME)
    taken = {"by": cast[MANAGER], "list_of": "clusters.person", "rows": 1, "format": "csv"}
    export = ListExport.objects.create(filters=f"Search: {NAME} or {EMAIL}", query="q=zq%40hidden.example", **taken)
    anonymise(person, by=cast[MANAGER])
    export.refresh_from_db()
    # The address is one person's alone; the name is not.
    assert export.filters == f"Search: {NAME} or anonymous-{person.pk}@invalid.example"
    assert "hidden" not in export.query
    assert Person.objects.get(pk=namesake.pk).name == NAME


def test_a_name_of_one_word_is_replaced_only_where_it_stands_alone(cast):
    person = factories.make_person(name="Robot")
    lines = [{"key": 1, "name": "Robot", "done": True, "reasons": ["Robot arms."]}]
    done = ActAtOnce.objects.create(by=cast[MANAGER], list_of="clusters.person", act="x", is_all=True, lines=lines)
    anonymise(person, by=cast[MANAGER])
    done.refresh_from_db()
    assert done.lines[0]["name"] == f"Anonyme {person.pk}" and done.lines[0]["reasons"] == ["Robot arms."]


def test_a_name_of_one_word_is_no_key_or_kind_of_a_record(cast):
    lines = [{"key": 1, "name": "Robot", "reasons": ["name"]}]
    done = ActAtOnce.objects.create(by=cast[MANAGER], list_of="name", act="x", is_all=True, lines=lines)
    close_account(factories.make_user(EMAIL, name="name"), by=cast[MANAGER])
    done.refresh_from_db()
    assert done.lines == lines and done.list_of == "name"


@pytest.mark.parametrize("name", ["de la", "Air Liquide"])
def test_common_words_and_names_of_organisations_stay(cast, name):
    factories.make_partner(name="Air Liquide")
    chair = factories.make_chair(title_fr="Sciences de la vie", title_en="With Air Liquide", slug="sciences-de-la-vie")
    close_account(factories.make_user(EMAIL, name=name), by=cast[MANAGER])
    chair.refresh_from_db()
    assert (chair.title_fr, chair.title_en) == ("Sciences de la vie", "With Air Liquide")
    assert chair.slug == "sciences-de-la-vie"


def test_a_page_whose_address_names_somebody_has_another_that_opens(client, cast, person):
    said = {"title_fr": f"Chaire {NAME}", "slug": "chaire-zoe-quillfeather"}
    chair = factories.make_chair(status="active", cluster=cast.cluster, **said)
    client.force_login(cast[MANAGER])
    assert client.get(chair.get_absolute_url()).status_code == 200
    anonymise(person, by=cast[MANAGER])
    chair.refresh_from_db()
    assert chair.slug == f"chaire-anonyme-{person.pk}" and chair.title_fr == f"Chaire Anonyme {person.pk}"
    assert client.get(chair.get_absolute_url()).status_code == 200


def test_a_number_that_colleagues_share_stays_with_them(client, cast):
    contact = office_contact(cast)
    colleague = OfficeContact.objects.create(
        partner=contact.partner, cluster=cast.cluster, name="Ada Other", phone=PHONE, added_by=cast[MANAGER]
    )
    client.force_login(cast[COORDINATOR])
    assert client.post(f"/admin/people/contacts/{contact.pk}/forget/").status_code == 302
    colleague.refresh_from_db()
    assert colleague.phone == PHONE and not OfficeContact.objects.filter(name=NAME).exists()


def test_who_ends_a_merge_by_it_is_not_named_on_behalf_of_who_undid_it_before(cast, person):
    undone = {"undone_at": timezone.now(), "undone_by": cast[MANAGER], "undone_for": factories.make_user("z@a.example")}
    merge = Merge.objects.create(
        kind="clusters.person",
        kept=person.pk,
        gone=0,
        kept_name=NAME,
        gone_name=NAME,
        moved={},
        by=cast[MANAGER],
        **undone,
    )
    anonymise(person, by=cast[COORDINATOR])
    merge.refresh_from_db()
    assert merge.undone_by == cast[COORDINATOR] and merge.undone_for is None


def test_a_closed_account_is_named_nowhere(cast):
    user = factories.make_user(EMAIL, name=NAME)
    factories.make_message(factories.make_sponsorship("in_review"), cast[MANAGER], text=f"Dear {NAME}, call {EMAIL}.")
    assert "conversations_message" in tables_with_a_trace()
    close_account(user, by=cast[MANAGER])
    assert tables_with_a_trace() == set()


def office_contact(cast, **said):
    partner = factories.make_partner(registered_in=cast.cluster)
    told = {"name": NAME, "email": EMAIL, "phone": PHONE, **said}
    factories.make_sponsorship("in_review", chair=cast.chair, contact=factories.make_contact(partner))
    return OfficeContact.objects.create(partner=partner, cluster=cast.cluster, added_by=cast[MANAGER], **told)


@pytest.mark.parametrize("has_account", [False, True])
def test_a_contact_is_forgotten_unless_they_are_here_themselves(client, cast, has_account):
    contact = office_contact(cast)
    if has_account:
        factories.make_user(EMAIL, name=NAME)
    factories.make_message(factories.make_sponsorship("in_review"), cast[MANAGER], text=f"I called {NAME} at {PHONE}.")
    there = f"/admin/people/contacts/{contact.pk}/forget/"
    client.force_login(cast[MANAGER])
    page = client.get(f"/admin/partners/partner/{contact.partner_id}/change/").text
    assert "Write to them, or invite them" in page and there not in page
    assert client.post(there).status_code == 403 and OfficeContact.objects.exists()
    client.force_login(cast[COORDINATOR])
    assert there in client.get(f"/admin/partners/partner/{contact.partner_id}/change/").text
    assert "This cannot be undone" in client.get(there).text
    assert client.post(there).status_code == 302
    assert not OfficeContact.objects.exists()
    assert ("conversations_message" in tables_with_a_trace()) == has_account


def test_an_exception_says_why_in_the_document():
    text = (settings.BASE_DIR / "docs" / "rights.md").read_text("utf-8")
    assert KEPT
    for label in KEPT:
        name = apps.get_model(label)._meta.label.split(".")[1].removeprefix("Historical")
        assert f"`{name}`" in text
