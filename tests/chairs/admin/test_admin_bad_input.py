"""Each mistake in the chair's page answers with a sentence beside its field, and saves nothing."""

import pytest

from chairs.enums import ChairStatus
from chairs.models import Chair
from clusters.models import StaffRole
from tests import factories
from tests.chairs.admin.forms import ADD, cap_data, change_url, course, errors_of, investigator, make_cap_kind

pytestmark = [pytest.mark.django_db, pytest.mark.database(quick=True)]
MEGABYTE = "<script>alert(1)</script>" * 41_000


@pytest.fixture
def cluster(client):
    cluster = factories.make_cluster()
    client.force_login(factories.make_staff(cluster, "editor"))
    return cluster


def refused(client, cluster, **overrides) -> str:
    overrides.setdefault("kind", make_cap_kind())
    kind = overrides.pop("kind")
    response = client.post(ADD, cap_data(cluster, kind, **overrides))
    assert response.status_code == 200
    assert not Chair.objects.exists()
    return errors_of(response)


def test_an_end_before_the_start(client, cluster):
    assert "ends before it starts" in refused(client, cluster, starts_on="2027-01-01", ends_on="2026-01-01")


def test_an_appointment_that_ends_before_it_starts(client, cluster):
    people = [investigator(starts_on="2027-01-01", ends_on="2026-01-01"), investigator()]
    assert "appointment ends before it starts" in refused(client, cluster, people=people)


def test_a_date_in_words(client, cluster):
    assert "Enter a valid date" in refused(client, cluster, starts_on="next spring")


def test_a_kind_that_the_cluster_does_not_use(client, cluster):
    mine = factories.make_staff(cluster, "editor")
    other = factories.make_cluster()
    StaffRole.objects.create(user=mine, cluster=other, role="editor")
    client.force_login(mine)
    kind = make_cap_kind()
    kind.clusters.add(other)
    assert "does not use the kind" in refused(client, cluster, kind=kind)


def test_a_theme_of_another_of_ones_own_clusters(client, cluster):
    mine = factories.make_staff(cluster, "editor")
    other = factories.make_cluster()
    StaffRole.objects.create(user=mine, cluster=other, role="editor")
    client.force_login(mine)
    theme = factories.make_theme(other, name_en="Elsewhere")
    assert "Not a theme of" in refused(client, cluster, themes=[theme.pk])


@pytest.mark.parametrize("field", ["title_en", "acronym", "summary_fr", "description_en", "topic_en", "slug"])
def test_a_megabyte_of_markup_in_any_text(client, cluster, field):
    response = client.post(ADD, cap_data(cluster, make_cap_kind(), **{field: MEGABYTE}))
    assert field in response.context["adminform"].form.errors
    assert "<script>alert(1)</script>" not in response.content.decode()
    assert not Chair.objects.exists()


@pytest.mark.parametrize("field", ["laboratory"])
def test_a_megabyte_in_a_row(client, cluster, field):
    assert "at most" in refused(client, cluster, people=[investigator(**{field: MEGABYTE}), investigator()])


@pytest.mark.parametrize("target", ["-1", "0", "999999999999", "1.001", "a lot", "NaN"])
def test_an_impossible_target(client, cluster, target):
    activity = {"title_en": "More", "description_en": "More.", "target": target}
    assert "target" in refused(client, cluster, activities=[activity])


def test_no_title_at_all(client, cluster):
    assert "in French or in both" in refused(client, cluster, title_en="", title_fr="")


def test_a_course_without_a_title(client, cluster):
    assert "one of the two languages" in refused(client, cluster, teaching=[course(title_en="", level="Master")])


def test_no_kind(client, cluster):
    response = client.post(ADD, cap_data(cluster, make_cap_kind()) | {"kind": ""})
    assert "kind" in response.context["adminform"].form.errors


def test_markup_is_shown_as_it_was_typed(client, cluster):
    chair = factories.make_chair(ChairStatus.DRAFT, cluster=cluster, title_en="<b>bold</b>")
    page = client.get(change_url(chair)).content.decode()
    assert "<b>bold</b>" not in page
    assert "&lt;b&gt;bold" in page


def test_a_row_of_another_chair_cannot_be_taken_over(client, cluster):
    theirs = factories.make_appointment(factories.make_chair())
    mine = factories.make_chair(cluster=cluster, with_pi=False)
    row = investigator(id=theirs.pk)
    data = cap_data(cluster, mine.kind, people=[row]) | {"appointments-INITIAL_FORMS": 1}
    response = client.post(change_url(mine), data)
    assert response.status_code == 200
    assert type(theirs).objects.get(pk=theirs.pk).chair_id == theirs.chair_id
    assert "no longer part of this record" in errors_of(response)


@pytest.mark.parametrize("hours", [{"hours_owed": "-1"}, {"hours_discharged": "-1"}, {"hours_etd": "-0.5"}])
def test_hours_below_nought(client, cluster, hours):
    assert "less than zero" in refused(client, cluster, teaching=[course(**hours)])


def test_a_programme_that_is_another_clusters_draft(client, cluster):
    draft = factories.make_training(is_published=False)
    assert "This is not one of the records" in refused(client, cluster, teaching=[course(programme=draft.pk)])


def test_a_course_is_part_of_a_programme_and_owed_and_discharged_are_two_numbers(client, cluster):
    programme = factories.make_training()
    line = course(programme=programme.pk, year="2025", hours_owed="24", hours_discharged="")
    assert client.post(ADD, cap_data(cluster, make_cap_kind(), teaching=[line])).status_code == 302
    element = Chair.objects.get().teaching.get()
    assert (element.programme, element.year, element.hours_owed, element.hours_discharged) == (
        programme,
        2025,
        24,
        None,
    )
