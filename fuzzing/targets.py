"""The fuzz targets: each takes bytes, and returns or raises ValidationError. Any other exception is a finding."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

Target = Callable[[bytes], None]
# Python modules that the targets reach, instrumented for coverage.
INSTRUMENTED = ("imports", "core", "chairs.outputs", "bibtexparser", "zipfile", "pylatexenc")


def targets() -> dict[str, Target]:
    """Return the targets by name. Imports are inside, so that the modules are instrumented first."""
    from django.core.exceptions import ValidationError
    from django.core.files.uploadedfile import SimpleUploadedFile

    from chairs.outputs.bibtex import read_bibtex
    from core.form_fields import EuroField
    from core.kept_files import clean_name, columns_of
    from core.pictures import squares_of
    from imports.reading import tables_of

    def refusing(read: Callable[[bytes], object]) -> Target:
        def target(content: bytes) -> None:
            try:
                read(content)
            except ValidationError as refusal:
                # Render the sentence, as a page would.
                assert "".join(refusal.messages)

        return target

    def upload(name: str) -> Target:
        return refusing(lambda content: columns_of(SimpleUploadedFile(name, content)))

    def text(content: bytes) -> str:
        return content.decode("utf-8", "replace")

    return {
        "workbook": refusing(lambda content: tables_of("a.xlsx", "xlsx", content)),
        "csv": refusing(lambda content: tables_of("a.csv", "csv", content)),
        **{kind: upload(f"a.{kind}") for kind in ("pdf", "docx", "odt", "png", "jpeg")},
        "portrait": refusing(lambda content: squares_of(SimpleUploadedFile("a.jpg", content), (192, 96))),
        "name": lambda content: str(clean_name(text(content))) and None,
        "bibtex": lambda content: read_bibtex(text(content)) and None,
        "amount": refusing(lambda content: EuroField().clean(text(content))),
    }


def seeds() -> dict[str, list[bytes]]:
    """Return, for each target, valid files from which hostile ones are derived."""
    from tests.imports.workbooks import workbook
    from tests.pictures import encoded, jpeg, picture
    from tests.sponsorships.uploads import JPEG, PDF, PNG, docx, odt

    people = [["Name", "ORCID iD"], ["Grace Hopper", "0000-0002-1825-0097"], ["Alan Turing", 3]]
    return {
        "workbook": [workbook(people=people, chairs=[["Title (English)"], ["=1+1"]])],
        "csv": [b"Name;ORCID iD\r\nGrace Hopper;\r\n", 'Nom,Pr\u00e9nom\n"a\nb",c\n'.encode("cp1252")],
        "pdf": [PDF],
        "docx": [docx()],
        "odt": [odt()],
        "png": [PNG],
        "jpeg": [JPEG],
        "portrait": [jpeg(), encoded(picture(200, 200), "PNG"), encoded(picture(200, 200), "WEBP")],
        "name": ["d/e\u202efdp.exe\\a.pdf".encode()],
        "bibtex": [b"@article{k, title={Proofs \\'{e} \\oe}, author={A and B}, year=2025, doi={10.1/x}}\n@comment{x}"],
        "amount": ["1 234,50 \u20ac".encode(), b"1e9", b"-1.005"],
    }


def is_zip(content: bytes) -> bool:
    return content.startswith(b"PK\x03\x04")


def repacked(content: bytes, mutate: Callable[[bytes], bytes], place: int) -> bytes:
    """Return a ZIP with one mutated member and valid checksums: if mutated as a whole, it would never be opened."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
    except (
        zipfile.BadZipFile,
        OSError,
        EOFError,
        RuntimeError,
        NotImplementedError,
        ValueError,
        KeyError,
        zlib.error,
        struct.error,
    ):
        return mutate(content)
    if not members:
        return mutate(content)
    chosen = sorted(members)[place % len(members)]
    members[chosen] = mutate(members[chosen])
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as written:
        for name, said in members.items():
            written.writestr(name, said)
    return file.getvalue()
