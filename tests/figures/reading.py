"""Reads figures back from a page, as a reader would: lists of sums, tables, parts."""

from html.parser import HTMLParser

VOID = {"meta", "link", "input", "br", "img", "hr", "path", "rect"}


class Reader(HTMLParser):
    """Collects the pairs of the lists of sums, and the tables with their captions."""

    def __init__(self):
        super().__init__()
        self.lists: list[list[list]] = []
        self.tables: list[tuple[str, list[list[str]]]] = []
        self.inside: list[str] = []
        self.href = ""
        self.caption = ""
        self.table: list[list[str]] | None = None

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        if tag == "dl" and "figures-sums" in (found.get("class") or ""):
            self.lists.append([])
            self.inside.append("sums")
        elif tag == "table":
            self.table, self.caption = [], ""
        elif tag == "tr" and self.table is not None:
            self.table.append([])
        elif tag in {"td", "th"} and self.table is not None:
            self.table[-1].append("")
        elif tag == "dt" and self.lists:
            self.lists[-1].append(["", "", ""])
        elif tag == "a" and "dd" in self.inside and self.lists and self.lists[-1]:
            self.lists[-1][-1][2] = found.get("href") or ""
        if tag not in VOID:
            self.inside.append(tag)

    def handle_endtag(self, tag):
        while self.inside and self.inside[-1] != tag:
            self.inside.pop()
        if self.inside:
            self.inside.pop()
        if tag == "dl" and self.inside and self.inside[-1] == "sums":
            self.inside.pop()
        if tag == "table":
            rows = [[" ".join(cell.split()) for cell in row] for row in self.table or []]
            self.tables.append((" ".join(self.caption.split()), rows))
            self.table = None

    def handle_data(self, data):
        if "sums" in self.inside and self.lists and self.lists[-1]:
            if "dt" in self.inside:
                self.lists[-1][-1][0] += data.strip()
            elif "dd" in self.inside:
                self.lists[-1][-1][1] += data.strip()
        if "caption" in self.inside:
            self.caption += data
        elif self.table is not None and self.table and self.table[-1]:
            self.table[-1][-1] += data


def read(text: str) -> Reader:
    reader = Reader()
    reader.feed(text)
    return reader


def sums_of(text: str, what: str = "amount") -> dict[str, str]:
    """Return the first list of sums: by label, its amounts or the addresses of their entries."""
    return {label: amount if what == "amount" else href for label, amount, href in read(text).lists[0]}


def rows_of(text: str) -> list[list[str]]:
    """Return the rows of a list of entries, without its head."""
    return next((rows[1:] for caption, rows in read(text).tables if " that count" in caption), [])


def part_of(text: str, code: str) -> str:
    """Return a part of the public page: of real records, or of made-up ones."""
    return text.split(f'aria-labelledby="part-{code}"')[1].split('class="figures-part')[0]
