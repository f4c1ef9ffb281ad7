"""Who holds a chair that runs is changed by two people, whichever way the change comes."""

import datetime

import pytest
from django.test import Client

from clusters.models import ChangeRequest, Person
from core.models import Merge, OutgoingMail
from tests import factories
from tests.chairs.admin.forms import rows
from tests.personas import EDITOR, MANAGER, OTHER_MANAGER, READER, SECOND_MANAGER

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("field_history", "search_index")]
LAST = datetime.date(2026, 12, 31)


@pytest.fixture
def panel(cast):
    def signed_in(who):
        client = Client()
        client.force_login(cast[who])
        return client

    return signed_in


@pytest.fixture
def chair(cast):
    return factories.make_chair("active", cluster=cast.cluster, kind=factories.make_kind({"max_pis": 2}))


def there(chair) -> str:
    return f"/admin/chairs/chair/{chair.pk}/investigators/"


def places(chair, *new, **leaving) -> dict:
    """Return what the page posts: the investigator who is there, with what differs, and new ones."""
    post = chair.appointments.get()
    held = {"id": post.pk, "person": post.person_id, "role": "pi", "affiliation": post.affiliation_id, **leaving}
    return rows("appointments", [held, *new], initial=1) | {"why": "She leaves for Lyon."}


def test_the_calendars_of_the_page_have_the_script_that_they_stand_on(chair, panel):
    page = panel(EDITOR).get(there(chair)).text
    assert 0 < page.find("/admin/js/core.") < page.find("/admin/js/calendar.")


def asked_for(panel, chair, cast) -> ChangeRequest:
    comes = factories.make_person(name="Ada Nouvelle", registered_in=cast.cluster)
    new = {"person": comes.pk, "role": "pi", "affiliation": factories.make_institution().pk, "starts_on": "2027-01-01"}
    done = panel(EDITOR).post(there(chair), places(chair, new, ends_on="2026-12-31"))
    assert done.status_code == 302, done.text
    return ChangeRequest.objects.get()


@pytest.mark.exhaustive(counted=True)
def test_one_asks_and_another_changes_the_investigators(cast, panel, chair):
    record = panel(EDITOR).get(f"/admin/chairs/chair/{chair.pk}/change/?step=people").text
    assert there(chair) in record and "changed by two people" in record
    page = panel(EDITOR).get(there(chair)).text
    assert "A new investigator" in page and str(chair.appointments.get().person) in page
    asked = asked_for(panel, chair, cast)
    assert chair.appointments.get().ends_on is None
    assert {mail.recipient for mail in OutgoingMail.objects.filter(occasion="changes/asked")} == {
        *(cast[MANAGER], cast[SECOND_MANAGER])
    }
    # Both see it: who asked, on the desk and the chair, and who decides.
    decide = f"/admin/clusters/changerequest/{asked.pk}/decide/"
    assert "you asked for waits for a colleague" in panel(EDITOR).get("/admin/").text
    assert "waits for a second person" in panel(EDITOR).get(f"/admin/chairs/chair/{chair.pk}/change/").text
    assert decide in panel(MANAGER).get(f"/admin/chairs/chair/{chair.pk}/change/").text
    assert "asks for a second person" in panel(MANAGER).get("/admin/").text
    shown = panel(MANAGER).get(decide).text
    assert "Ada Nouvelle" in shown and "She leaves for Lyon." in shown and "until" in shown
    assert "a colleague does" in panel(EDITOR).post(decide, {"decision": "confirm"}).text
    assert panel(MANAGER).post(decide, {"decision": "confirm"}).status_code == 302
    old, new = chair.appointments.order_by("pk")
    assert (old.ends_on, new.person.name) == (LAST, "Ada Nouvelle")
    assert {post.history.latest().history_user for post in (old, new)} == {cast[MANAGER]}
    assert OutgoingMail.objects.get(occasion="changes/confirmed").recipient == cast[EDITOR]


def test_a_refusal_leaves_them(cast, panel, chair):
    asked = asked_for(panel, chair, cast)
    post = chair.appointments.get()
    type(post).objects.filter(pk=post.pk).update(laboratory="Another")
    decide = f"/admin/clusters/changerequest/{asked.pk}/decide/"
    assert "changed since this was asked" in panel(MANAGER).post(decide, {"decision": "confirm"}).text
    assert panel(MANAGER).post(decide, {"decision": "refuse"}).status_code == 302
    assert chair.appointments.get().ends_on is None and ChangeRequest.objects.get().is_confirmed is False


def test_what_breaks_a_rule_is_said_to_both(cast, panel, chair):
    kind = chair.kind
    type(chair).objects.filter(pk=chair.pk).update(rule=factories.make_kind({"min_pis": 2, "max_pis": 2}).rule_on())
    said = panel(EDITOR).post(there(chair), places(chair, role="holder"), follow=True).text
    assert "a composition rule is broken" in said and kind is not None
    decide = f"/admin/clusters/changerequest/{ChangeRequest.objects.get().pk}/decide/"
    assert "this will be wrong" in panel(MANAGER).get(decide).text


