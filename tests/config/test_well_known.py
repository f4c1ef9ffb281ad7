"""What robots, search engines and who found a weakness ask of the site."""

import re
from datetime import datetime, timedelta
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from api.models import PublicRecord
from api.publication import moment_of
from config.sitemaps import RANGE, SECTIONS
from core import page_cache
from tests import factories
from tests.matrix.world import SECRETS, make_world
from tests.output_factory import make_output
from tests.scale import make_many_chairs

pytestmark = pytest.mark.django_db
NAMESPACE = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def addresses(client) -> list[str]:
    """Return every address of every section that the sitemap leads to."""
    index = ElementTree.fromstring(client.get("/sitemap.xml").content)
    sections = [location.text for location in index.iterfind("s:sitemap/s:loc", NAMESPACE)]
    pages = [ElementTree.fromstring(client.get(there.removeprefix(settings.SITE_URL)).content) for there in sections]
    return [location.text for page in pages for location in page.iterfind("s:url/s:loc", NAMESPACE)]


@pytest.mark.exhaustive
@pytest.mark.usefixtures("field_history", "search_index")
def test_the_sitemap_leads_to_public_pages_in_both_languages_and_to_nothing_else():
    world, client = make_world(), Client()
    listed = addresses(client)
    assert len(listed) == len(set(listed))
    for chair in (world.chair, world.chairs["approved"], world.chairs["suspended"]):
        assert {f"{settings.SITE_URL}/{language}/chairs/here/{chair.slug}/" for language in ("en", "fr")} <= set(listed)
    assert {f"{settings.SITE_URL}/{page}/" for page in ("en/support", "fr/support", "en/opportunities")} <= set(listed)
    assert {client.get(there.removeprefix(settings.SITE_URL)).status_code for there in listed} == {200}
    assert not [there for there in listed for secret in SECRETS if secret.lower().replace(" ", "-") in there]


def test_the_sitemap_names_no_draft_no_unnamed_person_and_no_demonstration(client):
    secret = factories.make_chair("draft", slug="a-draft")
    public = factories.make_chair("active", slug="made-up", origin="demonstration", with_pi=False)
    factories.make_appointment(public, person=factories.make_person(slug="unnamed"), consent_given_on=None)
    real = factories.make_chair("active", slug="real", with_pi=False)
    factories.make_appointment(real, person=factories.make_person(slug="named"))
    text = "\n".join(addresses(client))
    assert "/real/" in text and "/people/named/" in text
    assert secret.slug not in text and "made-up" not in text and "unnamed" not in text


@pytest.mark.parametrize("section", ["secrets", "chairs-", "chairs-0", "chairs-1", "chairs-x", "chairs-2-3"])
def test_an_unknown_section_is_not_found(client, section):
    assert client.get(f"/sitemap-{section}.xml").status_code == 404
    assert client.get("/sitemap-chairs.xml").status_code == 200


def test_a_long_sitemap_is_several_files_that_robots_may_read(client):
    for key in (RANGE - 1, RANGE, 3 * RANGE):
        factories.make_chair("active", pk=key, slug=f"key-{key}")
    factories.make_chair("draft", pk=9 * RANGE, slug="a-draft")
    sections = client.get("/sitemap.xml").text
    listed = [number for number in range(20) if f"/sitemap-chairs-{number}.xml" in sections]
    assert "/sitemap-chairs.xml" in sections and listed == [2, 3, 4] and "?" not in sections.partition("?>")[2]
    assert [f"key-{key}" in client.get("/sitemap-chairs-2.xml").text for key in (RANGE - 1, RANGE)] == [False, True]
    assert sum("/key-" in there for there in addresses(client)) == 3 * len(settings.LANGUAGES)
    assert client.get("/sitemap-chairs-5.xml").status_code == 200


