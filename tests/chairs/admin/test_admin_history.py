"""The field history of a chair as staff read it; and a chair from a source, which keeps what the source says."""

import pytest

from chairs.enums import ChairStatus
from chairs.models import Chair
from clusters.enums import Origin
from tests import factories
from tests.chairs.admin.forms import cap_data, change_url, investigator, rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def cluster():
    return factories.make_cluster()


@pytest.fixture
def editor(cluster, client):
    user = factories.make_staff(cluster, "editor", name="Edith Rice")
    client.force_login(user)
    return user


def history_of(client, chair) -> str:
    return client.get(f"/admin/chairs/chair/{chair.pk}/history/").content.decode()


@pytest.mark.exhaustive(counted=True)
def test_it_shows_who_changed_which_field_from_what_to_what(client, editor, cluster):
    chair = factories.make_chair(ChairStatus.APPROVED, cluster=cluster, with_pi=False, title_en="Before")
    client.post(change_url(chair), cap_data(cluster, chair.kind, [investigator()], title_en="After"))
    page = history_of(client, chair)
    for words in ("Edith Rice", "Title (English)", "<del>Before</del>", "<ins>After</ins>", "Principal investigator"):
        assert words in page


def test_a_removed_row_stays_in_the_history(client, editor, cluster):
    chair = factories.make_chair(cluster=cluster)
    chair.appointments.get().delete()
    assert "Removed · Appointment" in history_of(client, chair)


def test_markup_in_a_value_is_escaped(client, editor, cluster):
    chair = factories.make_chair(cluster=cluster, title_en="<script>alert(1)</script>")
    page = history_of(client, chair)
    assert "&lt;script&gt;alert(1)" in page.partition("Title (English)")[2] and "<script>alert(1)" not in page


@pytest.fixture
def sourced(cluster):
    origin = {"origin": Origin.SOURCED, "kind": None, "sources": ["https://example.org/chair"]}
    chair = factories.make_chair(ChairStatus.DRAFT, cluster=cluster)
    Chair.objects.filter(pk=chair.pk).update(status=ChairStatus.SOURCED, **origin)
    return Chair.objects.get(pk=chair.pk)


def test_a_sourced_chair_takes_words_and_keeps_its_composition_and_status(client, editor, sourced):
    assert "https://example.org/chair" in client.get(change_url(sourced)).content.decode()
    words = {"title_en": "Ours", "summary_en": "In plain words.", **rows("stated_partners", [])}
    data = cap_data(sourced.cluster, factories.make_kind(), [], **words)
    assert client.post(change_url(sourced), data).status_code == 302
    chair = Chair.objects.get(pk=sourced.pk)
    assert (chair.summary_en, chair.title_en, chair.kind) == ("In plain words.", sourced.title_en, None)
    assert (chair.status, chair.appointments.count()) == (ChairStatus.SOURCED, 1)


@pytest.mark.parametrize("verb", ["submit", "approve", "withdraw"])
def test_a_sourced_chair_stands_outside_the_lifecycle(client, editor, sourced, verb):
    client.post(f"/admin/chairs/chair/{sourced.pk}/verb/{verb}/", {"note": "Please."})
    assert Chair.objects.get(pk=sourced.pk).status == ChairStatus.SOURCED
