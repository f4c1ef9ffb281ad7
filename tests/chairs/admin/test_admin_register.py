"""Registering a CAP in the admin panel: one page, refused with reasons, then right."""

import pytest

from chairs.composition import broken_rules_of
from chairs.enums import ChairStatus
from chairs.models import Chair
from clusters.enums import Origin
from tests import factories
from tests.chairs.admin.forms import ADD, cap_data, change_url, course, errors_of, investigator, only_chair

pytestmark = pytest.mark.django_db


def test_the_page_chooses_the_only_cluster_and_the_current_phase(client, editor, cluster, kind):
    phase = factories.make_phase()
    form = client.get(ADD).context["adminform"].form
    assert (form.initial["cluster"], form.initial["phase"]) == (cluster.pk, phase.pk)


def test_a_cap_with_two_investigators_of_one_institution_is_refused_with_the_reason(client, editor, cluster, kind):
    one = factories.make_institution(name="Université Une").pk
    people = [investigator(affiliation=one), investigator(affiliation=one)]
    response = client.post(ADD, cap_data(cluster, kind, people))
    assert response.status_code == 200
    assert "2 different institutions" in str(response.context["adminform"].form.non_field_errors())
    assert not Chair.objects.exists()


def test_nothing_typed_is_lost_when_it_is_refused(client, editor, cluster, kind):
    response = client.post(ADD, cap_data(cluster, kind, people=[], title_en="Typed before"))
    assert 'value="Typed before"' in response.content.decode()
    assert 'value="A course"' in response.content.decode()


def test_then_right_it_is_saved_as_a_draft_of_its_author(client, editor, cluster, kind):
    response = client.post(ADD, cap_data(cluster, kind))
    assert response.status_code == 302, errors_of(response)
    chair = only_chair()
    assert (chair.status, chair.origin, chair.registered_by) == (ChairStatus.DRAFT, Origin.REGISTERED, editor)
    assert chair.slug == "digital-twins"
    assert (chair.appointments.count(), chair.teaching.count()) == (2, 1)


def test_each_missing_part_is_named_at_once(client, editor, cluster, kind):
    sentences = str(errors_of(client.post(ADD, cap_data(cluster, kind, people=[investigator()], teaching=[]))))
    assert "exactly 2 principal investigators" in sentences
    assert "teaching element" in sentences


def test_an_incomplete_draft_is_saved_on_demand_with_what_is_missing(client, editor, cluster, kind):
    data = cap_data(cluster, kind, people=[investigator()], save_incomplete="on")
    response = client.post(ADD, data, follow=True)
    assert "exactly 2 principal investigators" in " ".join(str(m) for m in response.context["messages"])
    assert broken_rules_of(only_chair())


def test_a_submitted_chair_cannot_be_made_incomplete(client, editor, cluster, kind):
    chair = factories.make_chair(ChairStatus.SUBMITTED, cluster=cluster, kind=kind)
    data = cap_data(cluster, kind, people=[], save_incomplete="on")
    del data["cluster"]
    data["appointments-INITIAL_FORMS"] = 0
    assert "exactly 2 principal" in errors_of(client.post(change_url(chair), data))


def test_a_public_chair_that_breaks_its_rule_is_saved_with_a_warning(client, editor, cluster, kind):
    chair = factories.make_chair(ChairStatus.ACTIVE, cluster=cluster, kind=kind, with_pi=False)
    response = client.post(change_url(chair), cap_data(cluster, kind, people=[], title_en="New title"), follow=True)
    chair = Chair.objects.get()
    assert chair.title_en == "New title"
    assert "exactly 2 principal" in " ".join(str(m) for m in response.context["messages"])


def test_two_clicks_make_one_chair(client, editor, cluster, kind):
    data = cap_data(cluster, kind)
    client.post(ADD, data)
    assert "already has a chair with this title" in errors_of(client.post(ADD, data))
    only_chair()


def test_the_same_title_in_french_only_is_also_refused(client, editor, cluster, kind):
    client.post(ADD, cap_data(cluster, kind, title_en=""))
    assert "already has a chair" in errors_of(client.post(ADD, cap_data(cluster, kind, title_en="")))
    assert only_chair().title_fr == "Jumeaux numériques"


def test_teaching_marked_for_removal_does_not_count(client, editor, cluster, kind):
    data = cap_data(cluster, kind, teaching=[course(DELETE="on")])
    assert "teaching element" in errors_of(client.post(ADD, data))


def test_an_activity_remembers_who_posted_it(client, editor, cluster, kind):
    activity = {"title_en": "More", "description_en": "Much more.", "target": "1000.00"}
    response = client.post(ADD, cap_data(cluster, kind, activities=[activity]))
    assert response.status_code == 302, errors_of(response)
    assert only_chair().activities.get().posted_by == editor
