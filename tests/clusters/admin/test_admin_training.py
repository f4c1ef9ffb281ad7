"""Staff keep training programmes: the keeping cluster edits, those that share it enter their own people."""

import re

import pytest
from django.urls import reverse

from clusters.enums import Origin, Role
from clusters.models import Intake, TrainingProgramme
from tests import factories
from tests.chairs.admin.forms import errors_of, rows

pytestmark = [pytest.mark.django_db, pytest.mark.database]

ADD = "/admin/clusters/trainingprogramme/add/"


@pytest.fixture
def cluster():
    return factories.make_cluster(name="Here")


@pytest.fixture
def editor(client, cluster):
    client.force_login(factories.make_staff(cluster, Role.EDITOR))
    return client


def change_url(programme) -> str:
    return reverse("admin:clusters_trainingprogramme_change", args=[programme.pk])


def data(cluster, intakes=None, initial=0, **overrides) -> dict:
    values = {
        "cluster": cluster.pk,
        "name_en": "Trustworthy AI",
        "name_fr": "IA de confiance",
        "summary_en": "",
        "summary_fr": "",
        "level": "master",
        "audience": "both",
        "teaching_language": "fr",
        "place": "Paris",
        "built_with_industry": "unknown",
        "starts": "2024",
        "contact": "office@example.org",
        "website": "",
        "application_page": "https://example.org/apply",
        "applications_open_on": "",
        "apply_by": "",
        "is_published": "on",
        "slug": "",
    } | overrides
    return values if intakes is None else values | rows("intakes", intakes, initial)


def intake(cluster, **overrides) -> dict:
    values = {
        "cluster": cluster.pk,
        "year": "2024",
        "enrolled": "30",
        "completed": "20",
        "women": "",
        "continuing": "5",
    }
    return values | {"source": "", "note": ""} | overrides


def test_a_programme_is_added_and_its_address_made_of_its_name(editor, cluster):
    assert editor.get(ADD).status_code == 200
    assert editor.post(ADD, data(cluster)).status_code == 302
    programme = TrainingProgramme.objects.get()
    assert (programme.slug, programme.origin, programme.cluster) == ("ia-de-confiance", Origin.REGISTERED, cluster)
    assert programme.history.get().history_user is not None


def test_a_namesake_of_another_cluster_gets_an_address_of_its_own(editor, cluster):
    factories.make_training(slug="ia-de-confiance", name_fr="IA de confiance")
    assert editor.post(ADD, data(cluster)).status_code == 302
    slugs = set(TrainingProgramme.objects.values_list("slug", flat=True))
    assert len(slugs) == 2 and all(slug.startswith("ia-de-confiance") for slug in slugs)


def test_the_draft_of_another_cluster_is_not_told_by_an_address(editor, cluster):
    factories.make_training(slug="their-draft", is_published=False)
    factories.make_training(slug="their-page")
    assert editor.post(ADD, data(cluster, slug="their-draft")).status_code == 302
    assert re.fullmatch(r"their-draft-[a-z0-9]{6}", cluster.training_programmes.get().slug)
    typed = data(cluster, slug="their-page", name_en="Another", name_fr="Autre")
    assert "already exists" in errors_of(editor.post(ADD, typed))


def test_a_namesake_in_the_same_cluster_is_refused_beside_its_name(editor, cluster):
    factories.make_training(cluster, name_en="trustworthy ai")
    response = editor.post(ADD, data(cluster))
    assert "already has a programme of this name" in errors_of(response)
    assert 'value="https://example.org/apply"' in response.content.decode()
    assert TrainingProgramme.objects.count() == 1


WRONG = [
    ({"name_en": "", "name_fr": ""}, "Enter the name in one of the two languages."),
    ({"applications_open_on": "2026-05-02", "apply_by": "2026-05-01"}, "Applications close before they open."),
    ({"application_page": "next door"}, "Enter a valid URL."),
    ({"level": "phd"}, "Select a valid choice."),
]


