import io
import struct

import pytest

from partners.documents import clean_name
from partners.enums import DocumentType
from partners.file_types import claimed_type, is_really
from tests.factories import PDF
from tests.partners.uploads import JPEG, PNG, archive, docx, odt

REAL = {
    DocumentType.PDF: PDF,
    DocumentType.DOCX: docx(),
    DocumentType.ODT: odt(),
    DocumentType.PNG: PNG,
    DocumentType.JPEG: JPEG,
}


@pytest.mark.parametrize("kind", list(DocumentType))
@pytest.mark.parametrize("content", list(DocumentType))
def test_a_file_is_of_one_type_only(kind, content):
    assert is_really(kind, io.BytesIO(REAL[content])) is (kind == content)


@pytest.mark.parametrize("kind", list(DocumentType))
def test_half_a_file_is_none(kind):
    assert not is_really(kind, io.BytesIO(REAL[kind][: len(REAL[kind]) // 2]))


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        (DocumentType.DOCX, docx(word__vbaProject_bin=b"macro")),
        (DocumentType.ODT, odt(Basic__Standard_xml=b"macro")),
        (DocumentType.DOCX, archive(word__document_xml=b"no list of types")),
        (DocumentType.ODT, archive(mimetype=b"application/vnd.oasis.opendocument.spreadsheet", content_xml=b"")),
        (DocumentType.DOCX, b"PK\x03\x04 and then nothing"),
        (DocumentType.PDF, b"<script>alert(1)</script> %%EOF"),
    ],
)
def test_macros_and_disguises_are_refused(kind, content):
    assert not is_really(kind, io.BytesIO(content))


def test_an_archive_that_swells_is_refused(monkeypatch):
    monkeypatch.setattr("partners.file_types.MAX_UNPACKED", 1000)
    assert not is_really(DocumentType.DOCX, io.BytesIO(docx(word__media_png=b"0" * 2000)))


@pytest.mark.parametrize("said", [220_000, 3])
def test_a_list_of_members_that_swells_is_not_even_read(monkeypatch, said):
    """Its end may say how many there are, or lie: either way none of them is looked at."""
    member = struct.pack("<4s4B4HL2L5H2L", b"PK\x01\x02", 20, 3, 20, 0, 0, 0, 0, 0, 0, 0, 0, 1, *[0] * 6) + b"a"
    listed = member * 220_000
    end64 = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, said, said, len(listed), 0)
    found = struct.pack("<4sLQL", b"PK\x06\x07", 0, len(listed), 1)
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 65535, 65535, len(listed), 0xFFFFFFFF, 0)
    looked_at = []
    monkeypatch.setattr("zipfile.ZipInfo", lambda *args: looked_at.append(args))
    assert not is_really(DocumentType.DOCX, io.BytesIO(listed + end64 + found + end))
    assert not looked_at


@pytest.mark.parametrize("name", ["a.exe", "a.pdf.exe", "a.html", "a.svg", "pdf", "", ".docm", "a.docm"])
def test_other_names_claim_nothing(name):
    assert claimed_type(name) is None


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Devis n° 3.PDF", "Devis n° 3.PDF"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        (r"C:\Users\me\offer.pdf", "offer.pdf"),
        ("invoice\u202efdp.exe", "invoice fdp.exe"),
        ("two\r\nlines\x00.pdf", "two lines .pdf"),
        ('a"b<c>.pdf', "a-b-c-.pdf"),
        ("e\u0301tude.pdf", "étude.pdf"),
    ],
)
def test_names_lose_what_deceives(typed, kept):
    assert clean_name(typed) == kept


def test_a_long_name_keeps_its_extension():
    name = clean_name("x" * 500 + ".pdf")
    assert len(name) == 120
    assert name.endswith("x.pdf")
