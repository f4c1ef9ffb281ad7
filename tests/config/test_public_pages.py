"""Every sort of public page is light, and is made of nothing but what moves the version of the public data."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from config.eco_design import MAX_BYTES
from core import data_version
from tests.accessibility.page_types import public

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.exhaustive,
    pytest.mark.usefixtures("search_index", "field_history", "demonstration_for_the_module"),
]
STYLE = re.compile(r'<link rel="stylesheet" href="/static/([^"]+)"')
TABLE = re.compile(r'(?:FROM|JOIN) "(\w+)"')
# An index of SQLite's own kind takes no triggers; it is written together with what it indexes.
WRITTEN_WITH_THE_RECORDS = {
    "chairs_search",
    # What a record was before: a line is written whenever the record is.
    "chairs_historicalchair",
    "chairs_historicalclustershare",
    "clusters_historicalcluster",
    "sponsorships_historicalsponsorship",
}


def styles_of(page: str) -> int:
    """Return the bytes of the style sheets that the page asks for."""
    return sum(len(gzip.compress(Path(finders.find(name)).read_bytes())) for name in STYLE.findall(page))


def test_every_public_page_is_light_and_made_of_watched_tables():
    heavy, unwatched, looked_at = {}, {}, 0
    for one in public():
        with CaptureQueriesContext(connection) as asked:
            response = Client().get(one.address("en"))
        if response.headers.get("Cache-Control") != "no-cache":
            continue  # one person's: not kept
        looked_at += 1
        size = len(gzip.compress(response.content, 1)) + styles_of(response.text)
        if size > MAX_BYTES:
            heavy[one.name] = size
        read = {table for query in asked.captured_queries for table in TABLE.findall(query["sql"])}
        if others := read - data_version.watched.keys() - WRITTEN_WITH_THE_RECORDS:
            unwatched[one.name] = others
    assert looked_at > 15
    assert (heavy, unwatched) == ({}, {})
