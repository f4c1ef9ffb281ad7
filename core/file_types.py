"""Detects the type of a file by its content, whatever its name says.

docs/documents.md says what is accepted and why.
"""

import re
import struct
import zipfile
import zlib
from enum import Enum
from pathlib import PurePath
from typing import BinaryIO

import puremagic

from core.enums import DocumentType

EXTENSIONS = {
    ".pdf": DocumentType.PDF,
    ".docx": DocumentType.DOCX,
    ".odt": DocumentType.ODT,
    ".png": DocumentType.PNG,
    ".jpg": DocumentType.JPEG,
    ".jpeg": DocumentType.JPEG,
}
# A PDF may have lines of a mail or a printer before its header, where puremagic does not find it.
PDF_EDGE = 1024
# Matches content after the last end marker of a PDF, which shows that the file was cut off.
# Padding and lines added by a server do not match. It begins with a single digit: `\d+` would read a long number anew
# from each of its digits, and a file of ten million digits would occupy the process for days.
PDF_GOES_ON = re.compile(rb"\d\s+\d+\s+obj\b|endobj|endstream|startxref")
# A linearised PDF states its length at its beginning, and has another end marker after its first page.
PDF_LENGTH = re.compile(rb"/Linearized\b[^>]{0,200}?/L\s+(\d{1,12})\b")
# The offsets of the first block of a picture.
PNG_BLOCKS, JPEG_BLOCKS = 8, 2
JPEG_END, JPEG_SCAN = b"\xff\xd9", 0xDA
# Office files before 2007, and password-protected ones of today, begin alike.
OFFICE_97, LOCKED_PACKAGE = ".doc", "EncryptedPackage".encode("utf-16-le")
ODT_MEDIA_TYPE = b"application/vnd.oasis.opendocument.text"
# Tags end at “<” too, which no attribute contains: otherwise each of many tags without an end would be read to the end.
ODT_ROOT = re.compile(rb"<(?:\w+:)?file-entry\b(?=[^<>]*full-path=[\"']/[\"'])(?=[^<>]*media-type=[\"']([^\"']*))")
CONTENT_TYPES, MANIFEST = "[Content_Types].xml", "META-INF/manifest.xml"
# Word on the web names the main part word/document2.xml, so it is found by the list of content types.
DOCX_MAIN_PART = b"wordprocessingml.document.main+xml"
DOCX_PART = re.compile(rb"<(?:\w+:)?Override\b[^<>]*>")
DOCX_PART_NAME = re.compile(rb"\bPartName\s*=\s*[\"']/?([^\"']+)")
DOCX_USUAL_PART = "word/document.xml"
MACROS = (b"macroEnabled", b"vnd.ms-office.vbaProject")
# An office file of a few pages has some dozens of members; one that unpacks to more than this is a zip bomb.
MAX_MEMBERS = 2_000
MAX_UNPACKED = 300 * 1024 * 1024
# Bytes of an archive to read at once: the list of members before they are counted (220,000 fit into 10 MB), or a member's start.
MAX_READ = 1024 * 1024
# The exceptions that the library raises for a damaged archive.
DAMAGE = (zipfile.BadZipFile, OSError, RuntimeError, ValueError, KeyError, EOFError, zlib.error, struct.error)


def claimed_type(name: str) -> DocumentType | None:
    """Return the type that a file's extension claims, or None for an extension that is not accepted."""
    return EXTENSIONS.get(PurePath(name).suffix.lower())


class Fault(Enum):
    """A fault found in a file; `UNREADABLE` if nothing more is known."""

    OTHER_TYPE = "other_type"
    CUT_OFF = "cut_off"
    MACROS = "macros"
    LOCKED = "locked"
    TOO_MUCH = "too_much"
    UNREADABLE = "unreadable"


class Faulty(Exception):
    def __init__(self, fault: Fault):
        super().__init__(fault)
        self.fault = fault


def is_really(kind: DocumentType, file: BinaryIO) -> bool:
    """Return whether the content is a complete file of this type, without macros."""
    return fault_of(kind, file) is None


def fault_of(kind: DocumentType, file: BinaryIO) -> Fault | None:
    """Return the fault of a file of the claimed type, or None."""
    file.seek(0)
    try:
        _check_beginning(kind, file)
        CHECKS[kind](file)
    except Faulty as found:
        return found.fault
    except DAMAGE:
        return Fault.UNREADABLE
    finally:
        file.seek(0)
    return None


def type_of(file: BinaryIO) -> DocumentType | None:
    """Return the type of which the content is a complete file, or None."""
    return next((kind for kind in DocumentType if is_really(kind, file)), None)


def _require(is_so: bool, fault: Fault) -> None:
    if not is_so:
        raise Faulty(fault)


