"""A photograph is shown while its person agrees: they add it or take it back by their link or account, staff with the agreement on record."""

import datetime
import json
import re

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from chairs.hiding import hide, show_again
from clusters.models import Director, Person, Photograph
from core.exceptions import Refused
from core.merging import merge, undo
from core.models import OutgoingMail
from core.storage import records_without_a_file, remove_strays
from rights.anonymising import anonymise
from rights.links import token_of
from rights.models import DueErasure, PersonalAct
from rights.photographs import end_photograph, keep_photograph
from tests import factories
from tests.personas import COORDINATOR, EDITOR, OTHER_MANAGER, PARTNER, PI, READER
from tests.pictures import SECRET, jpeg, opened, upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("whole_cast", "field_history", "search_index")]


@pytest.fixture(autouse=True)
def _files_of_its_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def person(cast):
    person = factories.make_person(
        name="Iris Exemple", slug="iris", registered_in=cast.cluster, contact_email="iris@example.org"
    )
    factories.make_appointment(cast.chair, person=person)
    return person


@pytest.fixture
def shown(person):
    return add(person)


def add(person, **more) -> Photograph:
    values = {"way": "link", "by": None, "agreed_on": timezone.localdate(), "author": "Nadia Photographe"}
    return keep_photograph(person, [b"large picture", b"small picture"], **{**values, **more})


def file_at(person, side: int = 96) -> str:
    return f"/photographs/{person.pk}/{side}.jpg"


def pages(cast, person) -> dict[str, str]:
    addresses = [cast.chair.get_absolute_url(), person.get_absolute_url()]
    return {there: Client().get(there).text for there in addresses}


def on_disk() -> set[str]:
    folder = Photograph.folder
    return set(default_storage.listdir(folder)[1]) if default_storage.exists(folder) else set()


def sent(**more) -> dict:
    return {
        "act": "photograph",
        "photograph-picture": upload(jpeg(comment=SECRET)),
        "photograph-has_rights": "on",
        **more,
    }


@pytest.mark.exhaustive(counted=True)
def test_a_person_adds_and_erases_their_photograph_by_their_link(cast, person, django_capture_on_commit_callbacks):
    link = f"/en/about-me/{token_of(person, 'iris@example.org')}/"
    visitor = Client()
    assert "By adding it you agree to that." in visitor.get(link).text
    assert all(file_at(person) not in page for page in pages(cast, person).values())
    assert visitor.get(file_at(person)).status_code == 404
    answer = visitor.post(link, sent(**{"photograph-author": "Nadia Photographe"}), follow=True)
    assert "Your photograph has been added." in answer.text and "data:image/jpeg;base64," in answer.text
    kept = Photograph.objects.get(person=person)
    assert (kept.way, kept.added_by, kept.agreed_on) == ("link", None, timezone.localdate())
    chair, own = pages(cast, person).values()
    assert f'<img class="face" src="{file_at(person)}" alt="" width="48" height="48" loading="lazy">' in chair
    assert f'src="{file_at(person, 192)}" alt="" width="96" height="96">' in own
    assert "Photograph: Nadia Photographe" in own and "Photograph: Nadia Photographe" in chair
    response = visitor.get(file_at(person, 192))
    assert opened(response.content).size == (192, 192) and SECRET not in response.content
    assert response["Content-Type"] == "image/jpeg" and response["Cache-Control"] == "no-cache"
    assert visitor.get(file_at(person, 192), headers={"If-None-Match": response["ETag"]}).status_code == 304
    assert visitor.get(file_at(person, 500)).status_code == 404
    assert len(on_disk()) == 2

    with django_capture_on_commit_callbacks(execute=True):
        said = visitor.post(link, {"act": "end_photograph"}, follow=True).text
    assert "Your photograph has been erased." in said and "data:image/" not in said
    assert on_disk() == set()
    assert visitor.get(file_at(person)).status_code == 410
    assert visitor.get(file_at(person), headers={"If-None-Match": response["ETag"]}).status_code == 410
    assert all("Iris Exemple" in page and "/photographs/" not in page for page in pages(cast, person).values())
    acts = PersonalAct.objects.filter(record=person.pk).order_by("pk").values_list("what", "by")
    assert list(acts) == [("photo_added", None), ("photo_ended", None)]


