"""Overlaps of intakes and stated counts in the panel."""

import pytest

from clusters.enums import Origin, Role, StatedSubject
from clusters.models import IntakeOverlap, StatedCount
from clusters.training_counts import people_by_year
from tests import factories
from tests.chairs.admin.forms import errors_of, rows

pytestmark = [pytest.mark.django_db, pytest.mark.database]

ADD = "/admin/clusters/intakeoverlap/add/"
ADD_COUNT = "/admin/clusters/statedcount/add/"


@pytest.fixture
def cluster():
    return factories.make_cluster()


@pytest.fixture
def editor(client, cluster):
    client.force_login(factories.make_staff(cluster, Role.EDITOR))
    return client


@pytest.fixture
def intakes(cluster):
    """Three clusters in one programme: 30, 20 and 10 people."""
    others = [factories.make_cluster(), factories.make_cluster()]
    programme = factories.make_training(cluster, shared_with=others)
    clusters = [cluster, *others]
    return [factories.make_intake(programme, one, enrolled=n) for one, n in zip(clusters, (30, 20, 10), strict=True)]


def data(intakes, **overrides) -> dict:
    values = {"people": "5", "completed": "", "women": "", "continuing": "", "note": ""}
    return values | rows("parts", [{"intake": one.pk} for one in intakes]) | overrides


def change_url(overlap) -> str:
    return f"/admin/clusters/intakeoverlap/{overlap.pk}/change/"


def test_the_overlap_of_three_intakes_is_declared_and_counted_once(editor, intakes):
    assert editor.get(ADD).status_code == 200
    response = editor.post(ADD, data(intakes))
    assert response.status_code == 302, errors_of(response)
    assert people_by_year()[2025].enrolled == 60 - 2 * 5
    overlap = IntakeOverlap.objects.get()
    assert editor.get(change_url(overlap)).status_code == 200
    assert editor.get("/admin/clusters/intakeoverlap/").status_code == 200


WRONG = [
    ({"people": "11"}, "has 10 people: the overlap cannot be larger."),
    ({"people": "0"}, "Ensure this value is greater than or equal to 1."),
    ({"people": "-3"}, "This cannot be less than zero."),
    ({"people": ""}, "This field is required."),
    ({"women": "6"}, "More than the people of the overlap."),
]


@pytest.mark.parametrize(("typed", "sentence"), WRONG)
def test_a_wrong_number_is_refused_and_nothing_lost(editor, intakes, typed, sentence):
    response = editor.post(ADD, data(intakes, note="Lists compared", **typed))
    assert sentence in errors_of(response)
    assert 'value="Lists compared"' in response.content.decode()
    assert not IntakeOverlap.objects.exists()


def test_more_than_an_intake_states_is_refused_beside_its_line(editor, intakes):
    intakes[1].women = 2
    intakes[1].save()
    assert "counts fewer: 2 (women)" in errors_of(editor.post(ADD, data(intakes, women="3")))


def test_an_overlap_declared_twice_is_refused_the_other_way_round_too(editor, intakes):
    factories.make_overlap(*intakes[:2], people=5)
    assert "is already declared" in errors_of(editor.post(ADD, data(intakes[1::-1])))
    assert editor.post(ADD, data(intakes)).status_code == 302


def test_somebody_stands_in_one_overlap_only(editor, intakes):
    factories.make_overlap(*intakes[1:], people=8)
    response = editor.post(ADD, data([intakes[0], intakes[2]], people="3"))
    assert "its other overlaps count 8 of them" in errors_of(response)


def test_one_intake_and_one_twice_and_other_years_are_refused(editor, intakes):
    assert "two at least" in errors_of(editor.post(ADD, data(intakes[:1])))
    assert "Please correct the duplicate" in errors_of(editor.post(ADD, data([intakes[0], intakes[0]])))
    older = factories.make_intake(intakes[0].programme, intakes[0].cluster, year=2024)
    assert "of different years" in errors_of(editor.post(ADD, data([older, intakes[1]])))


def test_an_intake_does_not_shrink_below_its_overlaps(intakes):
    factories.make_overlap(*intakes, people=9)
    intakes[2].enrolled = 8
    with pytest.raises(Exception, match="count 9 of its people"):
        intakes[2].full_clean()


def test_the_overlap_of_other_clusters_is_theirs_or_the_coordinators(client, editor, intakes):
    assert "of your own cluster" in errors_of(editor.post(ADD, data(intakes[1:])))
    theirs = factories.make_overlap(*intakes[1:], people=2)
    assert editor.get(change_url(theirs)).status_code == 404
    client.force_login(factories.make_staff(None, Role.COORDINATOR))
    assert client.get(change_url(theirs)).status_code == 200
    stranger = factories.make_intake(factories.make_training(), enrolled=9)
    assert client.post(ADD, data([intakes[0], stranger])).status_code == 302


def test_an_intake_that_one_does_not_see_is_refused(editor, intakes):
    stranger = factories.make_intake(factories.make_training())
    response = editor.post(ADD, data([intakes[0], stranger]))
    assert "This is not one of the records that you can choose here." in errors_of(response)


def test_an_overlap_that_was_wrong_is_deleted_with_its_lines(editor, intakes):
    overlap = factories.make_overlap(*intakes, people=2)
    url = f"/admin/clusters/intakeoverlap/{overlap.pk}/delete/"
    assert editor.get(url).status_code == 200
    assert editor.post(url, {"post": "yes"}).status_code == 302
    assert not IntakeOverlap.objects.exists()


def count_data(**overrides) -> dict:
    values = {"subject": StatedSubject.TRAINED_A_YEAR, "kind": "stated", "value": "1200", "qualifier": "about"}
    return values | {"as_of": "2025", "source": "https://example.org/press", "note": "", "position": "0"} | overrides


def test_the_coordinator_adds_what_a_source_states(client, cluster):
    client.force_login(factories.make_staff(None, Role.COORDINATOR))
    response = client.post(ADD_COUNT, count_data(clusters=[cluster.pk]))
    assert response.status_code == 302, errors_of(response)
    count = StatedCount.objects.get()
    assert (count.value, count.origin, count.clusters.get()) == (1200, Origin.REGISTERED, cluster)
    assert "the nation" not in client.get("/admin/clusters/statedcount/").content.decode()
    for typed, sentence in [({"value": "-1"}, "less than zero"), ({"source": ""}, "required")]:
        assert sentence in errors_of(client.post(ADD_COUNT, count_data(**typed)))


def test_what_the_files_state_only_reads_and_editors_read_all(client, editor):
    sourced = StatedCount.objects.create(subject="chairs", value=3, source="https://example.org", origin=Origin.SOURCED)
    url = f"/admin/clusters/statedcount/{sourced.pk}/change/"
    assert editor.get(url).status_code == 200 and editor.get(ADD_COUNT).status_code == 403
    client.force_login(factories.make_staff(None, Role.COORDINATOR))
    assert client.post(url, count_data()).status_code == 403