def test_the_calendar_has_its_words_before_it_starts(panel, chair):
    page = panel(EDITOR).get(there(chair)).text
    assert 0 < page.index("/admin/jsi18n/") < page.index("admin/js/calendar.js")


def test_nothing_typed_is_lost_and_nothing_is_asked_without_a_reason(panel, chair):
    page = panel(EDITOR).post(there(chair), places(chair, ends_on="31/31/2026") | {"why": ""}).text
    assert "Say why: your colleague decides by it." in page and "31/31/2026" in page
    assert "Nothing differs from what the record says." in panel(EDITOR).post(there(chair), places(chair)).text
    wrong = places(chair, {"person": 987654321, "role": "pi"})
    assert "not one of the records that you can choose" in panel(EDITOR).post(there(chair), wrong).text
    assert not ChangeRequest.objects.exists()
    assert panel(READER).get(there(chair)).status_code == 403
    assert panel(OTHER_MANAGER).get(there(chair)).status_code == 404


def test_a_draft_and_a_cluster_of_one_manager_change_them_on_the_page(cast, panel, chair):
    draft = factories.make_chair(cluster=cast.cluster)
    assert "changed by two people" not in panel(EDITOR).get(f"/admin/chairs/chair/{draft.pk}/change/?step=people").text
    assert "by one person" in panel(EDITOR).get(there(draft)).text
    type(cast.cluster).objects.filter(pk=cast.cluster.pk).update(needs_four_eyes=False)
    assert "by one person" in panel(EDITOR).get(there(chair)).text


def of_the_page(chair, *new, **changes) -> dict:
    post = chair.appointments.get()
    held = {"id": post.pk, "person": post.person_id, "role": "pi", "affiliation": post.affiliation_id, **changes}
    return rows("appointments", [held, *new], initial=1) | rows("organisations", [])


@pytest.mark.exhaustive(counted=True)
def test_the_chair_s_page_changes_none_of_them(cast, panel, chair):
    page, client = f"/admin/chairs/chair/{chair.pk}/change/?step=people", panel(EDITOR)
    post = chair.appointments.get()
    other = factories.make_person(registered_in=cast.cluster)
    sent = of_the_page(chair, person=other.pk, ends_on="2026-12-31", laboratory="LORIA")
    assert client.post(page, sent).status_code == 302
    post.refresh_from_db()
    assert post.laboratory == "LORIA" and post.person != other and post.ends_on is None
    comes = {"person": other.pk, "role": "pi", "affiliation": factories.make_institution().pk}
    assert "changed by two people" in client.post(page, of_the_page(chair, comes)).text
    assert client.post(page, of_the_page(chair, comes | {"role": "member"})).status_code == 302
    assert chair.appointments.count() == 2
    member = chair.appointments.get(role="member")
    rise = rows("appointments", [{"id": post.pk}, {"id": member.pk, **comes}], initial=2) | rows("organisations", [])
    refused = client.post(page, rise)
    assert refused.status_code == 200 and chair.appointments.get(pk=member.pk).role == "member"
    gone = rows("appointments", [{"id": post.pk, "DELETE": "on"}], initial=1) | rows("organisations", [])
    assert client.post(page, gone).status_code == 200 and chair.appointments.filter(pk=post.pk).exists()


def test_who_was_merged_with_another_since_is_not_appointed(cast, panel, chair):
    asked = asked_for(panel, chair, cast)
    comes = Person.objects.get(name="Ada Nouvelle")
    same = factories.make_person(name="Ada Novelle", registered_in=cast.cluster)
    merging = f"/admin/clusters/person/{same.pk}/merge/{comes.pk}/"
    assert panel(EDITOR).post(merging, {"name": "kept", "family_name": "kept"}).status_code == 302
    decide = f"/admin/clusters/changerequest/{asked.pk}/decide/"
    page = panel(MANAGER).get(decide).text
    assert "(deleted)" in page and "that this change names is not there any more" in page
    assert "(deleted)" in panel(MANAGER).get(f"/admin/clusters/changerequest/{asked.pk}/change/").text
    assert "is not there any more" in panel(MANAGER).post(decide, {"decision": "confirm"}).text
    assert chair.appointments.count() == 1
    assert panel(MANAGER).post(decide, {"decision": "refuse"}).status_code == 302


def test_a_merge_moves_no_investigator_of_a_running_chair(cast, panel, chair):
    held = chair.appointments.get().person
    type(held).objects.filter(pk=held.pk).update(registered_in=cast.cluster)
    other = factories.make_person(name=held.name, registered_in=cast.cluster)
    merging = "/admin/clusters/person/{}/merge/{}/"
    data = {"name": "kept", "family_name": "kept", "orcid": "kept"}
    refused = panel(EDITOR).post(merging.format(other.pk, held.pk), data)
    assert "changed by two people" in refused.text and not Merge.objects.exists()
    assert panel(EDITOR).post(merging.format(held.pk, other.pk), data).status_code == 302
    assert chair.appointments.get().person == held and Merge.objects.exists()
