"""The panel as a whole: its door, its language, and what its pages may not carry."""

import re

import pytest
from django.contrib import admin

from core.admin.base import ScopedAdmin
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("field_history")]


def test_every_record_in_the_panel_is_scoped():
    assert len(admin.site._registry) > 10
    assert [model for model, page in admin.site._registry.items() if not isinstance(page, ScopedAdmin)] == []


def test_anonymous_is_led_to_the_one_door(client):
    response = client.get("/admin/", follow=True)
    assert response.redirect_chain[-1][0].endswith("/accounts/login/?next=/admin/")


def test_a_signed_in_visitor_who_is_not_staff_is_forbidden(client):
    client.force_login(factories.make_user())
    assert client.get("/admin/").status_code == 403


@pytest.mark.parametrize("path", ["password_change/", "r/1/1/"])
def test_the_stock_side_doors_are_shut(client, path):
    client.force_login(factories.make_staff(factories.make_cluster()))
    assert client.get("/admin/").status_code == 200
    assert client.get(f"/admin/{path}").status_code == 404


def test_the_language_is_the_accounts_and_can_be_switched(client):
    client.force_login(factories.make_staff(factories.make_cluster(), language="fr"))
    assert '<html lang="fr"' in client.get("/admin/").content.decode()
    client.post("/i18n/setlang/", {"language": "en", "next": "/admin/"})
    assert '<html lang="en"' in client.get("/admin/").content.decode()


def test_pages_carry_no_inline_script_or_style(client):
    cluster = factories.make_cluster()
    client.force_login(factories.make_staff(cluster, "manager"))
    chair = factories.make_chair(cluster=cluster)
    sponsorship = factories.make_sponsorship("submitted", chair=factories.make_chair("active", cluster=cluster))
    pages = [f"/admin/chairs/chair/{chair.pk}/{page}" for page in ("change/", "history/", "verb/submit/", "delete/")]
    pages += ["/admin/", "/admin/chairs/chair/add/", f"/admin/sponsorships/sponsorship/{sponsorship.pk}/change/"]
    for url in pages:
        page = client.get(url).content.decode()
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=\"|<script(?![^>]*(src=|application/(ld\+)?json))", page), url
        assert page.count("<h1") == 1, url


def test_french_subjects_stand_in_the_order_of_the_alphabet(client):
    client.force_login(factories.make_staff(factories.make_cluster(), language="fr"))
    page = client.get("/admin/").content.decode().partition('<div class="subjects">')[2]
    assert page.index(">Clusters</a>") < page.index(">Établissements</a>") < page.index(">Personnes</a>")


def test_a_page_that_only_reads_leads_back_in_no_verb_s_words(client):
    """In French, “Close” is what ends a chair."""
    cluster = factories.make_cluster()
    chair = factories.make_chair("active", cluster=cluster)
    client.force_login(factories.make_staff(cluster, "reader", language="fr"))
    page = client.get(f"/admin/chairs/chair/{chair.pk}/change/").content.decode()
    assert 'class="closelink">Revenir à la liste</a>' in page


def test_the_page_for_a_new_record_is_called_alike_everywhere(client):
    client.force_login(factories.make_staff(factories.make_cluster()))
    listed = client.get("/admin/chairs/chair/").content.decode()
    page = client.get("/admin/chairs/chair/add/").content.decode()
    assert 'class="addlink">Register a chair</a>' in listed
    assert "&rsaquo; Register a chair" in page and "<h1>Register a chair</h1>" in page
