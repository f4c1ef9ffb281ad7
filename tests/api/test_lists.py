"""Lists: their pages, what they find, what has changed since."""

import datetime

import pytest
from django.utils import timezone

from chairs.hiding import hide
from tests import factories
from tests.verbs import perform

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("search_index", "field_history")]


def ids(pages):
    return [one["id"] for page in pages for one in page["items"]]


@pytest.mark.exhaustive(counted=True)
@pytest.mark.parametrize("sort", ["", "&sort=title"])
def test_pages_have_each_record_once_whatever_is_entered_meanwhile(api, sort):
    chairs = [factories.make_chair("active", title_en=f"Chair {letter}").pk for letter in "CADBE"]
    seen = []
    for page in api.walk(f"chairs?phase=all&limit=2{sort}"):
        seen += ids([page])
        if len(seen) == 2:
            # Before the place that was reached, in both orders where there is one; after it by id.
            factories.make_chair("active", title_en="Chair AA")
    assert len(seen) == len(set(seen)) and set(chairs) <= set(seen)
    assert seen[:2] == (chairs[:2] if not sort else [chairs[1], chairs[3]])


def test_a_cursor_goes_on_with_its_own_question(api):
    for _one in range(3):
        factories.make_chair("active")
    following = api.get("chairs?phase=all&limit=1")["next"]
    assert api.get(following)["items"]
    assert "another question" in api.get(following.replace("phase=all", "open=1"), 400)["detail"]
    assert api.get(following[:-1], 400)["errors"][0]["parameter"] == "cursor"


@pytest.mark.exhaustive(counted=True)
def test_filters_are_those_of_the_page(api, client):
    here, elsewhere = factories.make_cluster(), factories.make_cluster()
    for cluster in (here, here, elsewhere):
        factories.make_chair("active", cluster=cluster)
    factories.make_chair(cluster=here)
    for query in (f"?cluster={here.slug}", f"?cluster={here.slug}&cluster={elsewhere.slug}", "?open=1&q=chair", ""):
        page = client.get(f"/en/chairs/{query}").context["page_obj"]
        assert api.get(f"chairs{query}")["total"] == page.paginator.count, query
    assert api.get(f"chairs?cluster={here.slug}")["total"] == 2


def test_what_is_made_up_is_shown_in_a_demonstration_only(api, settings):
    real = factories.make_chair("active")
    made_up = factories.make_chair("active", cluster=real.cluster, origin="demonstration")
    assert ids([api.get("chairs?phase=all")]) == [real.pk]
    assert api.get(f"chairs/{made_up.pk}", 404)
    settings.DEMONSTRATION = True
    shown = {one["id"]: one["demonstration"] for one in api.get("chairs?phase=all")["items"]}
    assert shown == {real.pk: False, made_up.pk: True}


@pytest.mark.exhaustive(counted=True)
def test_a_copy_follows_what_changes_and_what_is_withdrawn(api):
    chair, other = factories.make_chair("active"), factories.make_chair("approved")
    as_of = api.get("chairs?phase=all")["as_of"]
    assert api.get(f"chairs?updated_since={as_of}") == {
        "total": 0, "as_of": as_of, "next": None, "items": [], "withdrawn": []
    }  # fmt: skip
    chair.summary_en = "Now in plain words."
    chair.save()
    changed = api.get(f"chairs?updated_since={as_of}")
    assert ids([changed]) == [chair.pk] and changed["as_of"] > as_of
    perform(other, "withdraw", by=factories.make_staff(other.cluster), note="No money.")
    after = api.get(f"chairs?updated_since={changed['as_of']}")
    assert (after["items"], [(one["id"], one["reason"]) for one in after["withdrawn"]]) == (
        [],
        [(other.pk, "withdrawn")],
    )
    gone = api.get(f"chairs/{other.pk}", 410)
    assert (gone["reason"], gone["id"]) == ("withdrawn", other.pk)
    # What was always so is withdrawn for nobody who begins now.
    assert not api.get("chairs?phase=all")["withdrawn"]


def test_whoever_asks_to_be_hidden_leaves_a_number_and_no_name(api):
    chair = factories.make_chair("active")
    person = chair.appointments.first().person
    as_of, of_chairs = api.get("people")["as_of"], api.get("chairs?phase=all")["as_of"]
    hide(person)
    [changed] = api.get(f"chairs?updated_since={of_chairs}")["items"]
    assert changed["id"] == chair.pk and person.pk not in [post["person"]["id"] for post in changed["people"]]
    response = api.ask(f"people?updated_since={as_of}")
    assert [(one["id"], one["reason"]) for one in response.json()["withdrawn"]] == [(person.pk, "hidden")]
    assert person.name not in response.text and person.slug not in response.text
    assert api.get(f"people/{person.pk}", 410)["reason"] == "hidden"


def test_an_activity_past_its_deadline_is_told_of_too(api, monkeypatch):
    today = timezone.localdate()
    activity = factories.make_activity(factories.make_chair("active"), deadline=today)
    as_of = api.get("opportunities")["as_of"]
    monkeypatch.setattr(timezone, "localdate", lambda *args: today + datetime.timedelta(days=1))
    gone = api.get(f"opportunities?updated_since={as_of}")["withdrawn"]
    assert [(one["id"], one["reason"]) for one in gone] == [(activity.pk, "closed")]


def test_a_private_change_leaves_no_trace(api):
    chair = factories.make_chair("active")
    before = api.get(f"chairs?q={chair.title}")
    factories.make_appointment(chair, consent_given_on=None)
    assert before == api.get(f"chairs?q={chair.title}") and before["items"]


@pytest.mark.exhaustive(counted=True)
@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_what_is_written_by_hand_is_followed_across_transactions(api):
    """Outside a transaction only what the journal tells of is looked at."""
    chair, other = factories.make_chair("active"), factories.make_chair("active")
    as_of = api.get("chairs?phase=all")["as_of"]
    type(chair).objects.filter(pk=chair.pk).update(website="https://example.org/robots")
    other.appointments.all().delete()
    assert set(ids([api.get(f"chairs?updated_since={as_of}")])) == {chair.pk, other.pk}
    factories.make_appointment(chair, consent_given_on=None)
    as_of = api.get("chairs?phase=all")["as_of"]
    assert ids([api.get(f"chairs?updated_since={as_of}")]) == []
