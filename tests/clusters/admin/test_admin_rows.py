"""Rows of a record that repeat one saved in another tab, and keys that are none: a sentence, and nothing saved."""

import pytest

from chairs.models import Chair
from tests import factories
from tests.chairs.admin.forms import ADD, cap_data, investigator, rows

pytestmark = pytest.mark.django_db
ROWS = ("themes", "memberships", "directors", "figures")
NO_KEYS = ["banana", "12.345", "NaN", "9" * 24, "\x00", "   ", "<script>", "٣" * 30]


@pytest.fixture
def cluster(client):
    cluster = factories.make_cluster()
    client.force_login(factories.make_staff(cluster, "manager"))
    return cluster


def save(client, cluster, **lines):
    data = {"acronym": "", "website": "", "description_en": "", "description_fr": "", "needs_four_eyes": "on"}
    for prefix in ROWS:
        data |= rows(prefix, lines.get(prefix, []))
    return client.post(f"/admin/clusters/cluster/{cluster.pk}/change/", data)


def test_a_theme_that_another_tab_has_added_is_refused_with_a_sentence(client, cluster):
    there = factories.make_theme(cluster, slug="health")
    line = {"cluster": cluster.pk, "name_en": "Health", "slug": "health", "phase": there.phase_id}
    response = save(client, cluster, themes=[line])
    assert "The cluster already has a theme at this address." in response.content.decode()
    assert cluster.themes.get() == there


def test_so_is_a_member_that_another_tab_has_added(client, cluster):
    member = factories.make_institution()
    line = {"cluster": cluster.pk, "institution": member.pk, "role": "other", "source": ""}
    assert save(client, cluster, memberships=[line]).status_code == 302
    response = save(client, cluster, memberships=[line])
    assert "This institution is already a member of the cluster." in response.content.decode()
    assert cluster.memberships.count() == 1


@pytest.mark.parametrize("value", [*NO_KEYS, "0", "-1"])
def test_so_is_one_among_the_themes(client, cluster, value):
    response = client.post(ADD, cap_data(cluster, factories.make_kind(), themes=[value]))
    assert response.status_code == 200
    assert "errorlist" in response.content.decode()
    assert not Chair.objects.exists()


@pytest.mark.exhaustive
@pytest.mark.parametrize("field", ["person", "affiliation", "other_affiliation"])
def test_a_value_that_is_no_key_is_refused_beside_its_field(client, cluster, field):
    kind = factories.make_kind()
    for value in NO_KEYS:
        people = [investigator(**{field: value}), investigator()]
        response = client.post(ADD, cap_data(cluster, kind, people=people))
        assert response.status_code == 200, value
        assert "errorlist" in response.content.decode()
    assert not Chair.objects.exists()
