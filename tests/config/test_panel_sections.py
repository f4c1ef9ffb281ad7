"""The sections at the side of the panel: what the reader may open, with the place marked where they are."""

import re

import pytest
from django.contrib import admin
from django.urls import reverse

from config.panel_sections import PAGES, SECTIONS
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("search_index", "field_history")]


def sections_of(client, address="/admin/") -> str:
    return re.search(r'<nav id="sections".*?</nav>', client.get(address).text, re.DOTALL)[0]


def links_of(client, address="/admin/") -> list[str]:
    return re.findall(r'href="([^"]+)"', sections_of(client, address))


@pytest.fixture
def cluster():
    return factories.make_cluster()


@pytest.fixture
def manager(client, cluster):
    client.force_login(factories.make_staff(cluster, language="en"))
    return client


def test_all_that_the_reader_may_open_is_there_once(manager):
    page = manager.get("/admin/")
    may = [model["admin_url"] for subject in page.context["app_list"] for model in subject["models"]]
    links = links_of(manager)
    assert len(may) > 15 and set(may) <= set(links)
    assert len(links) == len(set(links))


def test_each_section_names_pages_that_there_are():
    labels = [label for _heading, labels in SECTIONS for label in labels]
    assert set(labels) <= {model._meta.label_lower for model in admin.site._registry}
    assert len(labels) == len(set(labels))


@pytest.mark.parametrize("page", ["changelist", "change", "history", "add"])
def test_the_place_where_one_is_is_marked(manager, cluster, page):
    chair = factories.make_chair("draft", cluster=cluster)
    args = [chair.pk] if page in ("change", "history") else []
    marked = re.findall(
        r'<a href="([^"]+)" aria-current="true">',
        sections_of(manager, reverse(f"admin:chairs_chair_{page}", args=args)),
    )
    assert marked == ["/admin/chairs/chair/"]
    assert 'aria-current="page">Front page' in sections_of(manager)
    assert 'aria-current="page">My desk' in sections_of(manager, reverse("panel_desk:team"))
    elsewhere = sections_of(manager, "/admin/search/")
    assert "My desk" in elsewhere and "aria-current" not in elsewhere


def test_they_are_the_readers_own(manager, client, cluster):
    assert "/admin/clusters/staffrole/" in links_of(manager)
    client.force_login(factories.make_staff(cluster, role="reader", email="reader@example.org"))
    theirs = links_of(client)
    may = [model["admin_url"] for subject in client.get("/admin/").context["app_list"] for model in subject["models"]]
    assert set(theirs) - {reverse(name) for name, _label in PAGES} == set(may)


def test_a_window_that_chooses_a_record_has_none(manager):
    assert 'id="sections"' in manager.get("/admin/clusters/person/").text
    page = manager.get("/admin/clusters/person/?_popup=1")
    assert page.status_code == 200 and 'id="content"' in page.text
    assert 'id="sections"' not in page.text


def test_in_french(client, cluster):
    client.force_login(factories.make_staff(cluster, language="fr"))
    client.cookies["django_language"] = "fr"
    assert "Rubriques" in sections_of(client) and "Chaires" in sections_of(client)