def test_a_person_does_it_signed_in_too_and_nobody_else_does(client, cast):
    there, person = "/en/my/about-me/", cast[PI].person
    client.force_login(cast[PARTNER])
    assert client.get(there).status_code == 404
    client.force_login(cast[PI])
    assert there in client.get("/en/my/").text
    assert client.post(there, sent()).status_code == 302
    kept = Photograph.objects.get()
    assert (kept.person, kept.way, kept.added_by) == (person, "account", cast[PI])
    client.post(there, {"act": "end_photograph"})
    assert not Photograph.objects.exists()
    assert set(PersonalAct.objects.values_list("what", "by")) == {
        ("photo_added", cast[PI].pk),
        ("photo_ended", cast[PI].pk),
    }


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"photograph-picture": ""}, "Choose a picture."),
        ({"photograph-picture": upload(b"<html>")}, "its content is not that of a JPEG, PNG or WebP picture"),
        ({"photograph-picture": upload(b"")}, "it is empty"),
        ({"photograph-has_rights": ""}, "Without the right to publish it, the picture cannot be added."),
    ],
    ids=["none", "another", "empty", "no right"],
)
def test_what_cannot_be_added_is_said_and_what_was_typed_stays(client, person, change, sentence):
    link = f"/en/about-me/{token_of(person, 'iris@example.org')}/"
    page = client.post(link, sent(**{"photograph-author": "Nadia Photographe", **change}))
    assert page.status_code == 200 and sentence in page.text and 'value="Nadia Photographe"' in page.text
    assert "You can add a photograph" in page.text
    assert ("Choose it once more" in page.text) == ("photograph-has_rights" in change)
    assert not Photograph.objects.exists() and on_disk() == set()


def test_staff_record_who_agreed_and_how(client, cast, person):
    there = f"/admin/people/{person.pk}/photograph/"
    client.force_login(cast[EDITOR])
    assert there in client.get(f"/admin/clusters/person/{person.pk}/change/").text
    values = {"picture": upload(), "agreed_on": "2026-01-15", "has_rights": "on"}
    page = client.post(there, values).text
    assert "This field is required." in page and "Choose it once more" in page and not Photograph.objects.exists()
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    values = {**values, "picture": upload(), "agreed_how": "Iris Exemple, by a form that she signed"}
    assert "This date is in the future" in client.post(there, {**values, "agreed_on": tomorrow}).text
    assert client.post(there, {**values, "picture": upload()}).status_code == 302
    kept = Photograph.objects.get(person=person)
    assert (kept.way, kept.added_by, str(kept.agreed_on)) == ("staff", cast[EDITOR], "2026-01-15")
    assert "by a form that she signed" in client.get(there).text
    record = client.get(f"/admin/clusters/person/{person.pk}/change/").text
    assert "Replace the photograph" in record and f"{there}erase/" in record
    assert "by a form that she signed" in Client().get(f"/en/about-me/{token_of(person, 'iris@example.org')}/").text
    assert client.post(f"{there}erase/").status_code == 302
    assert not Photograph.objects.exists()
    assert "There is no photograph of this person." in client.post(f"{there}erase/").text


def test_a_person_is_told_of_a_photograph_that_staff_added_and_takes_it_back_by_the_mail(client, cast, person):
    there = f"/admin/people/{person.pk}/photograph/"
    client.force_login(cast[EDITOR])
    values = {"agreed_on": "2026-01-15", "has_rights": "on", "agreed_how": "Iris Exemple, by a form that she signed"}
    person.contact_language = "fr"
    person.save()
    assert client.post(there, {**values, "picture": upload()}).status_code == 302
    mail = OutgoingMail.objects.get(occasion="rights/photograph_added")
    assert mail.to == "iris@example.org"
    assert mail.subject == "Votre photographie dans l’annuaire des chaires des clusters IA"
    assert "15 janvier 2026" in mail.text and "Iris Exemple, by a form that she signed" in mail.text
    link = re.search(r"/fr/about-me/[^/\s]+/", mail.text)[0]
    assert Client().post(link, {"act": "end_photograph"}).status_code == 302
    assert not Photograph.objects.exists()

    person.contact_email = ""
    person.save()
    assert client.post(there, {**values, "picture": upload()}).status_code == 302
    assert Photograph.objects.exists() and OutgoingMail.objects.filter(occasion="rights/photograph_added").count() == 1


def test_only_staff_of_a_cluster_that_names_the_person_may(client, cast, person):
    there = f"/admin/people/{person.pk}/photograph/"
    client.force_login(cast[READER])
    assert client.post(there, {"picture": upload()}).status_code == 403
    client.force_login(cast[OTHER_MANAGER])
    assert client.get(there).status_code == 404 and client.get(f"{there}erase/").status_code == 404


def test_without_an_agreement_or_a_right_the_database_keeps_none(person):
    for wrong in ({"way": "staff", "agreed_how": "", "has_rights": True}, {"way": "link", "has_rights": False}):
        row = Photograph(person=person, name="a", kind="jpeg", size=1, agreed_on=timezone.localdate(), **wrong)
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save()
    assert add(person).pk


def test_another_picture_takes_the_place_of_the_first(person, django_capture_on_commit_callbacks):
    first = add(person).sha256
    with django_capture_on_commit_callbacks(execute=True):
        second = keep_photograph(person, [b"another", b"smaller"], way="link", by=None, agreed_on=timezone.localdate())
    assert first != second.sha256 and Photograph.objects.get() == second
    assert on_disk() == {name.name.split("/")[1] for name in (second.file, second.small)}


def test_who_is_hidden_or_not_named_is_not_shown(client, cast, person, shown):
    assert client.get(file_at(person)).content == b"small picture"
    hide(person)
    assert client.get(file_at(person)).status_code == 410
    assert "/photographs/" not in client.get(cast.chair.get_absolute_url()).text
    with pytest.raises(Refused, match="hidden"):
        add(person)
    show_again(person)
    assert client.get(file_at(person)).status_code == 200
    person.appointments.update(consent_given_on=None)
    assert client.get(file_at(person)).status_code == 404
    assert "/photographs/" not in client.get(cast.chair.get_absolute_url()).text


