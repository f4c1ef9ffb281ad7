"""The panel that follows the form: the sentences of the save, before the save, and nothing written."""

import pytest

from chairs.models import Appointment, Chair
from tests import factories
from tests.chairs.admin.forms import ADD, cap_data, change_url, course, investigator, rows

pytestmark = pytest.mark.django_db
NEW = "/admin/chairs/chair/add/composition/"


def address(chair) -> str:
    return f"/admin/chairs/chair/{chair.pk}/composition/"


def said(response) -> str:
    assert response.status_code == 200
    return response.content.decode()


def unmet(response) -> list[str]:
    return [verdict.sentence for verdict in response.context["verdicts"] if not verdict.is_met]


def test_a_new_page_asks_for_the_kind(client, editor):
    assert "Choose its kind" in said(client.get(ADD))


def test_what_is_missing_is_said_while_it_is_typed(client, editor, cluster, kind):
    text = said(client.post(NEW, cap_data(cluster, kind, people=[investigator()], teaching=[])))
    assert "exactly 2 principal investigators" in text
    assert "needs a teaching element" in text
    assert "3 rules are not met" in text and "known yet" not in text
    assert not Chair.objects.exists()


def test_what_nobody_can_tell_yet_is_counted_apart_from_what_is_not_met(client, editor, cluster, kind):
    text = said(client.post(NEW, cap_data(cluster, kind, people=[], teaching=[])))
    assert "2 rules are not met · 1 rule is not known yet" in text
    assert "1 rule is not known yet" not in said(client.post(NEW, cap_data(cluster, kind)))
    page = said(client.get(change_url(factories.make_chair(cluster=cluster, kind=kind, with_pi=False))))
    assert "2 rules are not met · 1 rule is not known yet" in page


def test_what_is_right_is_said_too(client, editor, cluster, kind):
    response = client.post(NEW, cap_data(cluster, kind))
    assert unmet(response) == []
    assert "Every rule is met" in said(response)
    assert "the chair states one" in said(response)
    assert not Chair.objects.exists()


def test_it_says_what_the_save_says(client, editor, cluster, kind):
    one = factories.make_institution(name="Université Une").pk
    data = cap_data(cluster, kind, [investigator(affiliation=one), investigator(affiliation=one)])
    (sentence,) = unmet(client.post(NEW, data))
    assert sentence in client.post(ADD, data).context["adminform"].form.non_field_errors()


def test_a_refused_page_shows_the_panel_of_what_was_typed(client, editor, cluster, kind):
    page = client.post(ADD, cap_data(cluster, kind, teaching=[]))
    assert "needs a teaching element" in " ".join(unmet(page))
    assert "1 rule is not met" in said(page)


def test_a_line_without_a_person_is_not_counted_and_says_so(client, editor, cluster, kind):
    text = said(client.post(NEW, cap_data(cluster, kind, people=[investigator(), investigator(person="")])))
    assert "1 line is not complete, and is not counted" in text
    assert "Add 1 person" in text


def test_an_empty_title_or_date_does_not_silence_the_rules(client, editor, cluster, kind):
    data = cap_data(cluster, kind, people=[], title_en="", title_fr="", starts_on="soon")
    assert "Add 2 people" in said(client.post(NEW, data))


def test_lines_marked_for_removal_do_not_count(client, editor, cluster, kind):
    text = said(client.post(NEW, cap_data(cluster, kind, teaching=[course(DELETE="on")])))
    assert "needs a teaching element" in text


def test_a_saved_chair_is_judged_by_what_the_form_holds(client, editor, cluster, kind):
    chair = factories.make_chair(cluster=cluster, kind=kind, with_pi=False)
    first, second = factories.make_appointment(chair), factories.make_appointment(chair)
    people = [
        investigator(id=post.pk, person=post.person_id, affiliation=post.affiliation_id) for post in (first, second)
    ]
    data = cap_data(cluster, kind, **rows("appointments", people, initial=2))
    assert unmet(client.post(address(chair), data)) == []
    data["appointments-1-DELETE"] = "on"
    assert "Add 1 person" in said(client.post(address(chair), data))
    assert Appointment.objects.count() == 2
    assert not chair.teaching.exists()


def test_a_public_chair_shows_its_panel_and_since_when_it_breaks_its_rule(client, editor, cluster, kind):
    chair = factories.make_chair("active", cluster=cluster, kind=kind, non_conforming_since="2026-03-17")
    text = said(client.get(change_url(chair)))
    assert "Has not met its rule since 17 March 2026." in text
    assert "Add 1 person" in text


def test_it_is_only_posted_to(client, editor, cluster):
    assert client.get(NEW).status_code == 405
    assert client.get(address(factories.make_chair(cluster=cluster))).status_code == 405


@pytest.mark.parametrize("role", ["reader", "finance"])
def test_who_cannot_edit_sees_the_rules_and_cannot_try(client, cluster, kind, role):
    client.force_login(factories.make_staff(cluster, role))
    chair = factories.make_chair(cluster=cluster, kind=kind)
    page = said(client.get(change_url(chair)))
    assert "exactly 2 principal investigators" in page
    assert "hx-post" not in page
    assert client.post(address(chair), {}).status_code == 403
    assert client.post(NEW, {}).status_code == 403


def test_another_cluster_s_chair_is_not_there(client, editor, kind):
    chair = factories.make_chair(kind=kind, title_en="A secret title")
    response = client.post(address(chair), {})
    assert response.status_code == 404
    assert "A secret title" not in response.content.decode()
    client.force_login(factories.make_staff(chair.cluster, "editor"))
    assert client.post(address(chair), cap_data(chair.cluster, kind)).status_code == 200


def test_foreign_ids_reveal_nothing(client, editor, cluster, kind):
    stranger = factories.make_person(name="A secret name", registered_in=factories.make_cluster())
    other = factories.make_chair(title_en="A secret title", with_pi=False)
    post = factories.make_appointment(other, person=stranger)
    people = [investigator(person=stranger.pk), investigator(id=post.pk)]
    text = said(client.post(NEW, cap_data(cluster, kind, **rows("appointments", people, initial=1))))
    assert "rules are not met" in text and "secret" not in text


def test_nonsense_is_answered(client, editor, cluster, kind):
    data = {"kind": "\x00", "appointments-TOTAL_FORMS": "many", "appointments-0-person": "' OR 1=1"}
    assert "Choose its kind" in said(client.post(NEW, data))
