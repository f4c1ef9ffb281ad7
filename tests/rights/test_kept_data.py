"""What is kept about somebody: handed out whole, for so long, and anonymised without touching what was paid."""

import datetime
import io

import pytest
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from openpyxl import load_workbook

from accounts.models import User
from chairs.models import ChairCard
from clusters.models import ChangeRequest, Person
from core.models import OutgoingMail
from imports.kinds import KINDS
from imports.models import Import, ImportLine
from lists.models import SearchAlert
from rights.anonymising import anonymise
from rights.data_file import TELLS, undeclared
from rights.models import DueErasure, PersonalAct
from sponsorships.models import LedgerEntry
from tests import factories
from tests.imports.factory import make_line
from tests.personas import COORDINATOR, MANAGER

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("field_history", "search_index")]
NAME = "Iris Exemple-Unique"


@pytest.fixture
def person(cast):
    user = factories.make_user("iris@example.org", name=NAME)
    person = factories.make_person(name=NAME, slug="iris-exemple-unique", registered_in=cast.cluster, user=user)
    closed = factories.make_chair("closed", cluster=cast.cluster)
    post = factories.make_appointment(closed, person=person, ends_on=timezone.localdate() - datetime.timedelta(days=1))
    post.consent_events.create(chair=closed, person=person, what="invited", way="site", address="iris@example.org")
    OutgoingMail.objects.create(recipient=user, occasion="test", subject="To you", text=f"Dear {NAME}")
    SearchAlert.objects.create(address="iris@example.org", language="fr", list_name="chairs", query="q=glaciers")
    return person


def rows_with(text: str) -> set[str]:
    """Return the tables in which any column has the text."""
    found = set()
    with connection.cursor() as cursor:
        for table in {model._meta.db_table for model in apps.get_models(include_auto_created=True)}:
            cursor.execute(f'SELECT * FROM "{table}"')
            if any(text in str(value) for row in cursor.fetchall() for value in row):
                found.add(table)
    return found


def test_each_relation_to_people_is_declared():
    assert {"chairs.Appointment.person", "clusters.StaffRole.user"} <= TELLS
    assert undeclared() == set()


@pytest.mark.exhaustive(counted=True)
def test_the_file_has_all_that_names_the_person(client, cast, person):
    there = f"/admin/people/{person.pk}/file/"
    UserSession.objects.create(user=person.user, ip="198.51.100.7", session_key="cookie-of-theirs", user_agent="Lynx")
    client.force_login(cast[MANAGER])
    assert client.get(there).status_code == 403
    client.force_login(cast[COORDINATOR])
    page, kept = client.get(there).text, client.get(f"/admin/people/{person.pk}/file.json").json()
    said = str(kept)
    for words in (
        NAME,
        "iris@example.org",
        "Appointments",
        "Consent events",
        f"Dear {NAME}",
        "q=glaciers",
        "198.51.100.7",
    ):
        assert words in said
    assert "Appointments" in page and "password" not in said.lower() and "cookie-of-theirs" not in said + page
    sheet = load_workbook(io.BytesIO(client.get(f"/admin/people/{person.pk}/file.xlsx").getvalue())).active
    lines = [[cell.value for cell in row] for row in sheet.rows]
    assert lines[0] == ["What", "No.", "Field", "Value"]
    assert len(lines) - 1 == sum(len(row) for part in kept["parts"] for row in part["rows"])


@pytest.mark.exhaustive(counted=True)
def test_anonymising_leaves_the_ledger_and_no_name(client, cast, person):
    entries = list(LedgerEntry.objects.order_by("pk").values())
    assert {"clusters_person", "clusters_historicalperson", "accounts_user", "core_outgoingmail"} <= rows_with(NAME)
    client.force_login(cast[COORDINATOR])
    there = f"/admin/people/{person.pk}/anonymise/"
    assert "This cannot be undone" in client.get(there).text
    assert client.post(there).status_code == 302
    assert rows_with(NAME) | rows_with("iris-exemple-unique") == set()
    assert rows_with("iris@example.org") == set()
    user = User.objects.get(name__startswith="Anonyme")
    assert not user.is_active and not user.has_usable_password() and not user.emailaddress_set.exists()
    assert list(LedgerEntry.objects.order_by("pk").values()) == entries
    assert PersonalAct.objects.get(what="anonymised").by == cast[COORDINATOR]
    assert "anonymised already" in client.post(there).text


