"""Reads a list in each of its forms, as the programs of those who take it away do."""

import csv
import io
import json
import re

import feedparser
from django.conf import settings
from icalendar import Calendar
from openpyxl import load_workbook

ENTRY = re.compile(r'<h[34]>\s*<a href="([^"]+)"')
FRAMED = re.compile(r'<h2><a href="([^"]+)"')
NEXT = re.compile(r'<a rel="next" href="([^"]+)"')


def read(client, address: str) -> bytes:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.getvalue()


def path_of(address: str) -> str:
    assert address.startswith(settings.SITE_URL), address
    return address.removeprefix(settings.SITE_URL)


def pages(client, address: str, entry=ENTRY) -> list[str]:
    """Return where the entries of all pages of a list lead, in their order."""
    text = client.get(address).content.decode()
    found = entry.findall(text)
    if following := NEXT.search(text):
        found += pages(client, address.split("?")[0] + following[1].replace("&amp;", "&"), entry)
    return found


def api(client, name: str, query: str = "") -> list[str]:
    """Return where the records of a list lead, as the API has them; outputs have a title alone."""
    address, found = f"/api/v1/{name}{query}", []
    while address:
        answer = client.get(address)
        assert answer.status_code == 200, (address, answer.text)
        page = answer.json()
        found += [one["title"] if name == "outputs" else path_of(one["links"]["en"]) for one in page["items"]]
        assert len(found) <= page["total"]
        address = page["next"] and path_of(page["next"])
    return found


def framed(client, name: str, query: str = "") -> list[str]:
    return [path_of(one) for one in pages(client, f"/en/{name}.embed{query}", FRAMED)]


def csv_rows(client, name: str, query: str = "", language: str = "en") -> list[dict]:
    text = read(client, f"/{language}/{name}.csv{query}").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def xlsx_rows(client, name: str, query: str = "", language: str = "en") -> list[dict]:
    sheet = load_workbook(io.BytesIO(read(client, f"/{language}/{name}.xlsx{query}"))).active
    header, *rows = ([cell.value for cell in row] for row in sheet.iter_rows())
    return [dict(zip(header, row, strict=True)) for row in rows]


def json_rows(client, name: str, query: str = "", language: str = "en") -> list[dict]:
    return json.loads(read(client, f"/{language}/{name}.json{query}"))


def atom(client, name: str, query: str = "", language: str = "en"):
    feed = feedparser.parse(read(client, f"/{language}/{name}.atom{query}"))
    assert not feed.bozo, feed.get("bozo_exception")
    return feed


def events(client, name: str, query: str = "") -> list:
    return Calendar.from_ical(read(client, f"/en/{name}.ics{query}")).walk("VEVENT")


def every_form(client, name: str, query: str = "") -> dict[str, list[str]]:
    """Return where each form of a list leads, in its order."""
    return {
        "csv": [path_of(row["Address"]) for row in csv_rows(client, name, query)],
        "xlsx": [path_of(row["Address"]) for row in xlsx_rows(client, name, query)],
        "json": [path_of(row["address"]) for row in json_rows(client, name, query)],
        "atom": [path_of(entry.link) for entry in atom(client, name, query).entries],
        "embed": framed(client, name, query),
    }
