"""Read the stored files of agreements, and check each against its SHA-256."""

import hashlib

from sponsorships.models import Agreement


class Altered(Exception):
    """The stored file is missing, or its SHA-256 is not the recorded one."""


def fingerprint(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def read(file) -> bytes:
    """Return the content of an agreement's file field. Raise Altered if there is no file."""
    try:
        with file.open("rb") as opened:
            return opened.read()
    except (ValueError, FileNotFoundError) as error:  # the field is empty, or the file was deleted
        raise Altered from error


def read_document(agreement: Agreement) -> bytes:
    """Return the document as issued or recorded, byte for byte. Raise Altered if it has changed or is missing."""
    content = read(agreement.file)
    if fingerprint(content) != agreement.sha256:
        raise Altered
    return content


def is_in_force(sha256: str) -> bool:
    """Return whether this is the SHA-256 of a document in force: signed here, or recorded as signed elsewhere."""
    return Agreement.objects.in_force().filter(sha256=sha256).exists()
