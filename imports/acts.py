"""What users do with an import: upload files, have them checked, enter them, or discard them."""

import datetime
import hashlib
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import User
from core.exceptions import Refused
from core.kept_files import checked_upload, clean_name
from core.on_behalf import colleague_of
from core.uploads import MAX_UPLOAD_SIZE
from imports import tasks
from imports.enums import FileType, ImportStatus
from imports.models import Import, ImportFile
from imports.perms import ENTERING, can_discard, can_enter
from imports.reading import file_type_of

S = ImportStatus
# If a worker dies, its import stays in a running status: after this time it may be started again.
STUCK_AFTER = datetime.timedelta(minutes=10)
OPEN = (S.READY, S.TO_CORRECT, S.UNREADABLE)


def columns_of(upload: UploadedFile) -> dict[str, Any]:
    """Return the column values of a stored file for an upload.

    Raise ValidationError for a file that cannot be imported.
    """
    name = clean_name(upload.name or "")
    kind, params = file_type_of(name), {"name": name or "?", "most": filesizeformat(MAX_UPLOAD_SIZE)}
    if kind is None:
        raise ValidationError(_("“%(name)s” is not an XLSX, CSV or PDF file. Save the table as XLSX."), params=params)
    if (upload.size or 0) > MAX_UPLOAD_SIZE:
        raise ValidationError(_("“%(name)s” is larger than %(most)s: bring it in several files."), params=params)
    if not upload.size:
        raise ValidationError(_("“%(name)s” is empty."), params=params)
    if kind == FileType.PDF:
        checked_upload(upload)
    digest = hashlib.file_digest(upload, "sha256").hexdigest()
    upload.seek(0)
    return {"name": name, "kind": kind, "size": upload.size, "sha256": digest, "file": upload}


@transaction.atomic
def bring(batch: Import, uploads: list[UploadedFile], *, by: User) -> Import:
    """Save a new import with its files, and queue its check. Return it."""
    batch.uploaded_by, batch.language = by, get_language() or by.language
    batch.on_behalf_of = colleague_of(by)
    batch.save()
    for upload in uploads:
        ImportFile.objects.create(batch=batch, **columns_of(upload))
    transaction.on_commit(partial(tasks.check.enqueue, batch.pk))
    return batch


def why_not_enter(batch: Import, by: User) -> list[str]:
    """Return every reason why this person cannot enter the import now."""
    if batch.status != S.READY:
        return [_("This import is “%(status)s”.") % {"status": batch.get_status_display()}]
    return [] if can_enter(batch, by) else [str(ENTERING)]


@transaction.atomic
def enter(batch: Import, *, by: User) -> Import:
    """Queue the import for entering, all of it or nothing, and return it. Raise Refused with the reasons."""
    current = _locked(batch)
    if reasons := why_not_enter(current, by):
        raise Refused(reasons)
    current.status, current.entered_at = S.ENTERING, timezone.now()
    current.entered_by, current.entered_for = by, colleague_of(by)
    current.save()
    transaction.on_commit(partial(tasks.enter.enqueue, current.pk))
    return current


def why_not_check(batch: Import, by: User) -> list[str]:
    """Return why the import cannot be checked again: it is entered, discarded or running."""
    since = batch.entered_at or batch.checked_at or batch.uploaded_at
    is_stuck = batch.is_running and since < timezone.now() - STUCK_AFTER
    if batch.status in OPEN or is_stuck:
        return [] if can_discard(batch, by) else [str(ENTERING)]
    return [_("This import is “%(status)s”.") % {"status": batch.get_status_display()}]


@transaction.atomic
def check_again(batch: Import, *, by: User) -> Import:
    """Queue another check, since missing records may exist by now. Return the import. Raise Refused with the reasons.

    Its sentences are in the language of whoever asks for it.
    """
    current = _locked(batch)
    if reasons := why_not_check(current, by):
        raise Refused(reasons)
    current.status, current.checked_at = S.CHECKING, timezone.now()
    current.language = get_language() or by.language
    current.entered_at = current.entered_by = current.entered_for = None
    current.save()
    transaction.on_commit(partial(tasks.check.enqueue, current.pk))
    return current


def why_not_discard(batch: Import, by: User) -> list[str]:
    if batch.status not in OPEN:
        return [_("This import is “%(status)s”.") % {"status": batch.get_status_display()}]
    return [] if can_discard(batch, by) else [str(ENTERING)]


@transaction.atomic
def discard(batch: Import, *, by: User) -> Import:
    """Discard an import: delete its files and lines, and keep its row. Return it. Raise Refused with the reasons."""
    current = _locked(batch)
    if reasons := why_not_discard(current, by):
        raise Refused(reasons)
    current.status = S.DISCARDED
    current.save()
    current.lines.all().delete()
    for file in current.files.all():
        file.erase()
    return current


def _locked(batch: Import) -> Import:
    return Import.objects.select_for_update().get(pk=batch.pk)
