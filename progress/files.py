"""Attaches files to a report and removes them, with the same checks as a proposal's documents."""

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from core.kept_files import keep_all
from core.primary_keys import is_key
from progress.models import ProgressReport

MAX_FILES = 10


@transaction.atomic
def attach(report: ProgressReport, uploads: list[UploadedFile]) -> list[str]:
    """Attach the valid uploads. Return a sentence for each of the others."""
    current = report.locked()
    if not current.is_editable:
        return [_("The report has been handed in in the meantime: no file can be added any more.")] if uploads else []
    full = _("“%(name)s” was not added: a report can have at most %(most)d files. Remove one first.")
    return keep_all(current.files, uploads, most=MAX_FILES, full=full)[1]


@transaction.atomic
def take_out(report: ProgressReport, keys: list[str]) -> None:
    """Delete files of a report that is still editable."""
    current = report.locked()
    if current.is_editable:
        for file in current.files.filter(pk__in=[key for key in keys if is_key(key)]):
            file.erase()