def test_anonymising_empties_what_imports_and_requests_say_of_the_person(cast, person):
    other = factories.make_person(name=f"{NAME} the Younger")
    batch = Import.objects.create(cluster=cast.cluster)
    private = [["Private e-mail address", "", "iris@home.example"]]
    names = {"people": (NAME, other.name), "chair_people": (f"{NAME} · A chair",), "contacts": (f"{NAME} · A partner",)}
    assert names.keys() <= {kind.code for kind in KINDS}
    for kind, said in names.items():
        for name in said:
            make_line(batch, kind=kind, name=name, outcome="created", problems=[], changes=private)
    contact = factories.make_contact(user=person.user, state="removed")
    asked = {"kind": "partners.contact", "record": contact.pk, "before": {}, "values": {}, "why": "x"}
    by = cast[MANAGER]
    ChangeRequest.objects.create(cluster=cast.cluster, name=f"{contact}", asked_by=by, **asked)
    anonymise(person, by=by)
    # The namesake's line stays.
    assert [line.name for line in ImportLine.objects.exclude(changes=[])] == [other.name]
    assert ImportLine.objects.filter(name=f"Anonyme {person.pk}").count() == 3
    assert NAME not in ChangeRequest.objects.get().name


def test_who_anonymises_is_told_which_texts_have_the_name_and_of_none_that_nobody_wrote(client, cast, person):
    factories.make_appointment(cast.chair, person=person)
    cast.chair.summary_en = f"With {NAME}."
    cast.chair.save()
    assert ChairCard.objects.filter(html_en__icontains=NAME).exists()
    client.force_login(cast[COORDINATOR])
    page = client.get(f"/admin/people/{person.pk}/anonymise/").text
    assert "Chairs: 1" in page and "Chair cards" not in page


def test_nobody_in_a_running_chair_is_anonymised(client, cast, person):
    factories.make_appointment(cast.chair, person=person)
    client.force_login(cast[COORDINATOR])
    assert "end it first" in client.post(f"/admin/people/{person.pk}/anonymise/").text
    assert Person.objects.get(pk=person.pk).name == NAME


def test_what_is_due_waits_for_notice_and_for_a_person(client, cast):
    idle = factories.make_user("idle@example.org", name="Idle Exemple")
    used = factories.make_user("used@example.org", name="Used Exemple")
    User.objects.filter(pk__in=[idle.pk, used.pk]).update(date_joined=timezone.now() - datetime.timedelta(days=1200))
    call_command("list_retention", verbosity=0)
    assert set(DueErasure.objects.values_list("period", "record")) == {("accounts", idle.pk), ("accounts", used.pk)}
    client.force_login(cast[COORDINATOR])
    there = "/admin/people/retention/"
    client.post(there, {"period": "accounts"})
    assert User.objects.get(pk=idle.pk).is_active  # the time of notice runs
    DueErasure.objects.update(listed_at=timezone.now() - datetime.timedelta(days=31))
    User.objects.filter(pk=used.pk).update(last_login=timezone.now())
    assert "Confirm: accounts that nobody uses" in client.get(there).text
    assert "1 was erased" in client.post(there, {"period": "accounts"}, follow=True).text
    assert not User.objects.get(pk=idle.pk).is_active and User.objects.get(pk=used.pk).is_active
    client.force_login(cast[MANAGER])
    assert client.get(there).status_code == 200 and client.post(there, {"period": "accounts"}).status_code == 403
