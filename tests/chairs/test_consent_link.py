"""The link in the mail: what it shows, what it does, and what it refuses."""

import datetime
from unittest import mock

import pytest
from django.core import signing
from django.utils import timezone

from chairs.consent.links import LIFETIME, token_of
from chairs.models import ConsentEvent
from core.models.mail import OutgoingMail
from tests.chairs.consent import link_in, make_invited, story
from tests.factories import make_discipline, make_person, make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("field_history", "search_index")]
ACCEPT, DECLINE, WITHDRAW = {"answer": "accepted"}, {"answer": "declined"}, {"answer": "withdrawn"}


@pytest.fixture
def post():
    return make_invited()


def stranger_reads(client, post):
    """What the public pages say: the chair's own, the person's, the lists and the search."""
    addresses = [post.chair.get_absolute_url(), "/en/people/", "/en/chairs/?q=Invited", "/en/chairs/"]
    return "".join(client.get(address).content.decode() for address in addresses)


def test_it_shows_who_which_chair_and_what_would_be_public_without_an_account(client, post):
    post.discipline, post.laboratory = make_discipline(name_en="Ethics"), "LIG"
    post.save()
    page = client.get(link_in()).content.decode()
    for words in (post.chair.title_en, post.chair.cluster.name, "Ada Invited", "Principal investigator"):
        assert words in page
    assert str(post.affiliation) in page and "LIG" in page and "Ethics" in page
    assert "I agree to be named" in page and "I do not wish to be named" in page
    assert "noindex" in page and "ada@example.org" not in page


def test_looking_changes_nothing(client, post):
    for method in (client.get, client.head, client.get):
        method(link_in())
    post.refresh_from_db()
    assert post.consent_given_on is None and story(post) == ["invited"]


def test_to_agree_names_the_person_at_once_everywhere(client, post):
    assert "Ada Invited" not in stranger_reads(client, post)
    assert client.post(link_in(), ACCEPT).status_code == 302
    post.refresh_from_db()
    assert post.consent_given_on == timezone.localdate()
    event = ConsentEvent.objects.about(post).last()
    assert (event.what, event.way, event.by) == ("accepted", "link", None)
    public = stranger_reads(client, post)
    assert public.count("Ada Invited") >= 4
    assert client.get(post.person.get_absolute_url()).status_code == 200
    assert client.get("/en/chairs/?q=Invited").context["page_obj"].paginator.count == 1


def test_the_same_link_takes_it_back_at_once_everywhere(client, post):
    client.post(link_in(), ACCEPT)
    assert "Withdraw my agreement" in client.get(link_in()).content.decode()
    client.post(link_in(), WITHDRAW)
    assert story(post) == ["invited", "accepted", "withdrawn"]
    assert "Ada Invited" not in stranger_reads(client, post)
    assert "To be announced" in client.get(post.chair.get_absolute_url()).content.decode()
    assert client.get(post.person.get_absolute_url()).status_code == 410
    assert client.get("/en/chairs/?q=Invited").context["page_obj"].paginator.count == 0
    assert OutgoingMail.objects.filter(occasion="consents/invitation").count() == 1


def test_to_decline_is_recorded_told_to_the_office_and_can_be_thought_over(client, post):
    editor = make_staff(post.chair.cluster, "editor")
    client.post(link_in(), DECLINE)
    [mail] = OutgoingMail.objects.filter(occasion="consents/refused")
    assert mail.recipient == editor and "Ada Invited" in mail.text
    page = client.get(link_in()).content.decode()
    assert "You declined on" in page and "I agree to be named" in page and "I do not wish" not in page
    client.post(link_in(), ACCEPT)
    assert story(post) == ["invited", "declined", "accepted"]


@pytest.mark.parametrize("answer", [ACCEPT, DECLINE])
def test_two_clicks_are_one_answer(client, post, answer):
    assert [client.post(link_in(), answer).status_code for _click in range(2)] == [302, 302]
    assert story(post) == ["invited", answer["answer"]]


@pytest.mark.parametrize(("answer", "status"), [({}, 400), ({"answer": "recorded"}, 400), (WITHDRAW, 409)])
def test_what_is_no_answer_changes_nothing(client, post, answer, status):
    response = client.post(link_in(), answer)
    assert response.status_code == status and "<h1" in response.content.decode()
    assert story(post) == ["invited"]


@pytest.mark.parametrize(
    "spoil", [lambda link: link[:-3] + "x/", lambda link: link[:-9] + "/", lambda _: "/en/consent/%00:x/"]
)
def test_a_link_that_was_altered_says_so(client, post, spoil):
    for response in (client.get(spoil(link_in())), client.post(spoil(link_in()), ACCEPT)):
        assert response.status_code == 404 and "This link does not work" in response.content.decode()
    assert story(post) == ["invited"]


def test_a_token_signed_for_another_purpose_opens_nothing(client, post):
    token = signing.dumps([post.pk, "x"], salt="something else")
    assert client.get(f"/en/consent/{token}/").status_code == 404
    assert client.get(link_in()).status_code == 200


def test_a_link_to_another_address_or_person_no_longer_works(client, post):
    old = link_in()
    post.person.contact_email = "new@example.org"
    post.person.save()
    assert client.get(old).status_code == 410
    current = link_in()
    assert client.get(current).status_code == 200
    post.person = make_person(contact_email="new@example.org")
    post.save()
    response = client.post(current, ACCEPT)
    assert response.status_code == 410 and "the invitation no longer is" in response.content.decode()


def test_an_expired_link_takes_no_agreement_but_still_takes_one_back(client, post):
    long_ago = (timezone.now() - LIFETIME - datetime.timedelta(days=1)).timestamp()
    with mock.patch("django.core.signing.time.time", return_value=long_ago):
        old = f"/en/consent/{token_of(post, 'ada@example.org')}/"
    page = client.get(old).content.decode()
    assert "This link has expired" in page and "I agree to be named" not in page
    assert client.post(old, ACCEPT).status_code == 410
    client.post(link_in(), ACCEPT)
    client.post(old, WITHDRAW)
    assert story(post) == ["invited", "accepted", "withdrawn"]


def test_a_chair_that_was_declined_names_nobody(client):
    post = make_invited("submitted")
    type(post.chair).objects.filter(pk=post.chair_id).update(status="declined", declined_at=timezone.now())
    assert "I agree" not in client.get(link_in()).content.decode()
    assert client.post(link_in(), ACCEPT).status_code == 409
    assert story(post) == ["invited"]
