"""Reads the kept files of agreements, and checks each against its SHA-256."""

import hashlib

from sponsorships.models import Agreement


class Altered(Exception):
    """The kept file is missing, or is not the one whose fingerprint was written down."""


def fingerprint(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def read(file) -> bytes:
    """Return what a file field of an agreement holds. Raise Altered where nothing is there."""
    try:
        with file.open("rb") as opened:
            return opened.read()
    except (ValueError, FileNotFoundError) as error:  # no file was ever given, or it is gone
        raise Altered from error


def read_document(agreement: Agreement) -> bytes:
    """Return the exact bytes that were issued or recorded. Raise Altered."""
    content = read(agreement.file)
    if fingerprint(content) != agreement.sha256:
        raise Altered
    return content


def is_in_force(sha256: str) -> bool:
    """Return whether this is the fingerprint of a document that was signed here, or recorded as signed elsewhere."""
    return Agreement.objects.in_force().filter(sha256=sha256).exists()
