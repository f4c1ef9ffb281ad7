"""Takes in the files of a report, and takes them out: the checks are those of a proposal's documents."""

import hashlib

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from clusters.keys import is_key
from partners.documents import checked_upload
from partners.models import ProgressReport

MAX_FILES = 10


@transaction.atomic
def attach(report: ProgressReport, uploads: list[UploadedFile]) -> list[str]:
    """Keep those of the uploads that are right. Return a sentence for each of the others."""
    current = report.locked()
    if not current.is_editable:
        return [_("The report was handed in meanwhile: no file can be added any more.")] if uploads else []
    refusals = []
    for upload in uploads:
        try:
            _keep(current, upload)
        except ValidationError as refusal:
            refusals += refusal.messages
    return refusals


@transaction.atomic
def take_out(report: ProgressReport, keys: list[str]) -> None:
    """Forget files of a report that its writer still works on."""
    current = report.locked()
    if current.is_editable:
        for file in current.files.filter(pk__in=[key for key in keys if is_key(key)]):
            file.erase()


def _keep(report: ProgressReport, upload: UploadedFile) -> None:
    name, kind = checked_upload(upload)
    digest = hashlib.file_digest(upload, "sha256").hexdigest()
    if report.files.filter(sha256=digest).exists():  # a double click, or the same file chosen again
        return
    if report.files.count() >= MAX_FILES:
        sentence = _("“%(name)s” was not added: a report has at most %(most)d files. Take one out first.")
        raise ValidationError(sentence, params={"name": name, "most": MAX_FILES})
    upload.seek(0)
    report.files.create(name=name, kind=kind, size=upload.size, sha256=digest, file=upload)
