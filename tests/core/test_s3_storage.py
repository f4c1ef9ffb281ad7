"""Files in an S3-compatible store: a server of the test's own, which the client speaks to over the network."""

import hashlib
import json
import os
import uuid
from io import StringIO
from pathlib import Path
from urllib.parse import quote

import boto3
import pytest
from django.conf import settings as site
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from moto.server import ThreadedMotoServer

from clusters.models import Photograph
from config.backup.checks import NotRestored, read_manifest, refuse_what_is_not_empty
from config.file_storages import file_storages
from core import storage
from core.outages import is_outage
from rights.photographs import end_photograph, keep_photograph
from sponsorships.models import SupportingDocument
from tests import factories
from tests.config.test_backup import manage
from tests.core.test_storage import browser, uploading_forms
from tests.personas import PARTNER
from tests.serving import free_port

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("field_history")]
KEY, SECRET = "a key", "a secret/with+signs"


@pytest.fixture(scope="module")
def server():
    running = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    running.start()
    yield running.get_host_and_port()
    running.stop()


@pytest.fixture
def store(server, settings, monkeypatch):
    """A bucket of the test's own, which the site keeps its files in; answers what is in it."""
    host, port = server
    bucket = f"files-{uuid.uuid4().hex[:12]}"
    there = boto3.resource(
        "s3",
        endpoint_url=f"http://{host}:{port}",
        aws_access_key_id=KEY,
        aws_secret_access_key=SECRET,
        region_name="us-east-1",
    )
    there.create_bucket(Bucket=bucket)
    keep_files_at(settings, monkeypatch, f"{host}:{port}/{bucket}/cathedra")
    yield lambda: sorted(found.key for found in there.Bucket(bucket).objects.all())
    there.meta.client.close()


def keep_files_at(settings, monkeypatch, place: str) -> None:
    monkeypatch.setenv("FILES_URL", f"s3+http://{quote(KEY, safe='')}:{quote(SECRET, safe='')}@{place}")
    settings.STORAGES = {**settings.STORAGES, **file_storages(Path(site.VAR_DIR))}


@pytest.mark.exhaustive(counted=True)
def test_what_a_partner_adds_lies_in_the_store_and_comes_back_the_same(cast, store):
    who, there, sent = uploading_forms(cast)["proposal"]
    before = set(store())
    assert before and all(name.startswith("cathedra/media/") for name in before)  # the agreements
    sent["documents"].seek(0)
    content = sent["documents"].read()
    sent["documents"].seek(0)
    assert browser(cast[who]).post(there, sent).status_code in (200, 302)
    document = SupportingDocument.objects.get()
    assert set(store()) - before == {f"cathedra/media/{document.file.name}"}
    reference = document.sponsorship.reference
    answer = browser(cast[PARTNER]).get(reverse("sponsorships:document", args=[reference, document.pk]))
    assert answer.status_code == 200 and b"".join(answer) == content
    assert int(answer["Content-Length"]) == len(content)


@pytest.mark.exhaustive(counted=True)
def test_a_photograph_is_sent_from_the_store_and_both_its_sizes_leave_it(
    cast, store, django_capture_on_commit_callbacks
):
    person = factories.make_person(registered_in=cast.cluster)
    factories.make_appointment(cast.chair, person=person)
    pictures = [b"the large picture", b"the small one"]
    with django_capture_on_commit_callbacks(execute=True):
        keep_photograph(person, pictures, way="link", by=None, agreed_on=timezone.localdate())
    assert len(store()) == 2 and all(key.startswith("cathedra/media/photographs/") for key in store())
    assert [Client().get(f"/photographs/{person.pk}/{side}.jpg").content for side in Photograph.SIDES] == pictures
    with django_capture_on_commit_callbacks(execute=True):
        assert end_photograph(person, by=None)
    assert store() == [] and Client().get(f"/photographs/{person.pk}/96.jpg").status_code == 410


def test_a_file_whose_transaction_does_not_hold_is_removed_from_the_store(cast, store, monkeypatch):
    who, there, sent = uploading_forms(cast)["proposal"]
    before = store()
    monkeypatch.setattr("sponsorships.proposals.documents._count_change", lambda sponsorship: 1 / 0)
    assert browser(cast[who]).post(there, sent).status_code == 500
    assert store() == before != []


def test_no_name_is_taken_twice_and_what_is_gone_is_said_as_a_folder_says_it(store):
    first, second = (default_storage.save("logos/one", ContentFile(text)) for text in (b"first", b"second"))
    assert first == "logos/one" != second and len(store()) == 2
    with default_storage.open(first) as file:
        assert file.read() == b"first"
    assert default_storage.size(second) == 6
    default_storage.delete(first)
    assert not default_storage.exists(first) and default_storage.exists(second)
    for ask in (default_storage.open, default_storage.size, default_storage.get_modified_time):
        with pytest.raises(FileNotFoundError):
            ask(first)


