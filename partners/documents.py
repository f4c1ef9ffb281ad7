"""Takes in a partner's supporting documents, and takes them out. docs/documents.md says what is accepted and why."""

import hashlib
import unicodedata
from pathlib import PurePosixPath

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import F
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from clusters.keys import is_key
from partners.authorship import take_over
from partners.enums import DocumentType
from partners.file_types import EXTENSIONS, Fault, claimed_type, fault_of, type_of
from partners.models import Sponsorship, SupportingDocument
from partners.models.document import NAME_MAX_LENGTH
from partners.uploads import MAX_UPLOAD_SIZE, DroppedUpload

MAX_DOCUMENTS = 5
# What the file chooser of a browser offers.
ACCEPT = ",".join(EXTENSIONS)
ENDINGS = {kind: extension.lstrip(".") for extension, kind in reversed(EXTENSIONS.items())}
# Each names the cause that was found, and a way out that works whatever else is the matter.
FAULTS = {
    Fault.OTHER_TYPE: gettext_lazy(
        "“%(name)s” was not added: its content is not that of a %(type)s file, whatever its name says. Save it as PDF with the program that made it."
    ),
    Fault.CUT_OFF: gettext_lazy(
        "“%(name)s” was not added: its end is missing, as when a copy was interrupted. Take the file from where it was first, or save it as PDF anew."
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


@transaction.atomic
def attach(sponsorship: Sponsorship, uploads: list[UploadedFile], by: User) -> list[str]:
    """Keep those of the uploads that are right. Return a sentence for each of the others."""
    current = sponsorship.locked()
    if not current.is_editable:
        return [_("The proposal has been sent meanwhile: no document can be added any more.")] if uploads else []
    refusals, added = [], 0
    for upload in uploads:
        try:
            added += _keep(current, upload, by)
        except ValidationError as refusal:
            refusals += refusal.messages
    if added:
        take_over(current, by)
        _count_change(sponsorship)
    return refusals


@transaction.atomic
def take_out(sponsorship: Sponsorship, pk: str, by: User) -> str:
    """Take a document out of a proposal. Return its name, or nothing where there is none (a second click)."""
    current = sponsorship.locked()
    document = current.documents.current().filter(pk=pk).first() if is_key(pk) else None
    if document is None or not current.is_editable:
        return ""
    if document.sent_at is None:
        document.erase()
    else:
        document.removed_at = timezone.now()
        document.save(update_fields=["removed_at"])
    take_over(current, by)
    _count_change(sponsorship)
    return document.name


def clean_name(name: str) -> str:
    """Return a file name without its folders, and without the characters that deceive a reader or a system."""
    bare = PurePosixPath(name.replace("\\", "/")).name
    # Categories C*: controls, and the marks that turn the direction of writing and so hide an extension.
    shown = "".join(
        " " if unicodedata.category(sign)[0] in "CZ" else sign for sign in unicodedata.normalize("NFC", bare)
    )
    safe = " ".join("".join("-" if sign in '<>:"/|?*%' else sign for sign in shown).split()).strip(" .")
    stem, dot, extension = safe.rpartition(".")
    return f"{stem[: NAME_MAX_LENGTH - len(extension) - 1]}{dot}{extension}" if dot else safe[:NAME_MAX_LENGTH]


def _keep(sponsorship: Sponsorship, upload: UploadedFile, by: User) -> bool:
    """Keep one upload; answer whether it is new. Raises ValidationError with a sentence."""
    name, kind = checked_upload(upload)
    digest = hashlib.file_digest(upload, "sha256").hexdigest()
    current = sponsorship.documents.current()
    if current.filter(sha256=digest).exists():  # a double click, or the same file chosen again
        return False
    if current.count() >= MAX_DOCUMENTS:
        sentence = _("“%(name)s” was not added: a proposal has at most %(most)d documents. Take one out first.")
        raise ValidationError(sentence, params={"name": name, "most": MAX_DOCUMENTS})
    upload.seek(0)
    SupportingDocument.objects.create(
        sponsorship=sponsorship, name=name, kind=kind, size=upload.size, sha256=digest, file=upload, added_by=by
    )
    return True


def checked_upload(upload: UploadedFile) -> tuple[str, DocumentType]:
    """Return the name and the type of an upload whose name, size and bytes are right; raise ValidationError else."""
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


def _count_change(sponsorship: Sponsorship) -> None:
    """Count a change of the documents as one of the proposal: who read it before must read it again to send it."""
    Sponsorship.objects.filter(pk=sponsorship.pk).update(revision=F("revision") + 1, updated_at=timezone.now())
    sponsorship.revision = Sponsorship.objects.values_list("revision", flat=True).get(pk=sponsorship.pk)
