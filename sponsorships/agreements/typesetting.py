"""Makes a PDF of a document's text (see `document`), by typst: tagged, and PDF/UA-1 or nothing.

What people wrote reaches the template as data. It is never part of the markup, so it cannot become any.
"""

import datetime
import json
import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

TEMPLATE = Path(__file__).with_name("document.typ")
# With this standard, the compiler refuses a document without a title, an image without a description and a character
# that the typeface lacks.
STANDARD = "ua-1"
LACKING = re.compile(r"the text `\"(.+?)\"` could not be displayed")
# Nothing is fetched: a document needs no package.
NO_PACKAGES = str(TEMPLATE.parent / "no-packages")


class Unprintable(Exception):
    """The typeface lacks signs that the text has."""

    def __init__(self, signs: str):
        super().__init__(signs)
        self.signs = signs


@cache
def compiler() -> Any:
    """Return typst, loaded on first use: it takes 7 MB of each process, and most make no document."""
    import typst

    return typst


@cache
def fonts() -> Any:
    """Return the typefaces inside typst itself: a document looks the same on every machine."""
    return compiler().Fonts(include_system_fonts=False)


def typeset(document: dict, at: datetime.datetime, template: bytes | None = None) -> bytes:
    """Return the PDF; the same text at the same moment gives the same bytes. Raise Unprintable."""
    try:
        return _compile(document, template, pdf_standards=[STANDARD], timestamp=int(at.timestamp()))
    except compiler().TypstError as error:
        if lacking := LACKING.findall(error.diagnostic):
            raise Unprintable(" ".join(dict.fromkeys(lacking))) from error
        raise


def pictures(document: dict, dpi: int) -> list[bytes]:
    """Return the pages as PNG, for whoever shows what the paper looks like."""
    pages = _compile(document, None, format="png", ppi=dpi)
    return pages if isinstance(pages, list) else [pages]


# A page that is as large as the picture on it.
PICTURE = b'#set page(width: auto, height: auto, margin: 8pt)\n#image(bytes(sys.inputs.document), format: "svg")'


def picture_of(svg: str, dpi: int) -> bytes:
    """Return a drawing as PNG; the same drawing gives the same bytes."""
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
    """Return the signs of a text that no document could show; none is an empty text."""
    document = {"title": "-", "subtitle": text, "language": "en", "mark": "", "reference": "-", "sections": []}
    try:
        typeset(document, datetime.datetime.now(datetime.UTC))
    except Unprintable as refusal:
        return refusal.signs
    return ""


def _plain(value):
    """Return the same structure without control signs, and without the marks that turn the direction of writing."""
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_plain(part) for part in value]
    if isinstance(value, str):
        return "".join(" " if sign != "\n" and unicodedata.category(sign)[0] == "C" else sign for sign in value)
    return value
