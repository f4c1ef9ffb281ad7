"""A list is kept from the list itself, as it is narrowed and ordered, under a name; it is come back to by one click, by its owner alone."""

import re
from datetime import date
from html import unescape

import pytest
from django.urls import reverse

from clusters.enums import Role
from core.admin.saved_views import MAX_VIEWS
from core.models import SavedView
from tests import factories
from tests.cluster_factories import make_cluster, make_staff

pytestmark = pytest.mark.django_db
LIST, KEEP, EXPORT = "/admin/chairs/chair/", "/admin/lists/chairs/chair/keep/", "/admin/lists/chairs/chair/export/"


@pytest.fixture
def cluster():
    return make_cluster()


@pytest.fixture
def manager(cluster, client):
    user = make_staff(cluster, Role.MANAGER)
    client.force_login(user)
    return user


def chair(cluster, title, **overrides):
    return factories.make_chair("active", cluster=cluster, title_en=title, title_fr=title, **overrides)


def ways_to_keep(page) -> list[str]:
    """Return where a page of the panel leads to keep a list."""
    return [unescape(one) for one in re.findall(rf'href="({KEEP}[^"]*)"', page.text)]


def test_a_list_is_kept_from_the_list_and_come_back_to_by_one_click(client, manager, cluster):
    chair(cluster, "Ends late", ends_on=date(2031, 5, 1))
    whole, narrowed = client.get(LIST), client.get(f"{LIST}?status=active&o=-1")
    assert whole.status_code == 200 and not ways_to_keep(whole)
    [there] = ways_to_keep(narrowed)
    assert there == f"{KEEP}?status=active&o=-1"
    asked = client.get(there)
    # What would be kept is said, and a name is proposed.
    assert "Status: Active" in asked.text and asked.context["order"] == ["Kind, descending"]
    assert asked.context["form"]["name"].value() == "Status: Active"
    kept = client.post(there, {"name": "Running", "columns": asked.context["form"]["columns"].value()}, follow=True)
    [(view, url, is_current)] = kept.context["views"]
    assert (view.name, view.query, is_current) == ("Running", "status=active&o=-1", True)
    assert kept.redirect_chain == [(url, 302)] and not ways_to_keep(kept)
    assert list(kept.context["cl"].queryset) == list(narrowed.context["cl"].queryset)
    assert f'href="{url}"' in client.get(LIST).text.replace("&amp;", "&")


def test_a_view_that_was_narrowed_further_is_kept_anew_under_its_name_or_beside_it(client, manager, cluster):
    view = SavedView.objects.create(
        owner=manager, list_of="chairs.chair", name="Mine", query="status=active", columns=["slug"]
    )
    at = f"status=draft&o=1&view={view.pk}"
    [there] = ways_to_keep(client.get(f"{LIST}?{at}"))
    asked = client.get(there)
    assert asked.context["form"]["name"].value() == "Mine" and "it takes the place of that view" in asked.text
    client.post(there, {"name": "Mine", "columns": ["slug", "status"]})
    view.refresh_from_db()
    assert (view.query, view.columns) == ("status=draft&o=1", ["slug", "status"])
    client.post(there, {"name": "Other", "columns": ["slug"]})
    assert [one.name for one in SavedView.objects.all()] == ["Mine", "Other"]


def test_nothing_is_kept_without_a_name_a_column_or_under_a_name_that_is_taken(client, manager):
    SavedView.objects.create(
        owner=manager, list_of="chairs.chair", name="Mine", query="status=active", columns=["slug"]
    )
    for data, said in (
        ({"name": "", "columns": ["slug"]}, "This field is required."),
        ({"name": "New"}, "Choose at least one column."),
        ({"name": "New", "columns": ["public_grant_source"]}, "is not one of the available choices"),
        ({"name": "Mine", "columns": ["slug"]}, "You already have a view of this list under that name."),
        ({"name": "n" * 81, "columns": ["slug"]}, "at most 80 characters"),
    ):
        refused = client.post(f"{KEEP}?status=draft", data)
        assert refused.status_code == 200 and said in refused.text
        # Nothing of what was typed is lost.
        assert refused.context["form"]["name"].value() == data["name"]
    SavedView.objects.bulk_create(
        SavedView(owner=manager, list_of="chairs.chair", name=f"View {number}") for number in range(MAX_VIEWS - 1)
    )
    full = client.post(f"{KEEP}?status=draft", {"name": "New", "columns": ["slug"]})
    assert f"You have {MAX_VIEWS} views of this list: delete one first." in full.text
    assert SavedView.objects.count() == MAX_VIEWS and client.get(f"{KEEP}?status=nonsense").status_code == 400


@pytest.mark.usefixtures("search_index")
def test_a_list_with_a_long_search_loses_no_filter(client, manager, cluster):
    long = "q=" + "word+" * 420 + "&status=active"
    assert ways_to_keep(client.get(f"{EXPORT}?{long}")) == [f"{KEEP}?{long}"]
    # A view has no room for all of it: without its filter it would be another list.
    refused = client.post(f"{KEEP}?{long}", {"name": "Long", "columns": ["slug"]})
    assert "The search and the filters are too long for a view." in refused.text and not SavedView.objects.exists()


def test_the_export_leads_to_where_a_list_is_kept_and_a_chosen_record_does_not(client, manager, cluster):
    assert ways_to_keep(client.get(f"{EXPORT}?status=active")) == [f"{KEEP}?status=active"]
    chair(cluster, "Found")
    picked = client.get(f"{LIST}?q=&status=active&_popup=1")
    assert "Found" in picked.text and not ways_to_keep(picked)


def test_a_view_keeps_filters_order_and_columns_for_its_owner_alone(client, manager, cluster):
    chair(cluster, "Ends late", ends_on=date(2031, 5, 1))
    kept = client.post(f"{KEEP}?status=active&o=1", {"columns": ["status", "slug"], "name": "Mine"})
    view = SavedView.objects.get()
    assert kept.headers["Location"] == f"/admin/chairs/chair/?status=active&o=1&view={view.pk}"
    page = client.get(kept.headers["Location"])
    assert "Mine" in page.text and view.columns == ["status", "slug"]
    headings = page.text.partition("<thead>")[2].partition("</thead>")[0]
    assert "Address" in headings and "Investigators" not in headings.title()
    assert [box.data["selected"] for box in client.get(f"{EXPORT}?view={view.pk}").context["form"]["columns"]].count(
        True
    ) == 2
    # The name is taken, then another one is given, and the view goes.
    again = client.post(KEEP, {"columns": ["slug"], "name": "Mine"})
    assert "You already have a view" in again.text
    there = reverse("admin:saved_view", args=[view.pk])
    client.post(there, {"name": "Renamed"})
    assert "Renamed" in client.get("/admin/chairs/chair/").text

    client.force_login(make_staff(cluster, Role.MANAGER, email="colleague@example.org"))
    assert client.get(there).status_code == 404
    assert client.get(f"/admin/chairs/chair/?view={view.pk}").status_code == 404
    assert "Renamed" not in client.get("/admin/chairs/chair/").text
    client.force_login(manager)
    client.post(there, {"delete": "1"})
    assert not SavedView.objects.exists()
