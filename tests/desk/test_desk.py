"""My desk: what awaits me and why, who holds it, what staff note, and reminders that are sent by hand."""

import re

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from clusters.enums import Role
from core.duplicates import has_probable_pair
from core.models.mail import OutgoingMail
from desk.models import Assignment, TaskNote
from portal.models import Reminder
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("field_history", "search_index")]


@pytest.fixture
def cluster():
    return factories.make_cluster(name="Our cluster")


@pytest.fixture
def manager(client, cluster):
    user = factories.make_staff(cluster, Role.MANAGER, name="Maria Manager")
    client.force_login(user)
    return user


def read(response) -> str:
    assert response.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def page(client, there="/admin/desk/") -> str:
    return read(client.get(there))


def of_chair(chair, act="") -> str:
    return f"/admin/desk/chairs/chair/{chair.pk}/{act}"


@pytest.mark.database
def test_the_desk_says_what_is_to_be_done_since_when_and_by_which_day(client, cluster, manager):
    factories.make_chair("submitted", cluster=cluster, title_en="Chair to decide on")
    soon = timezone.localdate() + timezone.timedelta(days=20)
    factories.make_chair("active", cluster=cluster, title_en="Chair that ends", ends_on=soon)
    factories.make_chair("submitted", title_en="Another cluster’s chair")
    text = page(client)
    assert "Chair to decide on" in text and "Decide on the chair" in text and "waiting since" in text
    assert "Chair that ends" in text and "Prepare its end" in text and f"by {date_format(soon)}" in text
    assert "Another cluster’s chair" not in text


def test_who_takes_a_task_over_holds_it_and_it_leaves_the_desk_of_others(client, cluster, manager):
    chair = factories.make_chair("submitted", cluster=cluster, title_en="Chair to decide on")
    second = factories.make_staff(cluster, Role.MANAGER, name="Sacha Second")
    client.post(of_chair(chair, "take/"))
    assert Assignment.objects.get().holder == manager
    assert "held by Maria Manager" in page(client)
    client.force_login(second)
    assert "Chair to decide on" not in page(client)
    assert "Chair to decide on" in page(client, "/admin/desk/team/")
    client.post(of_chair(chair, "give-back/"))  # a manager takes it from her
    assert "Chair to decide on" in page(client) and not Assignment.objects.exists()


def test_a_task_is_given_to_a_colleague_who_may_do_it_and_to_nobody_else(client, cluster, manager):
    chair = factories.make_chair("submitted", cluster=cluster)
    second = factories.make_staff(cluster, Role.MANAGER, name="Sacha Second")
    editor = factories.make_staff(cluster, Role.EDITOR, name="Edith Editor")
    factories.make_staff(factories.make_cluster(), Role.MANAGER, name="Olga Other")
    text = page(client, of_chair(chair, "assign/"))
    assert "Sacha Second" in text and "Edith Editor" not in text and "Olga Other" not in text
    client.post(of_chair(chair, "assign/"), {"to": editor.pk})
    assert not Assignment.objects.exists()
    client.post(of_chair(chair, "assign/"), {"to": second.pk, "note": "You know them."})
    assert Assignment.objects.get().holder == second
    mail = OutgoingMail.objects.get(occasion="desk/assigned")
    assert mail.recipient == second and "You know them." in mail.text
    assert "You know them." in page(client, of_chair(chair))


def test_notes_are_the_staff_s_alone(client, cluster, manager):
    chair = factories.make_chair("active", cluster=cluster)
    client.post(of_chair(chair, "note/"), {"text": "They moved office."})
    assert TaskNote.objects.get().by == manager
    assert "They moved office." in page(client, of_chair(chair))
    assert "This field is required" in read(client.post(of_chair(chair, "note/"), {"text": " "}))
    stranger = factories.make_staff(factories.make_cluster(), Role.MANAGER)
    client.force_login(stranger)
    assert client.get(of_chair(chair)).status_code == 404
    assert client.post(of_chair(chair, "note/"), {"text": "x"}).status_code == 404


