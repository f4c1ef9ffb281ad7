"""Make a tagged PDF (PDF/UA-1) from a document's text (see `document`), with typst.

Text that people wrote reaches the template as data, never as markup, so that it cannot inject any.
"""

import datetime
import json
import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

TEMPLATE = Path(__file__).with_name("document.typ")
# With this standard, the compiler rejects a document without a title, an image without a description and a character
# that the typeface lacks.
STANDARD = "ua-1"
LACKING = re.compile(r"the text `\"(.+?)\"` could not be displayed")
# An empty folder: documents use no packages, so that nothing is downloaded.
NO_PACKAGES = str(TEMPLATE.parent / "no-packages")


class Unprintable(Exception):
    """The text has characters that the typeface lacks; `signs` are these."""

    def __init__(self, signs: str):
        super().__init__(signs)
        self.signs = signs


@cache
def compiler() -> Any:
    """Return the typst module, imported on first use: it takes 7 MB, and most processes make no document."""
    import typst

    return typst


@cache
def fonts() -> Any:
    """Return the fonts that come with typst, so that a document looks the same on every machine."""
    return compiler().Fonts(include_system_fonts=False)


def typeset(document: dict, at: datetime.datetime, template: bytes | None = None) -> bytes:
    """Return the PDF; the same text and moment give the same bytes. Raise Unprintable."""
    try:
        return _compile(document, template, pdf_standards=[STANDARD], timestamp=int(at.timestamp()))
    except compiler().TypstError as error:
        if lacking := LACKING.findall(error.diagnostic):
            raise Unprintable(" ".join(dict.fromkeys(lacking))) from error
        raise


def pictures(document: dict, dpi: int) -> list[bytes]:
    """Return the document's pages as PNG images."""
    pages = _compile(document, None, format="png", ppi=dpi)
    return pages if isinstance(pages, list) else [pages]


# A page of the size of its picture.
PICTURE = b'#set page(width: auto, height: auto, margin: 8pt)\n#image(bytes(sys.inputs.document), format: "svg")'


def picture_of(svg: str, dpi: int) -> bytes:
    """Return an SVG as a PNG; the same SVG gives the same bytes."""
    return _typeset(PICTURE, svg, format="png", ppi=dpi)


def _compile(document: dict, template: bytes | None, **output):
    return _typeset(template or TEMPLATE.read_bytes(), json.dumps(_plain(document)), **output)


def _typeset(template: bytes, given: str, **output):
    return compiler().compile(
        template,
        root=str(TEMPLATE.parent),
        font_paths=fonts(),
        ignore_system_fonts=True,
        sys_inputs={"document": given},
        package_path=NO_PACKAGES,
        package_cache_path=NO_PACKAGES,
        **output,
    )


def unprintable(text: str) -> str:
    """Return the characters of a text that the typeface lacks; an empty text if there are none."""
    document = {"title": "-", "subtitle": text, "language": "en", "mark": "", "reference": "-", "sections": []}
    try:
        typeset(document, datetime.datetime.now(datetime.UTC))
    except Unprintable as refusal:
        return refusal.signs
    return ""


def _plain(value):
    """Return the same structure without control characters and bidirectional marks."""
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_plain(part) for part in value]
    if isinstance(value, str):
        return "".join(" " if sign != "\n" and unicodedata.category(sign)[0] == "C" else sign for sign in value)
    return value
