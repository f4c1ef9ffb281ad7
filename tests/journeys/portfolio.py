"""A portfolio as an office brings it: the site's own template, filled in, with mistakes that it then mends."""

from io import BytesIO

from openpyxl import load_workbook

RIGHT = {
    "Institutions": [{"Name": "École du Ponant", "Kind": "University"}],
    "People": [{"Name": "Solène Kerbrat", "ORCID iD": "0000-0002-1694-233X"}, {"Name": "Tariq Benhaddou"}],
    "Chairs": [
        {"Title (English)": "Sober Networks", "Kind": "CAP", "Starts on": "2026-01-01", "Ends on": "2029-12-31"}
    ],
    "People of the chairs": [
        {
            "Chair": "Sober Networks",
            "Person": "Solène Kerbrat",
            "Role": "Principal investigator",
            "Affiliation that counts": "École du Ponant",
        }
    ],
}
# Where each mistake is, what is typed there, and what the site says of it.
MISTAKES = [
    ("People", "ORCID iD", "0000-0002-1694-2333", "ORCID"),
    ("Chairs", "Kind", "Chaire imaginaire", "Chaire imaginaire"),
    ("Chairs", "Ends on", "2029-02-30", "Enter a valid date."),
    ("People of the chairs", "Role", "Boss", "Boss"),
]


def fill_in(template: bytes, mistakes=()) -> bytes:
    """Return the template with these records in the place of its example lines; what is not needed stays empty."""
    book = load_workbook(BytesIO(template))
    for title in book.sheetnames[:-1]:  # the last one explains
        sheet = book[title]
        columns = {cell.value: cell.column for cell in sheet[1]}
        sheet.delete_rows(2, sheet.max_row)
        for number, row in enumerate(RIGHT.get(title, []), 2):
            for name, value in row.items():
                sheet.cell(number, columns[name], value)
        for _place, name, value, _said in (mistake for mistake in mistakes if mistake[0] == title):
            sheet.cell(2, columns[name], value)
    with BytesIO() as content:
        book.save(content)
        return content.getvalue()