@pytest.mark.exhaustive(counted=True)
@pytest.mark.database
def test_a_reminder_is_shown_before_it_is_sent_and_sent_once_a_day(client, cluster, manager):
    chair = factories.make_chair("active", cluster=cluster)
    sponsorship = factories.make_sponsorship("changes_requested", chair=chair)
    there = f"/admin/desk/sponsorships/sponsorship/{sponsorship.pk}/"
    assert "Nobody has been reminded of it yet." in page(client, there)
    reader = sponsorship.partner.contacts.first().user
    text = page(client, there + "remind/")
    assert f"To {reader}" in text and str(sponsorship.chair) in text
    assert not Reminder.objects.exists()
    assert f"Reminded: {reader}" in read(client.post(there + "remind/", follow=True))
    assert OutgoingMail.objects.filter(occasion="reminders/answer_partner", recipient=reader).count() == 1
    last = page(client, there)
    assert f"The last reminder went to {reader}" in last and f"sent by {manager}" in last
    # Whoever gets it reads that it comes from the office.
    assert str(manager) not in OutgoingMail.objects.get(occasion="reminders/answer_partner", recipient=reader).text
    assert "reminded today already" in read(client.post(there + "remind/"))
    assert OutgoingMail.objects.filter(occasion="reminders/answer_partner").count() == 1


def test_nobody_is_reminded_of_what_nobody_awaits(client, cluster, manager):
    chair = factories.make_chair("submitted", cluster=cluster)
    assert "Nothing is awaited of anybody here now." in page(client, of_chair(chair, "remind/"))
    client.force_login(factories.make_staff(cluster, Role.READER))
    assert client.post(of_chair(chair, "remind/")).status_code == 403


def test_what_others_did_stands_there_until_it_was_seen(client, cluster, manager):
    second = factories.make_staff(cluster, Role.MANAGER, name="Sacha Second")
    chair = factories.make_chair("active", cluster=cluster, title_en="Chair of changes")
    chair.log("test", by=second)
    chair.log("test", by=manager)
    text = page(client, "/admin/desk/changes/")
    assert text.count("Sacha Second") == 1 and "Chair of changes" in text
    client.post("/admin/desk/changes/")
    assert "Chair of changes" not in page(client, "/admin/desk/changes/")


def test_a_record_leads_to_its_desk(client, cluster, manager):
    chair = factories.make_chair("submitted", cluster=cluster)
    assert of_chair(chair) in client.get(f"/admin/chairs/chair/{chair.pk}/change/").content.decode()
    assert "/admin/desk/" in client.get("/admin/").content.decode()


def test_the_desk_leads_to_the_pairs_that_are_probably_one_while_there_are_any(client, cluster, manager):
    assert "To keep in order" not in client.get("/admin/desk/").text
    one, other = (factories.make_person(name=name, registered_in=cluster) for name in ("Zoé Martin", "Zoe Martin"))
    text = client.get("/admin/desk/").text
    assert "People: probable duplicates" in text and "/admin/clusters/person/duplicates/" in text
    assert "Institutions: probable duplicates" not in text
    client.post("/admin/clusters/person/duplicates/", {"record": [one.pk, other.pk]})
    text = client.get("/admin/desk/").text
    assert "Nothing is waiting for you." in text and "To keep in order" not in text


def test_pairs_are_looked_for_again_only_where_a_name_or_an_identifier_changed(client, cluster, manager, monkeypatch):
    """To compare two thousand people takes a quarter of a second: another change anywhere must not ask for it."""
    searched = []
    monkeypatch.setattr(
        "core.admin.merging.has_probable_pair",
        lambda lines, *args, **options: searched.append(lines) or has_probable_pair(lines, *args, **options),
    )
    one, other = (factories.make_person(name=name, registered_in=cluster) for name in ("Élio Roche", "Ada Durand"))
    assert "probable duplicates" not in client.get("/admin/desk/").text
    first = len(searched)
    assert first
    factories.make_chair("submitted", cluster=cluster, with_pi=False)
    one.website = "https://example.org/elio"
    one.save()
    assert "probable duplicates" not in client.get("/admin/desk/").text and len(searched) == first
    other.name = "Elio Roche"
    other.save()
    assert "People: probable duplicates" in client.get("/admin/desk/").text and len(searched) == first + 1


def test_who_cannot_merge_is_shown_no_pairs(client, cluster, manager):
    for name in ("Zoé Martin", "Zoe Martin"):
        factories.make_person(name=name, registered_in=cluster)
    assert "People: probable duplicates" in client.get("/admin/desk/").text
    client.force_login(factories.make_staff(cluster, Role.READER))
    text = client.get("/admin/desk/").text
    assert "Nothing is waiting for you." in text and "probable duplicates" not in text
