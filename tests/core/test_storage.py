"""A full disk loses nothing but the file, and leaves nothing behind; no file stays that no record knows."""

import datetime
import errno
import os
import uuid
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from conversations.models import Message
from core import storage
from partners.models import Partner
from progress.models import ReportFile
from sponsorships.models import SupportingDocument
from tests import factories
from tests.factories import PDF
from tests.personas import MANAGER, PARTNER, PI
from tests.sponsorships.uploads import PNG, upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("field_history")]
TEXT = "A long text, typed with care."
# Beyond what is read in memory: such a file is written while it arrives.
LARGE = PDF.replace(b"%%EOF", b"%" + b"x" * 3 * 1024 * 1024 + b"\n%%EOF")


@pytest.fixture(autouse=True)
def folder(tmp_path, settings):
    """A disk of this test's own."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    return tmp_path / "media"


def files_in(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def browser(user) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


def uploading_forms(cast) -> dict:
    """Return every form that takes a file: who sends it, where, and with what."""
    contact = cast.contact(PARTNER)
    draft = factories.make_sponsorship("draft", contact, chair=cast.chair)
    accepted = factories.make_sponsorship("accepted", contact, chair=cast.chair)
    running = factories.make_running(by=cast[MANAGER], contact=contact, chair=cast.chair)
    agreement = factories.make_agreement(accepted, by=cast[MANAGER])
    report = factories.make_report(running, by=cast[PI])
    message = {"text": TEXT, "token": str(uuid.uuid4())}
    edited = {"revision": draft.revision, "reference": draft.reference, "purpose": TEXT}
    published = {"confidentiality": "public", "revision": running.revision, "shows_logo": "on"}
    return {
        "proposal": (PARTNER, reverse("sponsorships:edit", args=[draft.reference]), {**edited, "documents": upload()}),
        "message": (PARTNER, reverse("conversations:thread", args=[running.reference]), {**message, "files": upload()}),
        "message of the office": (
            MANAGER,
            reverse("admin:sponsorships_sponsorship_messages", args=[running.pk]),
            {**message, "files": upload()},
        ),
        "report": (
            PI,
            reverse("progress:edit", args=[report.reference]),
            {
                "reference": str(report.reference),
                "starts_on": "2026-01-01",
                "ends_on": "2026-06-30",
                "done": TEXT,
                "result": TEXT,
                "seen": report.updated_at.isoformat(),
                "files": upload(),
            },
        ),
        "logo": (
            PARTNER,
            reverse("sponsorships:publication", args=[running.reference]),
            {**published, "logo": upload("logo.png", PNG)},
        ),
        "agreement": (
            MANAGER,
            reverse("admin:sponsorships_agreement_change", args=[agreement.pk]),
            {"signatories": TEXT, "document": upload("signed.pdf"), "path": "elsewhere"},
        ),
    }


def as_shown(page) -> dict:
    """Return what a page of the panel holds, as the browser would send it."""
    forms = [page.context["adminform"].form]
    for rows in page.context["inline_admin_formsets"]:
        forms += [rows.formset.management_form, *rows.formset.forms]
    values = {field.html_name: field.value() for form in forms for field in form}
    return {name: value for name, value in values.items() if value is not None}


FORMS = ["proposal", "message", "message of the office", "report", "logo", "agreement"]


@pytest.mark.parametrize("name", FORMS)
def test_a_full_disk_is_said_with_what_was_typed_and_leaves_nothing(cast, folder, name, monkeypatch):
    who, there, sent = uploading_forms(cast)[name]
    before = files_in(folder)
    if name == "agreement":
        sent = {**as_shown(browser(cast[who]).get(there)), **sent}
    monkeypatch.setattr(storage.FileSystemStorage, "_save", half_written)
    answer = browser(cast[who]).post(there, sent)
    assert answer.status_code == 503, name
    assert "There is no room to keep this now" in answer.text and "n’y a plus de place" in answer.text
    assert TEXT in answer.text or "purpose" not in sent
    assert files_in(folder) == before
    assert not SupportingDocument.objects.exists() and not Message.objects.exists()
    assert not ReportFile.objects.exists() and not Partner.objects.exclude(logo="").exists()


def half_written(self, name, content):
    """Write the beginning of a file, and no more: as a full disk does."""
    path = Path(self.path(name))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.read(10))
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_large_file_that_finds_no_room_while_it_arrives_loses_no_text(cast, folder, monkeypatch):
    who, there, sent = uploading_forms(cast)["proposal"]
    before = files_in(folder)

    def write(*_args):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("django.core.files.uploadedfile.TemporaryUploadedFile.write", write, raising=False)
    answer = browser(cast[who]).post(there, {**sent, "documents": upload("large.pdf", LARGE)})
    assert answer.status_code == 503
    assert TEXT in answer.text
    assert files_in(folder) == before


def test_another_failure_of_the_disk_is_no_full_disk(cast, folder, monkeypatch):
    who, there, sent = uploading_forms(cast)["proposal"]

    def fail(self, name, content):
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(storage.FileSystemStorage, "_save", fail)
    assert browser(cast[who]).post(there, sent).status_code == 500


def test_a_file_whose_transaction_does_not_hold_is_removed(cast, folder, monkeypatch):
    who, there, sent = uploading_forms(cast)["proposal"]
    before = files_in(folder)
    monkeypatch.setattr("sponsorships.proposals.documents._count_change", lambda sponsorship: 1 / 0)
    assert browser(cast[who]).post(there, sent).status_code == 500
    assert files_in(folder) == before
    assert not SupportingDocument.objects.exists()


@pytest.mark.exhaustive(counted=True)
@pytest.mark.django_db(transaction=True)
def test_a_file_is_kept_where_its_transaction_holds(cast, folder):
    who, there, sent = uploading_forms(cast)["proposal"]
    assert browser(cast[who]).post(there, sent).status_code in (200, 302)
    [document] = SupportingDocument.objects.all()
    assert default_storage.exists(document.file.name)


def keep(name: str, days: int) -> str:
    saved = default_storage.save(name, ContentFile(b"bytes"))
    storage._unconfirmed().clear()
    long_ago = (timezone.now() - datetime.timedelta(days=days)).timestamp()
    os.utime(default_storage.path(saved), (long_ago, long_ago))
    return saved


def test_the_night_removes_what_no_record_has(cast, folder):
    document = factories.make_document(factories.make_sponsorship(chair=cast.chair))
    os.utime(document.file.path, (0, 0))
    stray, new = keep(f"sponsorships/{uuid.uuid4().hex}", 2), keep(f"logos/{uuid.uuid4().hex}", 0)
    somebodys = keep("backup/of-the-site.tar", 2)
    call_command("check_files", verbosity=0)
    assert files_in(folder) == sorted([document.file.name, new, somebodys])
    assert stray not in files_in(folder)


def test_a_record_whose_file_is_gone_is_named(cast):
    document = factories.make_document(factories.make_sponsorship(chair=cast.chair))
    Path(document.file.path).unlink()
    with pytest.raises(
        CommandError, match=f"sponsorships.SupportingDocument {document.pk}: {document.file.name} is gone"
    ):
        call_command("check_files", verbosity=0)


def test_every_column_that_names_a_file_is_looked_at():
    found = {f"{model._meta.label}.{field.name}" for model, field in storage.file_fields()}
    assert found == {
        "partners.Partner.logo",
        "clusters.Photograph.file",
        "clusters.Photograph.small",
        "imports.ImportFile.file",
        "sponsorships.SupportingDocument.file",
        "conversations.MessageFile.file",
        "progress.ReportFile.file",
        "sponsorships.Agreement.file",
        "sponsorships.Agreement.signature_page",
    }