def test_a_day_in_the_past_shows_no_photograph_that_ended_since(client, cast, person, shown):
    cast.chair.__class__.objects.filter(pk=cast.chair.pk).update(
        approved_at="2024-01-01T00:00Z", activated_at="2024-01-01T00:00Z"
    )
    then = f"{cast.chair.get_absolute_url()}?on=2025-04-07"
    assert file_at(person) in client.get(then).text
    end_photograph(person, by=None)
    page = client.get(then).text
    assert "Iris Exemple" in page and "/photographs/" not in page


def test_anonymising_erases_it(client, cast, person, shown, django_capture_on_commit_callbacks):
    person.appointments.update(ends_on=timezone.localdate() - datetime.timedelta(days=1))
    assert len(on_disk()) == 2
    with django_capture_on_commit_callbacks(execute=True):
        anonymise(person, by=cast[COORDINATOR])
    assert on_disk() == set() and client.get(file_at(person)).status_code == 410
    with pytest.raises(Refused, match="anonymised"):
        add(Person.objects.get(pk=person.pk))


def test_of_two_records_of_one_person_one_photograph_stays(client, cast, person, django_capture_on_commit_callbacks):
    twin = factories.make_person(name="Iris Exemple", slug="iris-2", registered_in=cast.cluster)
    add(twin)
    done = merge(kept=person, gone=twin, chosen={}, by=cast[COORDINATOR])
    assert client.get(file_at(person)).content == b"small picture"
    undo(done, by=cast[COORDINATOR])
    assert Photograph.objects.get().person == twin
    own = add(person)
    with django_capture_on_commit_callbacks(execute=True):
        done = merge(kept=person, gone=twin, chosen={}, by=cast[COORDINATOR])
    assert Photograph.objects.get() == own and len(on_disk()) == 2
    undo(done, by=cast[COORDINATOR])
    assert Photograph.objects.get() == own and list(records_without_a_file()) == []


@pytest.mark.exhaustive(counted=True)
def test_what_is_kept_about_somebody_has_it(client, cast, person):
    factories.make_appointment(cast.chair, person=person)
    add(person, way="staff", by=cast[EDITOR], agreed_how="By letter")
    client.force_login(cast[COORDINATOR])
    there = f"/admin/people/{person.pk}/file"
    (part,) = [one for one in client.get(f"{there}.json").json()["parts"] if one["what"].startswith("Photographs")]
    assert "By letter" in part["rows"][0].values() and any(
        value.startswith("data:image/jpeg;base64,") for value in part["rows"][0].values()
    )
    assert '<img class="face" src="data:image/jpeg;base64,' in client.get(f"{there}/").text
    assert b"data:image" not in client.get(f"{there}.xlsx").getvalue()


def test_the_photograph_of_who_left_long_ago_is_due(client, cast, person, shown):
    Photograph.objects.update(added_at=timezone.now() - datetime.timedelta(days=800))
    call_command("list_retention", verbosity=0)
    assert not DueErasure.objects.filter(period="photographs").exists()
    person.appointments.update(ends_on=timezone.localdate() - datetime.timedelta(days=400))
    call_command("list_retention", verbosity=0)
    assert DueErasure.objects.filter(period="photographs", record=shown.pk).exists()
    DueErasure.objects.update(listed_at=timezone.now() - datetime.timedelta(days=31))
    client.force_login(cast[COORDINATOR])
    assert "1 was erased" in client.post("/admin/people/retention/", {"period": "photographs"}, follow=True).text
    assert not Photograph.objects.exists()


def test_programs_read_of_it_what_the_page_shows(client, cast, person, shown):
    Director.objects.create(cluster=cast.cluster, person=person, role="director", source="https://example.org/")

    def told() -> dict[str, bool]:
        pages = [cast.chair.get_absolute_url(), person.get_absolute_url(), cast.cluster.get_absolute_url()]
        return {there: "ImageObject" in linked(client.get(there).text) for there in pages}

    def linked(text: str) -> str:
        found = "".join(re.findall(r'<script type="application/ld\+json">(.*?)</script>', text))
        assert json.loads(found)
        return found

    (item,) = [one for one in client.get("/api/v1/people?q=iris").json()["items"] if one["id"] == person.pk]
    assert item["photograph"]["address"].endswith(file_at(person, 192))
    assert item["photograph"]["author"] == "Nadia Photographe"
    assert set(told().values()) == {True}
    end_photograph(person, by=None)
    assert set(told().values()) == {False}
    assert client.get(f"/api/v1/people/{person.pk}").json()["photograph"] is None


def test_its_files_are_nobodys_strays(shown):
    names = {shown.file.name, shown.small.name}
    assert {f"photographs/{name}" for name in on_disk()} == names
    assert remove_strays()[0] == [] and list(records_without_a_file()) == []