@pytest.mark.exhaustive(counted=True)
def test_the_night_removes_from_the_store_what_no_record_has(cast, store, monkeypatch):
    document = factories.make_document(factories.make_sponsorship(chair=cast.chair))
    stray = default_storage.save(f"logos/{uuid.uuid4().hex}", ContentFile(b"bytes"))
    call_command("check_files", verbosity=0)
    assert f"cathedra/media/{stray}" in store()  # a request may be about to name it
    monkeypatch.setattr(storage, "OLD_ENOUGH", -storage.OLD_ENOUGH)
    call_command("check_files", verbosity=0)
    assert store() == [f"cathedra/media/{document.file.name}"]
    default_storage.delete(document.file.name)
    with pytest.raises(CommandError, match=f"{document.file.name} is gone"):
        call_command("check_files", verbosity=0)


@pytest.mark.exhaustive(counted=True)
@pytest.mark.usefixtures("search_index")
def test_the_file_of_public_data_lies_there_too_for_every_machine_and_is_no_kept_file(store):
    factories.make_chair("active")
    call_command("dump_public_data", verbosity=0)
    [note, archive] = sorted(store(), key=lambda name: name.endswith(".zip"))
    assert note == "cathedra/public/dump.json" and archive.startswith("cathedra/public/cathedra-")
    response = Client().get("/data/cathedra.zip")
    content = b"".join(response)
    with storages["published"].open("dump.json") as said:
        assert json.load(said)["sha256"] == hashlib.sha256(content).hexdigest()
    factories.make_chair("active", title_en="Another chair")
    call_command("dump_public_data", verbosity=0)
    assert len(store()) == 2 and archive not in store()
    assert list(storage.kept_names()) == []


@pytest.mark.exhaustive(counted=True)
@pytest.mark.usefixtures("search_index")
def test_a_backup_takes_the_files_from_the_store_and_none_is_restored_over_others(store, tmp_path):
    sponsorship = factories.make_running(parts=["20000.00", "30000.00"])
    name = sponsorship.agreements.get().file.name
    call_command("backup", str(tmp_path / "site.zip"), stdout=StringIO())
    manifest = read_manifest(tmp_path / "site.zip")
    with default_storage.open(name) as file:
        assert manifest["files"][f"files/{name}"] == hashlib.sha256(file.read()).hexdigest()
    assert manifest["missing_files"] == []
    # Rows are looked at first; then the files, which a database that is new does not know of.
    with pytest.raises(NotRestored, match="not empty"):
        refuse_what_is_not_empty()


@pytest.mark.exhaustive(counted=True)
def test_a_store_that_does_not_answer_is_an_outage_and_nothing_is_half_kept(cast, settings, monkeypatch):
    who, there, sent = uploading_forms(cast)["proposal"]
    keep_files_at(settings, monkeypatch, f"127.0.0.1:{free_port()}/files")
    answer = browser(cast[who]).post(there, sent)
    assert answer.status_code == 503 and answer["Retry-After"]
    assert not SupportingDocument.objects.exists()
    with pytest.raises(storage.StorageUnreachable) as refused:
        default_storage.exists("logos/one")
    assert is_outage(refused.value)


@pytest.mark.exhaustive(counted=True)
def test_a_store_that_is_full_is_a_full_disk(store, cast, monkeypatch):
    from botocore.exceptions import ClientError
    from storages.backends.s3 import S3Storage

    who, there, sent = uploading_forms(cast)["proposal"]
    said = {"Error": {"Code": "QuotaExceeded"}, "ResponseMetadata": {"HTTPStatusCode": 403}}

    def refuse(self, name, content):
        raise ClientError(said, "PutObject")

    monkeypatch.setattr(S3Storage, "_save", refuse)
    answer = browser(cast[who]).post(there, sent)
    assert answer.status_code == 503 and "There is no room to keep this now" in answer.text


@pytest.mark.audit
@pytest.mark.usefixtures("search_index")
def test_a_backup_of_a_folder_comes_back_in_a_store(settings, store, tmp_path, monkeypatch):
    in_the_store = settings.STORAGES
    settings.STORAGES = {**in_the_store, "default": {"BACKEND": "core.storage.KeptFileStorage"}}
    factories.make_running(parts=["20000.00", "30000.00"])
    archive = tmp_path / "site.zip"
    call_command("backup", str(archive), stdout=StringIO())
    # In an empty place, by a command whose files lie in the store.
    monkeypatch.setenv("TESTED_FILES_URL", os.environ["FILES_URL"])
    said = manage("restore", archive, url=f"sqlite:///{tmp_path}/there.sqlite3", var=tmp_path / "there")
    assert "every check holds" in said
    settings.STORAGES = in_the_store
    hashes = {
        name.removeprefix("files/"): digest
        for name, digest in read_manifest(archive)["files"].items()
        if name.startswith("files/")
    }
    assert hashes and store() == sorted(f"cathedra/media/{name}" for name in hashes)
    for name, digest in hashes.items():
        with default_storage.open(name) as file:
            assert hashlib.sha256(file.read()).hexdigest() == digest
