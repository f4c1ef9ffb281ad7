"""What a file really is: told by its bytes, whatever its name claims. docs/documents.md says what is accepted and why."""

import struct
import zipfile
import zlib
from pathlib import PurePath
from typing import BinaryIO

from partners.enums import DocumentType

EXTENSIONS = {
    ".pdf": DocumentType.PDF,
    ".docx": DocumentType.DOCX,
    ".odt": DocumentType.ODT,
    ".png": DocumentType.PNG,
    ".jpg": DocumentType.JPEG,
    ".jpeg": DocumentType.JPEG,
}
# A PDF may carry a mail's or a printer's lines before its header, and blanks after its end.
PDF_EDGE = 1024
PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
PNG_END = b"IEND\xaeB`\x82"
JPEG_START, JPEG_END = b"\xff\xd8\xff", b"\xff\xd9"
ODT_MEDIA_TYPE = b"application/vnd.oasis.opendocument.text"
DOCX_MEMBERS = {"[Content_Types].xml", "word/document.xml"}
DOCX_MAIN_PART = b"wordprocessingml.document.main+xml"
# An office file of a few pages has some dozen members; one that unpacks to more than this is a bomb.
MAX_MEMBERS = 2_000
MAX_UNPACKED = 300 * 1024 * 1024
# Of an archive, at once: its list of members before any is counted (220,000 fit in 10 MB), or the beginning of one.
MAX_READ = 1024 * 1024
# What a damaged archive makes the library raise.
DAMAGE = (zipfile.BadZipFile, OSError, RuntimeError, ValueError, KeyError, EOFError, zlib.error, struct.error)


def claimed_type(name: str) -> DocumentType | None:
    """Answer what a file says that it is, by its extension; None for anything that is not accepted."""
    return EXTENSIONS.get(PurePath(name).suffix.lower())


def is_really(kind: DocumentType, file: BinaryIO) -> bool:
    """Whether the bytes are a whole file of this type, without macros."""
    file.seek(0)
    try:
        return CHECKS[kind](file)
    except DAMAGE:
        return False
    finally:
        file.seek(0)


def _is_pdf(file: BinaryIO) -> bool:
    content = file.read()
    return b"%PDF-" in content[:PDF_EDGE] and b"%%EOF" in content[-PDF_EDGE:]


def _is_png(file: BinaryIO) -> bool:
    content = file.read()
    return content.startswith(PNG_SIGNATURE) and content[12:16] == b"IHDR" and content.rstrip().endswith(PNG_END)


def _is_jpeg(file: BinaryIO) -> bool:
    content = file.read()
    # Cameras add lines of their own after the picture's end.
    return content.startswith(JPEG_START) and JPEG_END in content


def _is_docx(file: BinaryIO) -> bool:
    with zipfile.ZipFile(_Sips(file)) as archive:
        names = _members(archive)
        has_macros = any(name.lower().endswith("vbaproject.bin") for name in names)
        return names >= DOCX_MEMBERS and not has_macros and DOCX_MAIN_PART in _read(archive, "[Content_Types].xml")


def _is_odt(file: BinaryIO) -> bool:
    with zipfile.ZipFile(_Sips(file)) as archive:
        names = _members(archive)
        has_macros = any(name.startswith(("Basic/", "Scripts/")) and not name.endswith("/") for name in names)
        return "content.xml" in names and not has_macros and _read(archive, "mimetype").strip() == ODT_MEDIA_TYPE


class _Sips:
    """A file of which no more than MAX_READ bytes are read at once: what an archive says of itself may be a lie."""

    def __init__(self, file: BinaryIO):
        self.file = file

    def __getattr__(self, name):
        return getattr(self.file, name)

    def read(self, size: int = -1) -> bytes:
        if size > MAX_READ:
            raise zipfile.BadZipFile
        return self.file.read(size if size >= 0 else MAX_READ)


def _members(archive: zipfile.ZipFile) -> set[str]:
    """Answer the names in an archive; refuse one that hides or swells."""
    members = archive.infolist()
    is_locked = any(member.flag_bits & 0x1 for member in members)
    if is_locked or len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED:
        raise zipfile.BadZipFile
    return {member.filename for member in members}


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as member:
        return member.read(MAX_READ)


CHECKS = {
    DocumentType.PDF: _is_pdf,
    DocumentType.DOCX: _is_docx,
    DocumentType.ODT: _is_odt,
    DocumentType.PNG: _is_png,
    DocumentType.JPEG: _is_jpeg,
}
