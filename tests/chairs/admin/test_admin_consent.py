"""Consent on a chair's record in the panel: the log, the invitation again, and an agreement given on paper."""

import datetime

import pytest
from django.utils import timezone

from chairs.consent.answers import answer
from chairs.enums import ConsentAct, ConsentWay
from chairs.models import ConsentEvent
from core.models.mail import OutgoingMail
from tests.chairs.admin.forms import change_url, of_innovation, rows
from tests.chairs.consent import story
from tests.factories import make_appointment, make_person
from tests.personas import EDITOR, OTHER_MANAGER, PI, READER

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("whole_cast")]


@pytest.fixture
def post(cast):
    person = make_person(name="Ada Asked", contact_email="asked@example.org", registered_in=cast.cluster)
    return make_appointment(cast.chair, person=person, consent_given_on=None)


def invite_url(post) -> str:
    return f"/admin/chairs/chair/{post.chair_id}/people/{post.pk}/invite/"


def later(**elapsed):
    ConsentEvent.objects.update(at=timezone.now() - datetime.timedelta(**elapsed))


def saved(post, **overrides) -> dict:
    """What a browser posts when staff save the chair's page with this row changed."""
    chair, first = post.chair, post.chair.appointments.order_by("pk").first()
    lines = [
        {"id": row.pk, "person": row.person_id, "role": "pi", "affiliation": row.affiliation_id}
        for row in (first, post)
    ]
    lines[0]["consent_given_on"] = first.consent_given_on
    lines[1].update(overrides)
    values = {"phase": chair.phase_id, "title_en": chair.title_en, "title_fr": chair.title_fr}
    return (
        values
        | rows("appointments", lines, initial=2)
        | rows("teaching", [])
        | rows("activities", [])
        | rows("shares", [])
        | of_innovation()
    )


def test_the_record_shows_what_happened_and_where_the_mail_went(client, cast, post):
    client.force_login(cast[READER])
    page = client.get(change_url(post.chair)).content.decode()
    assert "Consent to be named" in page and "invited to agree" in page and "asked@example.org" in page
    assert "to be announced" in page and invite_url(post) not in page


def test_the_invitation_is_confirmed_then_sent_again(client, cast, post):
    later(days=3)
    client.force_login(cast[EDITOR])
    assert invite_url(post) in client.get(change_url(post.chair)).content.decode()
    assert "asked@example.org" in client.get(invite_url(post)).content.decode()
    assert story(post) == ["invited"]
    assert change_url(post.chair).startswith(client.post(invite_url(post)).url)
    assert story(post) == ["invited", "invited"]
    last = ConsentEvent.objects.about(post).last()
    assert (last.way, last.by) == ("staff", cast[EDITOR])


def test_a_second_click_sends_no_second_mail(client, cast, post):
    later(days=3)
    client.force_login(cast[EDITOR])
    client.post(invite_url(post))
    assert "a few minutes ago" in client.post(invite_url(post)).content.decode()
    assert OutgoingMail.objects.filter(occasion="consents/invitation").count() == 2


def test_without_an_address_the_page_says_where_to_enter_one(client, cast, post):
    type(post.person).objects.update(contact_email="")
    client.force_login(cast[EDITOR])
    page = client.post(invite_url(post)).content.decode()
    assert "There is no address for" in page and f"/admin/clusters/person/{post.person_id}/" in page


def test_who_may_not_invite(client, cast, post):
    for persona, status in ((READER, 403), (OTHER_MANAGER, 404), (PI, 403)):
        client.force_login(cast[persona])
        assert client.get(invite_url(post)).status_code == status, persona
        assert client.post(invite_url(post)).status_code == status, persona
    client.force_login(cast[EDITOR])
    assert client.post(f"/admin/chairs/chair/{post.chair_id}/people/999999/invite/").status_code == 404
    assert story(post) == ["invited"]


def test_an_agreement_on_paper_is_recorded_with_its_day_and_by_whom(client, cast, post):
    client.force_login(cast[EDITOR])
    assert client.post(change_url(post.chair), saved(post, consent_given_on="2026-03-14")).status_code == 302
    last = ConsentEvent.objects.about(post).last()
    assert (last.what, last.way, last.by) == ("recorded", "staff", cast[EDITOR])
    assert last.given_on == datetime.date(2026, 3, 14)
    values = saved(post, consent_given_on="", **{"initial-consent_given_on": "x"})
    values["initial-appointments-1-consent_given_on"] = "2026-03-14"
    client.post(change_url(post.chair), values)
    assert story(post) == ["invited", "recorded", "removed"]


def test_saving_a_page_opened_earlier_does_not_undo_an_answer_given_since(client, cast, post):
    client.force_login(cast[EDITOR])
    values = saved(post, laboratory="LIG", consent_given_on="")
    values["initial-appointments-1-consent_given_on"] = ""
    answer(post, ConsentAct.ACCEPTED, way=ConsentWay.LINK)
    assert client.post(change_url(post.chair), values).status_code == 302
    post.refresh_from_db()
    assert post.laboratory == "LIG" and post.consent_given_on == timezone.localdate()


def test_the_proof_outlives_the_row(client, cast, post):
    answer(post, ConsentAct.ACCEPTED, way=ConsentWay.LINK)
    post.delete()
    client.force_login(cast[READER])
    page = client.get(change_url(cast.chair)).content.decode()
    assert "no longer in these rows" in page and "Ada Asked" in page
