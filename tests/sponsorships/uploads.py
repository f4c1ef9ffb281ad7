"""Files as a browser would send them: real ones, and ones that only claim to be."""

import io
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories import PDF

PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
    b"\x00\x00\x00\nIDATx\x9cc\x00\x01\x00\x00\x05\x00\x01\r\n-\xb4\x00\x00\x00\x00IEND\xaeB`\x82"
)
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"\x00" * 20 + b"\xff\xd9"
WORD = b'<Types><Override ContentType="application/x.wordprocessingml.document.main+xml"/></Types>'


def archive(**members: bytes) -> bytes:
    """A zip; members are named by keywords, with __ for a slash and _ for a dot."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as packed:
        for name, content in members.items():
            packed.writestr(name.replace("__", "/").replace("_", "."), content)
    return held.getvalue()


def docx(**more: bytes) -> bytes:
    held = io.BytesIO(archive(word__document_xml=b"<w/>", **more))
    with zipfile.ZipFile(held, "a") as packed:
        packed.writestr("[Content_Types].xml", WORD)
    return held.getvalue()


def odt(**more: bytes) -> bytes:
    return archive(mimetype=b"application/vnd.oasis.opendocument.text", content_xml=b"<o/>", **more)


def zipped(members: dict[str, bytes]) -> bytes:
    """A zip of members by their own names."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return held.getvalue()


def word_types(part: str, quote: bytes = b'"', first: bytes = b"PartName") -> bytes:
    """The list of types of a text document, as different programs write it."""
    main = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    said = {b"PartName": b"/" + part.encode(), b"ContentType": main}
    names = sorted(said, key=lambda name: name != first)
    attributes = b" ".join(name + b"=" + quote + said[name] + quote for name in names)
    return b'<Types><Default Extension="xml" ContentType="application/xml"/><Override ' + attributes + b"/></Types>"


def word(part: str, **more) -> bytes:
    """A text document whose main part stands where the program wished: Word on the web writes word/document2.xml."""
    return zipped({"[Content_Types].xml": word_types(part, **more), "_rels/.rels": b"<r/>", part: b"<w/>"})


def upload(name="Description.pdf", content=PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)