@pytest.mark.parametrize(("typed", "sentence"), WRONG)
def test_what_is_wrong_is_said_and_nothing_lost(editor, cluster, typed, sentence):
    response = editor.post(ADD, data(cluster, **typed))
    assert sentence in errors_of(response)
    assert 'value="office@example.org"' in response.content.decode()
    assert not TrainingProgramme.objects.exists()


def test_another_clusters_programme_cannot_be_added(editor, cluster):
    response = editor.post(ADD, data(factories.make_cluster()))
    assert "This is not one of the records that you can choose here." in errors_of(response)


def test_the_cluster_that_keeps_it_shares_it_with_others_and_not_with_itself(editor, cluster):
    other = factories.make_cluster()
    assert "name the other clusters" in errors_of(editor.post(ADD, data(cluster, shared_with=[cluster.pk])))
    assert editor.post(ADD, data(cluster, shared_with=[other.pk])).status_code == 302
    assert TrainingProgramme.objects.get().shared_with.get() == other


def test_a_cluster_that_counts_people_in_it_goes_on_sharing_it(editor, cluster):
    counting, other = factories.make_cluster(name="Counting"), factories.make_cluster()
    programme = factories.make_training(cluster)
    programme.shared_with.add(counting, other)
    theirs = factories.make_intake(programme, cluster=counting)
    left_out = data(cluster, [], shared_with=[other.pk])
    assert "Counting has entered people into this programme" in errors_of(editor.post(change_url(programme), left_out))
    assert counting in programme.shared_with.all()
    theirs.delete()
    assert editor.post(change_url(programme), left_out).status_code == 302
    assert list(programme.shared_with.all()) == [other]


def test_people_of_a_year_are_entered_on_its_page(editor, cluster):
    programme = factories.make_training(cluster)
    assert editor.get(change_url(programme)).status_code == 200
    response = editor.post(change_url(programme), data(cluster, [intake(cluster), intake(cluster, year="2025")]))
    assert response.status_code == 302, errors_of(response)
    assert list(programme.intakes.values_list("year", "enrolled", "completed", "women", "continuing")) == [
        (2025, 30, 20, None, 5),
        (2024, 30, 20, None, 5),
    ]
    assert "2024–2025: 30 people" in editor.get(change_url(programme)).content.decode()


WRONG_INTAKES = [
    ({"completed": "31"}, "More people completed it than enrolled."),
    ({"women": "31"}, "More women than people enrolled."),
    ({"continuing": "31"}, "More people in continuing education than enrolled."),
    ({"enrolled": "-1"}, "This cannot be less than zero."),
    ({"women": "-1"}, "This cannot be less than zero."),
    ({"enrolled": "99999999999"}, "Ensure this value is less than or equal to 1000000."),
    ({"enrolled": "many"}, "Write the number in figures"),
    ({"year": "1789"}, "Ensure this value is greater than or equal to 1990."),
    ({"year": "2091"}, "This year has not come yet."),
]


@pytest.mark.parametrize(("typed", "sentence"), WRONG_INTAKES)
def test_a_wrong_intake_is_refused_beside_its_line_and_nothing_lost(editor, cluster, typed, sentence):
    programme = factories.make_training(cluster)
    lines = [intake(cluster, year="2023", note="The good one"), intake(cluster, **typed)]
    response = editor.post(change_url(programme), data(cluster, lines))
    assert sentence in errors_of(response)
    assert 'value="The good one"' in response.content.decode()
    assert not Intake.objects.exists()


def test_an_intake_twice_is_refused(editor, cluster):
    programme = factories.make_training(cluster)
    twice = [intake(cluster), intake(cluster, enrolled="40")]
    assert "Please correct the duplicate" in errors_of(editor.post(change_url(programme), data(cluster, twice)))
    factories.make_intake(programme, cluster, year=2024)
    response = editor.post(change_url(programme), data(cluster, [intake(cluster)]))
    assert "This cluster’s intake of this year is already there." in errors_of(response)
    assert Intake.objects.count() == 1


