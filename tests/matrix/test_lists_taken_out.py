"""Every list of the panel, taken out with every column it offers, by whoever may open it: nothing of another tenant is in it."""

import json

import pytest
from django.contrib import admin
from django.urls import reverse

from core.admin.columns import columns_of
from tests.matrix.visits import client_of
from tests.matrix.world import SECRETS
from tests.personas import COORDINATOR, MANAGER, OTHER_MANAGER

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("search_index", "field_history"), pytest.mark.exhaustive]


def taken_out(world, who, page, rf) -> tuple[int, str]:
    """Return the status and the words of a list as a file, with all columns that this person can choose."""
    request = rf.get("/")
    request.user = world.cast[who]
    opts = page.opts
    there = reverse("admin:list_export", args=[opts.app_label, opts.model_name])
    data = {"columns": list(columns_of(page, request)), "format": "json"}
    answer = client_of(world, who).post(there, data)
    return answer.status_code, answer.getvalue().decode()


def test_no_list_hands_out_what_is_not_ones_own(world, rf):
    found, taken = {}, 0
    for page in admin.site._registry.values():
        status, text = taken_out(world, OTHER_MANAGER, page, rf)
        taken += status == 200
        told = [secret for secret in SECRETS if secret in text]
        if status not in (200, 403) or told:
            found[page.opts.label] = status, told
    assert taken > 10
    assert found == {}


def test_every_list_can_be_taken_out_whole(world, rf):
    rows = {}
    for page in admin.site._registry.values():
        status, text = taken_out(world, COORDINATOR, page, rf)
        assert status == 200, page.opts.label
        said = json.loads(text)
        # A list that has totals says them beside its records.
        rows[page.opts.label] = len(said["records"] if isinstance(said, dict) else said)
    assert rows["chairs.Chair"] > 5 and rows["sponsorships.Instalment"] > 2
    status, text = taken_out(world, MANAGER, admin.site.get_model_admin(type(world.chair)), rf)
    assert status == 200 and "A secret title" in text
