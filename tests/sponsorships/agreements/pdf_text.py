"""Reads the words of a PDF that typst made, so that a test sees what the kept file says and not what would be printed.

It knows what typst writes and nothing else: fonts of two-byte glyphs, each with its table of characters.
"""

import re
import zlib

OBJECT = re.compile(rb"^(\d+) 0 obj\n(.*?)\nendobj$", re.DOTALL | re.MULTILINE)
STREAM = re.compile(rb"stream\r?\n(.*)\r?\nendstream", re.DOTALL)
SHOWN = re.compile(rb"/(\w+) [\d.]+ Tf| Tm([\[(].*?)T[jJ]$", re.DOTALL | re.MULTILINE)
TOKEN = re.compile(rb"\\[0-7]{1,3}|\\.|.", re.DOTALL)
CHARACTER = re.compile(rb"^<(\w+)> <(\w+)>$", re.MULTILINE)
CONTROLS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def words_of(content: bytes) -> str:
    """Return the words on all pages, in the order in which they are printed; a line's end is a space."""
    objects = dict(OBJECT.findall(content))
    pages = [page for page in objects.values() if b"/Type/Page/" in page]
    lines = [line for page in pages for line in _lines(page, objects)]
    return re.sub(r"\s+", " ", " ".join(lines))


def _lines(page: bytes, objects: dict):
    resources = objects[_named(page, b"Resources")]
    named = re.findall(rb"/(f\d+) (\d+) 0 R", resources)
    fonts = {name: _characters(objects[number], objects) for name, number in named}
    characters = {}
    for font, line in SHOWN.findall(_unpacked(objects[_named(page, b"Contents")])):
        if font:
            characters = fonts[font]
        else:
            glyphs = b"".join(_strings(line))
            yield "".join(characters[glyphs[at : at + 2]] for at in range(0, len(glyphs), 2))


def _characters(font: bytes, objects: dict) -> dict[bytes, str]:
    table = CHARACTER.findall(_unpacked(objects[_named(font, b"ToUnicode")]))
    return {bytes.fromhex(glyph.decode()): bytes.fromhex(said.decode()).decode("utf-16-be") for glyph, said in table}


def _named(dictionary: bytes, key: bytes) -> bytes:
    return re.search(rb"/" + key + rb" (\d+) 0 R", dictionary)[1]


def _unpacked(stream: bytes) -> bytes:
    return zlib.decompress(STREAM.search(stream)[1])


def _strings(line: bytes):
    """Yield the bytes of each string in what is shown at once: strings stand in brackets, and may hold pairs of them."""
    depth = 0
    for token in TOKEN.findall(line):
        depth -= token == b")"
        if depth:
            yield _unescaped(token)
        depth += token == b"("


def _unescaped(token: bytes) -> bytes:
    if len(token) == 1:
        return token
    said = token[1:]
    return bytes([int(said, 8)]) if said.isdigit() else CONTROLS.get(said, said)
