"""Two people have the same chair open: who saves second overwrites nothing unread, and loses nothing."""

import pytest

from chairs.models import Chair
from clusters.models import Institution
from tests import factories
from tests.chairs.admin.forms import change_url, of_innovation, rows

pytestmark = [pytest.mark.django_db, pytest.mark.database(quick=True)]
SAID = "Somebody changed this record while it was open here."


@pytest.fixture
def chair():
    return factories.make_chair("draft", with_pi=False, title_en="First", summary_en="Old words.")


@pytest.fixture(autouse=True)
def colleague(client, chair):
    client.force_login(factories.make_staff(chair.cluster, "editor", name="Ed Second"))
    return factories.make_staff(chair.cluster, "editor", name="Anne First")


def seen(response) -> str:
    return response.context["seen"]


def data(chair, seen, **values):
    kept = {"kind": chair.kind.pk, "phase": chair.phase.pk, "title_en": "First", "slug": chair.slug, "seen": seen}
    return {
        **kept,
        "save_incomplete": "on",
        **rows("appointments", []),
        **rows("teaching", []),
        **rows("activities", []),
        **rows("shares", []),
        **of_innovation(),
        **values,
    }


def save_as(user, client_class, chair, **values):
    other = client_class()
    other.force_login(user)
    return other.post(change_url(chair), data(chair, seen(other.get(change_url(chair))), **values))


def test_the_second_to_save_reads_what_the_first_changed(client, chair, colleague):
    opened = seen(client.get(change_url(chair)))
    assert save_as(colleague, type(client), chair, title_en="Hers", summary_en="New words.").status_code == 302
    response = client.post(change_url(chair), data(chair, opened, title_en="Mine"))
    page = response.content.decode()
    assert SAID in page and "Anne First" in page and "Old words. → New words." in page
    assert 'value="Mine"' in page
    assert Chair.objects.get(pk=chair.pk).title_en == "Hers"
    again = client.post(change_url(chair), data(chair, seen(response), title_en="Mine"))
    assert again.status_code == 302
    assert Chair.objects.get(pk=chair.pk).title_en == "Mine"


def test_a_row_that_came_meanwhile_counts(client, chair):
    opened = seen(client.get(change_url(chair)))
    post = factories.make_appointment(chair)
    page = client.post(change_url(chair), data(chair, opened)).content.decode()
    assert SAID in page and f"Added · Appointment “{post.person}”" in page


def test_themes_count_though_the_history_does_not_keep_them(client, chair, colleague):
    theme = factories.make_theme(chair.cluster)
    opened = seen(client.get(change_url(chair)))
    save_as(colleague, type(client), chair, summary_en="Old words.", themes=[theme.pk])
    page = client.post(change_url(chair), data(chair, opened)).content.decode()
    assert SAID in page and "Anne First" in page
    assert list(chair.themes.all()) == [theme]


def test_saving_twice_in_a_row_is_nobody_elses_change(client, chair):
    values = data(chair, seen(client.get(change_url(chair))), _continue="1", title_en="Mine")
    response = client.post(change_url(chair), values, follow=True)
    assert client.post(change_url(chair), {**values, "seen": seen(response)}).status_code == 302


@pytest.mark.parametrize("seen", ["", "x", "1.2.3.4.5.6", "9" * 40, "-1"])
def test_what_no_page_of_ours_says_is_refused_like_an_old_page(client, chair, seen):
    assert SAID in client.post(change_url(chair), data(chair, seen)).content.decode()


def test_every_record_with_a_history_is_guarded(client):
    client.force_login(factories.make_staff(None, "coordinator"))
    institution = factories.make_institution()
    address = f"/admin/clusters/institution/{institution.pk}/change/"
    opened = seen(client.get(address))
    institution.city = "Nice"
    institution.save()
    values = {"name": institution.name, "slug": institution.slug, "kind": institution.kind, "seen": opened}
    assert SAID in client.post(address, {**values, **rows("aliases", [])}).content.decode()
    assert Institution.objects.get(pk=institution.pk).city == "Nice"
