"""Validates a file that somebody adds to a record, and stores it once. docs/documents.md says what is checked and why."""

import hashlib
import unicodedata
from pathlib import PurePosixPath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.enums import DocumentType
from core.file_types import EXTENSIONS, Fault, claimed_type, fault_of, type_of
from core.models.kept_file import NAME_MAX_LENGTH
from core.uploads import MAX_UPLOAD_SIZE, DroppedUpload

# For the `accept` attribute of a file input.
ACCEPT = ",".join(EXTENSIONS)
ENDINGS = {kind: extension.lstrip(".") for extension, kind in reversed(EXTENSIONS.items())}
# Each sentence names the fault, and a way out that works in any case.
FAULTS = {
    Fault.OTHER_TYPE: gettext_lazy(
        "“%(name)s” was not added: its content is not that of a %(type)s file, whatever its name says. Save it as PDF with the program that made it."
    ),
    Fault.CUT_OFF: gettext_lazy(
        "“%(name)s” was not added: its end is missing, as when a copy was interrupted. Go back to the original file, "
        "or save it as PDF again."
    ),
    Fault.MACROS: gettext_lazy("“%(name)s” was not added: it contains macros. Save it as PDF."),
    Fault.LOCKED: gettext_lazy(
        "“%(name)s” was not added: a password protects it. Save a copy without the password, or as PDF."
    ),
    Fault.TOO_MUCH: gettext_lazy(
        "“%(name)s” was not added: it unpacks to more than a document of this size should. Save it as PDF."
    ),
    Fault.UNREADABLE: gettext_lazy(
        "“%(name)s” was not added: it cannot be read as a %(type)s file. Save it as PDF with the program that made it."
    ),
}


def keep_all(files, uploads: list[UploadedFile], *, most: int, full: str, **values: Any) -> tuple[int, list[str]]:
    """Store the valid uploads among a record's `files`, up to `most` files in all; `values` are further columns.

    Return the number of new files, and a sentence for each refused upload. `full` is the sentence for one file too many.
    """
    added, refusals = 0, []
    for upload in uploads:
        try:
            added += _keep(files, upload, most, full, values)
        except ValidationError as refusal:
            refusals += refusal.messages
    return added, refusals


def _keep(files, upload: UploadedFile, most: int, full: str, values: dict[str, Any]) -> bool:
    columns = columns_of(upload)
    if files.filter(sha256=columns["sha256"]).exists():  # sent twice, or chosen again
        return False
    if files.count() >= most:
        raise ValidationError(full, params={"name": columns["name"], "most": most})
    files.create(**columns, **values)
    return True


def columns_of(upload: UploadedFile) -> dict[str, Any]:
    """Return the columns of a kept file for a valid upload. Otherwise raise ValidationError with a sentence."""
    name, kind = checked_upload(upload)
    digest = hashlib.file_digest(upload, "sha256").hexdigest()
    upload.seek(0)
    return {"name": name, "kind": kind, "size": upload.size, "sha256": digest, "file": upload}


def checked_upload(upload: UploadedFile) -> tuple[str, DocumentType]:
    """Return the name and type of an upload. Raise ValidationError if its name, size or content is not accepted."""
    name = clean_name(upload.name or "")
    kind = claimed_type(name)
    params = {"name": name or "?", "most": filesizeformat(MAX_UPLOAD_SIZE), "type": kind.label if kind else ""}
    if kind is None:
        sentence = _(
            "“%(name)s” was not added: it is not a PDF, DOCX, ODT, PNG or JPEG file. Save it as PDF, for example."
        )
    elif upload.size > MAX_UPLOAD_SIZE:
        sentence = _("“%(name)s” was not added: it is larger than %(most)s. Make it smaller, or divide it.")
    elif isinstance(upload, DroppedUpload):
        sentence = _("“%(name)s” was not added: too many files came at once. Choose a few at a time.")
    elif not upload.size:
        sentence = _("“%(name)s” was not added: it is empty.")
    elif fault := fault_of(kind, upload):
        sentence = FAULTS[fault]
        other = type_of(upload) if fault == Fault.OTHER_TYPE else None
        if other:
            sentence = _(
                "“%(name)s” was not added: its content is %(other)s. Give it a name that ends with .%(ending)s."
            )
            params |= {"other": other.label, "ending": ENDINGS[other]}
    else:
        return name, kind
    raise ValidationError(sentence, params=params)


def clean_name(name: str) -> str:
    """Return a file name without folders, and without characters that mislead readers or operating systems."""
    bare = PurePosixPath(name.replace("\\", "/")).name
    # Categories C*: control characters, including marks of writing direction, which can hide an extension.
    shown = "".join(
        " " if unicodedata.category(sign)[0] in "CZ" else sign for sign in unicodedata.normalize("NFC", bare)
    )
    safe = " ".join("".join("-" if sign in '<>:"/|?*%' else sign for sign in shown).split()).strip(" .")
    stem, dot, extension = safe.rpartition(".")
    return f"{stem[: NAME_MAX_LENGTH - len(extension) - 1]}{dot}{extension}" if dot else safe[:NAME_MAX_LENGTH]