def _check_beginning(kind: DocumentType, file: BinaryIO) -> None:
    if kind == DocumentType.PDF:
        return
    known = _begins_as(file)
    if OFFICE_97 in known and LOCKED_PACKAGE in file.read():
        raise Faulty(Fault.LOCKED)
    _require(kind in map(EXTENSIONS.get, known), Fault.OTHER_TYPE)


def _begins_as(file: BinaryIO) -> set[str]:
    """Return the extensions of all types that begin like this file. A type that only matches at its end is left out."""
    try:
        return {match.extension for match in puremagic.magic_stream(file) if match.offset >= 0}
    except (puremagic.PureError, ValueError):  # of no known type, or empty
        return set()


def _check_pdf(file: BinaryIO) -> None:
    content = file.read()
    _require(b"%PDF-" in content[:PDF_EDGE], Fault.OTHER_TYPE)
    end = content.rfind(b"%%EOF")
    _require(end >= 0 and not PDF_GOES_ON.search(content, end), Fault.CUT_OFF)
    length = PDF_LENGTH.search(content[: 2 * PDF_EDGE])
    _require(length is None or int(length[1]) <= len(content), Fault.CUT_OFF)


def _check_png(file: BinaryIO) -> None:
    content = file.read()
    place = PNG_BLOCKS
    # Each block states its length. Bytes that programs append after the last block are ignored.
    while content[place + 4 : place + 8] != b"IEND":
        _require(place + 12 <= len(content), Fault.CUT_OFF)
        place += 12 + int.from_bytes(content[place : place + 4])
    _require(place + 12 <= len(content), Fault.CUT_OFF)


def _check_jpeg(file: BinaryIO) -> None:
    content = file.read()
    place = JPEG_BLOCKS
    # Camera metadata contain a thumbnail with its own end marker, so the blocks before the scan are skipped.
    while content[place : place + 1] == b"\xff" and content[place + 1 : place + 2] not in (b"", bytes([JPEG_SCAN])):
        place += 2 + int.from_bytes(content[place + 2 : place + 4])
    # Cameras append data after the end marker too.
    _require(JPEG_END in content[place:], Fault.CUT_OFF)


def _check_docx(file: BinaryIO) -> None:
    with zipfile.ZipFile(_Sips(file)) as archive:
        names = _members(archive)
        _require(CONTENT_TYPES in names, Fault.OTHER_TYPE)
        types = _read(archive, CONTENT_TYPES)
        has_macros = any(name.lower().endswith("vbaproject.bin") for name in names)
        _require(not has_macros and not any(sign in types for sign in MACROS), Fault.MACROS)
        _require(DOCX_MAIN_PART in types, Fault.OTHER_TYPE)
        main = [DOCX_PART_NAME.search(part) for part in DOCX_PART.findall(types) if DOCX_MAIN_PART in part]
        said = {part[1].decode(errors="replace") for part in main if part} or {DOCX_USUAL_PART}
        _require(bool(said & names), Fault.UNREADABLE)


def _check_odt(file: BinaryIO) -> None:
    with zipfile.ZipFile(_Sips(file)) as archive:
        names = _members(archive)
        if "mimetype" in names:
            said = _read(archive, "mimetype").strip()
        else:  # the mimetype member is only recommended; the manifest has the type too
            root = ODT_ROOT.search(_read(archive, MANIFEST)) if MANIFEST in names else None
            said = root[1] if root else b""
        _require(said == ODT_MEDIA_TYPE, Fault.OTHER_TYPE)
        has_macros = any(name.startswith(("Basic/", "Scripts/")) and not name.endswith("/") for name in names)
        _require(not has_macros, Fault.MACROS)
        _require("content.xml" in names, Fault.UNREADABLE)


class _Sips:
    """A file that gives at most MAX_READ bytes per read, because an archive may state wrong sizes."""

    def __init__(self, file: BinaryIO):
        self.file = file

    def __getattr__(self, name):
        return getattr(self.file, name)

    def read(self, size: int = -1) -> bytes:
        if size > MAX_READ:
            raise zipfile.BadZipFile
        return self.file.read(size if size >= 0 else MAX_READ)


def _members(archive: zipfile.ZipFile) -> set[str]:
    """Return the names of an archive's members. Raise Faulty if it is encrypted or unpacks to too much."""
    members = archive.infolist()
    _require(not any(member.flag_bits & 0x1 for member in members), Fault.LOCKED)
    unpacked = sum(member.file_size for member in members)
    _require(len(members) <= MAX_MEMBERS and unpacked <= MAX_UNPACKED, Fault.TOO_MUCH)
    return {member.filename for member in members}


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as member:
        return member.read(MAX_READ)


CHECKS = {
    DocumentType.PDF: _check_pdf,
    DocumentType.DOCX: _check_docx,
    DocumentType.ODT: _check_odt,
    DocumentType.PNG: _check_png,
    DocumentType.JPEG: _check_jpeg,
}