def test_a_cluster_that_shares_it_enters_its_own_people_and_no_more(client, cluster):
    there = factories.make_cluster(name="There")
    programme = factories.make_training(cluster, shared_with=[there], name_en="Kept")
    of_keeper = factories.make_intake(programme, cluster, year=2024)
    client.force_login(factories.make_staff(there, Role.EDITOR))
    page = client.get(change_url(programme)).content.decode()
    assert 'name="name_en"' not in page and 'name="intakes-0-enrolled"' in page and "Here: 20" in page
    response = client.post(change_url(programme), data(there, [intake(there)], name_en="Taken over"))
    assert response.status_code == 302
    programme.refresh_from_db()
    assert (programme.name_en, programme.cluster) == ("Kept", cluster)
    assert programme.intakes.get(cluster=there).enrolled == 30
    line = intake(cluster, id=of_keeper.pk, programme=programme.pk, enrolled="1")
    assert client.post(change_url(programme), data(there, [line], initial=1)).status_code == 200
    of_keeper.refresh_from_db()
    assert of_keeper.enrolled == 20


def test_an_intake_for_a_cluster_that_has_no_part_in_it_is_refused(editor, cluster):
    programme = factories.make_training(cluster)
    response = editor.post(change_url(programme), data(cluster, [intake(factories.make_cluster())]))
    assert "This is not one of the records that you can choose here." in errors_of(response)


def test_who_only_reads_sees_every_clusters_people(client, cluster):
    there = factories.make_cluster(name="There")
    programme = factories.make_training(cluster, shared_with=[there])
    for one in (cluster, there):
        factories.make_intake(programme, one, year=2024, note=f"Of {one.name}")
    client.force_login(factories.make_staff(cluster, Role.READER))
    page = client.get(change_url(programme)).content.decode()
    assert "Of Here" in page and "Of There" in page and 'name="intakes-0-enrolled"' not in page


def test_an_editor_elsewhere_who_reads_here_enters_nobody_here(client, cluster):
    there = factories.make_cluster(name="There")
    both = factories.make_staff(cluster, Role.READER)
    both.staff_roles.create(cluster=there, role=Role.EDITOR)
    client.force_login(both)
    programme = factories.make_training(cluster)
    assert 'name="intakes-0-enrolled"' not in client.get(change_url(programme)).text
    assert client.post(change_url(programme), data(there, [intake(there)])).status_code == 403
    programme.shared_with.add(there)
    assert client.post(change_url(programme), data(there, [intake(there)])).status_code == 302
    assert programme.intakes.get().cluster == there


def test_what_a_source_states_only_reads_and_the_rest_is_staffs(editor, cluster):
    stated = {"origin": Origin.SOURCED, "stated_fields": ["cluster", "name_fr", "level"], "level": "master"}
    programme = factories.make_training(
        cluster, name_en="", name_fr="Master", sources=["https://example.org"], **stated
    )
    page = editor.get(change_url(programme)).content.decode()
    assert 'name="name_fr"' not in page and 'name="name_en"' in page and "https://example.org" in page
    assert editor.post(change_url(programme), data(cluster, [], level="doctoral")).status_code == 302
    programme.refresh_from_db()
    assert (programme.level, programme.name_fr, programme.name_en) == ("master", "Master", "Trustworthy AI")
    assert programme.application_page == "https://example.org/apply"


def test_the_page_leads_to_the_public_one_and_a_drafts_does_not(editor, cluster):
    programme, draft = factories.make_training(cluster), factories.make_training(cluster, is_published=False)
    assert programme.get_absolute_url() in editor.get(change_url(programme)).content.decode()
    assert draft.get_absolute_url() not in editor.get(change_url(draft)).content.decode()


def test_an_intake_has_a_page_that_leads_to_its_programme(editor, cluster):
    one = factories.make_intake(factories.make_training(cluster), cluster)
    page = editor.get(f"/admin/clusters/intake/{one.pk}/change/").content.decode()
    assert change_url(one.programme) in page
    assert editor.get("/admin/clusters/intake/").status_code == 200
