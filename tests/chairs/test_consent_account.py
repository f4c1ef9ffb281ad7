"""The same answers for somebody who signs in."""

import pytest

from chairs.models import ConsentEvent
from clusters.enums import Origin
from tests.chairs.consent import make_invited, story
from tests.factories import make_appointment, make_chair, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return make_user("ada@example.org")


def test_my_pages_show_what_waits_and_where_one_is_named(client, ada):
    post = make_invited(user=ada)
    client.force_login(ada)
    there = f"/en/my/consents/{post.pk}/"
    page = client.get("/en/my/").content.decode()
    assert "asks whether you agree to be named" in page and there in page
    client.post(there, {"answer": "accepted"})
    page = client.get("/en/my/").content.decode()
    assert "asks whether you agree" not in page and "You agreed to be named in:" in page and there in page
    event = ConsentEvent.objects.about(post).last()
    assert (event.what, event.way, event.by) == ("accepted", "account", ada)
    client.post(there, {"answer": "withdrawn"})
    assert story(post) == ["invited", "accepted", "withdrawn"]


def test_nobody_answers_for_somebody_else(client, ada):
    post = make_invited(user=ada)
    there = f"/en/my/consents/{post.pk}/"
    assert client.post(there, {"answer": "accepted"}).status_code == 302
    client.force_login(make_user())
    assert client.get(there).status_code == 404
    assert client.post(there, {"answer": "accepted"}).status_code == 404
    assert story(post) == ["invited"]


def test_a_sourced_chair_asks_nothing(client, ada):
    chair = make_chair("sourced", with_pi=False, origin=Origin.SOURCED)
    post = make_invited(user=ada)
    sourced = make_appointment(chair, person=post.person, consent_given_on=None)
    client.force_login(ada)
    assert client.get(f"/en/my/consents/{sourced.pk}/").status_code == 404
    page = client.get("/en/my/").content.decode()
    assert f"/consents/{post.pk}/" in page and f"/consents/{sourced.pk}/" not in page
