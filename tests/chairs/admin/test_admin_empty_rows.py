"""The empty rows of a chair's page are written once, and are what they would be if they were written for each chair."""

import re

import pytest

from chairs.admin.inlines import ComposedInline
from chairs.admin.innovation import OrganisationInline
from chairs.models import Discipline
from tests import factories
from tests.chairs.admin.forms import change_url

pytestmark = [pytest.mark.django_db, pytest.mark.database]
EMPTY = re.compile(r'id="(\w+)-empty">.*?\n</div>\s*(?:</details>\s*)?</fieldset>', re.DOTALL)


@pytest.fixture
def chairs(cluster, editor):
    return [factories.make_chair(status, cluster=cluster, with_pi=status == "active") for status in ("active", "draft")]


def empty_rows(client, chair) -> dict[str, str]:
    """Return the empty rows of the chair's page that stand one below the other, by what they are of."""
    page = client.get(change_url(chair)).content.decode()
    return {found[1]: found[0] for found in EMPTY.finditer(page)}


@pytest.mark.exhaustive(counted=True)
def test_kept_rows_are_those_of_each_chair(client, chairs, monkeypatch):
    kept = [empty_rows(client, chair) for chair in [*chairs, *chairs]]
    for inline in (ComposedInline, OrganisationInline):
        monkeypatch.setattr(inline, "is_empty_row_alike", False)
    written = [empty_rows(client, chair) for chair in chairs]
    assert {"appointments", "teaching", "activities", "organisations"} <= written[0].keys()
    assert kept == [*written, *written]
    assert f'name="activities-__prefix__-chair" value="{chairs[1].pk}"' in kept[1]["activities"]


def test_kept_rows_offer_what_can_be_chosen_now(client, chairs):
    client.get(change_url(chairs[0]))
    assert "Glaciology" not in empty_rows(client, chairs[0])["appointments"]
    discipline = Discipline.objects.create(slug="glaciology", name_en="Glaciology", name_fr="Glaciologie")
    assert "Glaciology" in empty_rows(client, chairs[0])["appointments"]
    Discipline.objects.filter(pk=discipline.pk).update(name="Snow", name_en="Snow")
    assert "Snow" in empty_rows(client, chairs[1])["appointments"]
    assert "Glaciology" not in empty_rows(client, chairs[1])["appointments"]
