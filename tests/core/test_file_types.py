import io
import multiprocessing
import resource
import struct

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from core.enums import DocumentType
from core.file_types import DOCX_MAIN_PART, Fault, claimed_type, fault_of, is_really
from core.kept_files import checked_upload, clean_name
from tests.factories import PDF
from tests.sponsorships.uploads import JPEG, PNG, archive, docx, odt, word, word_types, zipped

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
    assert is_really(kind, io.BytesIO(REAL[kind]))
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


PAGES = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\nstartxref\n9\n%%EOF\n"
# With an end behind its first page, and its length at its beginning.
FIRST_PAGE = b"%PDF-1.7\n1 0 obj<</Linearized 1 /L 160 /O 3>>endobj\nstartxref\n0\n%%EOF\n"
LINEARIZED = FIRST_PAGE + b"2 0 obj<</Type/Catalog>>endobj\nstartxref\n9\n%%EOF\n" + b"\n" * 60
# A camera's notes, with a small picture of their own, then the picture.
NOTES = b"\xff\xe1\x00\x0cExif" + b"\xff\xd8\xff\xd9" + b"\x00\x00"
SCAN = b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00" + b"\x12" * 30
CAMERA = b"\xff\xd8" + NOTES + SCAN + b"\xff\xd9"


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        (DocumentType.PDF, PAGES + b"\x00" * 5000),
        (DocumentType.PDF, b"From: a printer\r\n\r\n" + PAGES),
        (DocumentType.PDF, PAGES + b"\r\n" * 3000),
        (DocumentType.PDF, PAGES + bytes(range(256)) * 10),
        (DocumentType.PDF, PAGES + b"2 0 obj<</Type/Annot>>endobj\nstartxref\n70\n%%EOF"),
        (DocumentType.PDF, LINEARIZED),
        (DocumentType.DOCX, word("word/document2.xml")),
        (DocumentType.DOCX, word("word/document.xml")),
        (DocumentType.DOCX, word("main.xml", quote=b"'")),
        (DocumentType.DOCX, word("word/document.xml", first=b"ContentType")),
        (
            DocumentType.ODT,
            zipped(
                {
                    "content.xml": b"<o/>",
                    "META-INF/manifest.xml": b'<m:file-entry m:media-type="application/vnd.oasis.opendocument.text" m:full-path="/"/>',
                }
            ),
        ),
        (DocumentType.ODT, odt(Configurations2__toolbar_xml=b"<t/>", Thumbnails__thumbnail_png=b"x")),
        (DocumentType.PNG, PNG + b"\x00" * 100),
        (DocumentType.PNG, PNG + b"a program's own lines"),
        (DocumentType.JPEG, JPEG + b"\x00" * 100),
        (DocumentType.JPEG, CAMERA + b"a camera's own lines"),
    ],
)
def test_a_whole_file_is_whole_whatever_program_wrote_it(kind, content):
    assert fault_of(kind, io.BytesIO(content)) is None


@pytest.mark.parametrize(
    ("kind", "content", "fault"),
    [
        (DocumentType.PDF, PAGES[:-8], Fault.CUT_OFF),
        (DocumentType.PDF, PAGES + b"2 0 obj<</Type/Annot>>endobj\nstartx", Fault.CUT_OFF),
        (DocumentType.PDF, FIRST_PAGE, Fault.CUT_OFF),
        (DocumentType.PDF, PNG, Fault.OTHER_TYPE),
        (DocumentType.JPEG, b"only its end is a picture's\xff\xd9", Fault.OTHER_TYPE),
        (DocumentType.PNG, PNG[:-12], Fault.CUT_OFF),
        (DocumentType.JPEG, CAMERA[:40], Fault.CUT_OFF),
        (DocumentType.DOCX, odt(), Fault.OTHER_TYPE),
        (DocumentType.DOCX, docx(word__vbaProject_bin=b"macro"), Fault.MACROS),
        (DocumentType.ODT, odt(Basic__Standard_xml=b"macro"), Fault.MACROS),
        (DocumentType.DOCX, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), Fault.LOCKED),
        (DocumentType.DOCX, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), Fault.OTHER_TYPE),
        (DocumentType.DOCX, docx()[:-30], Fault.UNREADABLE),
        (DocumentType.DOCX, zipped({"[Content_Types].xml": word_types("word/gone.xml")}), Fault.UNREADABLE),
    ],
)
def test_what_is_wrong_is_what_was_found(kind, content, fault):
    assert fault_of(kind, io.BytesIO(content)) == fault


def test_a_refusal_names_what_was_found_and_a_way_out():
    for name, content, said in [
        ("a.pdf", PNG, "its content is PNG. Give it a name that ends with .png."),
        ("a.docx", odt(), "its content is ODT"),
        ("a.docx", docx(word__vbaProject_bin=b"macro"), "it contains macros. Save it as PDF."),
        ("a.pdf", PAGES[:-8], "its end is missing"),
        ("a.docx", docx()[:-30], "it cannot be read as a DOCX file"),
    ]:
        with pytest.raises(ValidationError) as refusal:
            checked_upload(SimpleUploadedFile(name, content))
        [sentence] = refusal.value.messages
        assert said in sentence
        assert ("macros" in sentence) == ("macros" in said)


def test_an_archive_that_swells_is_refused(monkeypatch):
    swollen = docx(word__media_png=b"0" * 2000)
    assert is_really(DocumentType.DOCX, io.BytesIO(swollen))
    monkeypatch.setattr("core.file_types.MAX_UNPACKED", 1000)
    assert not is_really(DocumentType.DOCX, io.BytesIO(swollen))


# What a zip begins with.
LOCAL_HEADER = b"PK\x03\x04"


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
    assert not is_really(DocumentType.DOCX, io.BytesIO(LOCAL_HEADER + listed + end64 + found + end))
    assert not looked_at


# As large as an upload may be, and made to be read anew from each of its parts.
DIGITS = b"%PDF-1.7\n%%EOF" + b"1" * 10_000_000
PARTS = zipped({"[Content_Types].xml": DOCX_MAIN_PART + b"<Override " * 100_000, "word/document.xml": b"<w/>"})
ENTRIES = zipped({"META-INF/manifest.xml": b"<file-entry " * 80_000, "content.xml": b"<o/>"})
CPU_SECONDS = 20


def fault_within_limits(kind, content, found):
    """Put the fault in a pipe; the kernel ends the process if it takes longer than any honest file."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    found.send(fault_of(kind, io.BytesIO(content)))


@pytest.mark.parametrize(
    ("kind", "content", "fault"),
    [
        (DocumentType.PDF, DIGITS, None),
        (DocumentType.DOCX, PARTS, None),
        (DocumentType.ODT, ENTRIES, Fault.OTHER_TYPE),
    ],
    ids=["digits", "parts", "entries"],
)
def test_no_file_occupies_the_process(kind, content, fault):
    reader, writer = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("fork").Process(target=fault_within_limits, args=(kind, content, writer))
    process.start()
    writer.close()
    try:
        assert reader.recv() == fault
    finally:
        process.join()


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