@pytest.mark.exhaustive
@pytest.mark.usefixtures("search_index")
def test_the_sitemap_costs_the_same_however_many_records_there_are(client, django_assert_num_queries):
    make_many_chairs(factories.make_cluster(), RANGE + 100)
    with django_assert_num_queries(len(SECTIONS) - 1):  # one each, and none for the standing pages
        client.get("/sitemap.xml")
    for section in ("chairs", "people", "institutions-2", "clusters", "partners", "outputs"):
        with django_assert_num_queries(1):
            assert len(client.get(f"/sitemap-{section}.xml").content) < 1_000_000


def test_robots_keep_out_of_what_is_one_persons(client):
    text = client.get("/robots.txt").content.decode()
    rules = RobotFileParser()
    rules.parse([line for line in text.splitlines() if "*" not in line or line.startswith("User-agent")])
    assert not rules.can_fetch("anybody", "/admin/") and rules.can_fetch("anybody", "/en/chairs/")
    assert "Disallow: /*/my/" in text
    assert f"Sitemap: {settings.SITE_URL}/sitemap.xml" in text


def test_who_found_a_weakness_is_told_where_to_write(client):
    response = client.get("/.well-known/security.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    fields = dict(line.split(": ", 1) for line in response.content.decode().splitlines())
    assert re.match(r"mailto:.+@|https://", fields["Contact"])
    assert fields["Canonical"] == f"{settings.SITE_URL}/.well-known/security.txt"
    left = datetime.fromisoformat(fields["Expires"]) - timezone.now()
    assert timedelta(days=30) < left < timedelta(days=366)


@pytest.mark.usefixtures("search_index")
def test_the_sitemap_says_when_what_the_public_reads_changed_and_names_a_page_for_anybody(client):
    chair = factories.make_chair("active", pk=7, slug="real")
    assert "<lastmod>" not in client.get("/sitemap-chairs.xml").text
    call_command("note_public_records")
    changed = PublicRecord.objects.get(resource="chairs", record=chair.pk).changed
    entry = f"<lastmod>{moment_of(changed)[:19]}Z</lastmod>"
    text = client.get("/sitemap-chairs.xml").text
    assert text.count(entry) == text.count("<lastmod>") == len(settings.LANGUAGES)
    there = f"{settings.SITE_URL}{chair.get_absolute_url().removeprefix('/en')}"
    assert f'hreflang="x-default" href="{there}"' in text
    make_output(chair)
    call_command("note_public_records")
    assert client.get("/sitemap-outputs.xml").text.count("<lastmod>") == len(settings.LANGUAGES)


def test_a_demonstration_tells_search_engines_of_what_is_made_up(client, settings):
    factories.make_chair("active", pk=7, slug="made-up", origin="demonstration")
    assert "/made-up/" not in client.get("/sitemap-chairs.xml").text
    settings.DEMONSTRATION = True
    page_cache.clear()
    assert "/made-up/" in client.get("/sitemap-chairs.xml").text


@pytest.mark.only_on("sqlite")
@pytest.mark.database
@pytest.mark.parametrize("name", sorted(set(SECTIONS) - {"pages"}))
def test_the_last_record_of_a_section_is_found_without_all_the_others(name):
    asked: list[tuple] = []

    def note(execute, sql, params, many, context):
        asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        assert SECTIONS[name].number_of_files() == 1
    [(sql, params)] = asked
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
        plan = "\n".join(row[-1] for row in cursor.fetchall())
    assert plan
    assert "LIST SUBQUERY" not in plan, plan


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("search_index")
def test_the_sitemap_is_asked_again_when_a_record_is_written(client, django_assert_max_num_queries):
    cluster = factories.make_cluster()
    factories.make_chair("active", cluster=cluster)
    before = client.get("/sitemap.xml", {"asked": 1}).content
    with django_assert_max_num_queries(1):
        assert client.get("/sitemap.xml", {"asked": 2}).content == before
    factories.make_chair("active", cluster=cluster, pk=10 * RANGE)
    assert client.get("/sitemap.xml", {"asked": 3}).content.count(b"sitemap-chairs-") == 10
