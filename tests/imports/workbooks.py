"""Makes the workbooks that tests bring, and reads what an import says of them."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook


def workbook(**sheets) -> bytes:
    """Return a workbook; each sheet is a list of lines, the header first."""
    book = Workbook()
    book.remove(book.active)
    for name, lines in sheets.items():
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append(line)
    with BytesIO() as content:
        book.save(content)
        return content.getvalue()


def upload(content: bytes, name="portfolio.xlsx"):
    return SimpleUploadedFile(name, content)


def said(batch) -> list[tuple]:
    """Return what is wrong, line by line: the sheet, the line, the column and the sentence."""
    lines = batch.lines.exclude(problems=[])
    return [(line.sheet, line.number, column, sentence) for line in lines for column, sentence in line.problems]


def outcomes(batch) -> list[str]:
    return list(batch.lines.values_list("outcome", flat=True))
