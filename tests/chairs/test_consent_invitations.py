"""Who is asked whether they agree to be named, when, and how often."""

import datetime

import pytest

from chairs.models import ConsentEvent
from clusters.enums import Origin
from core.mail.queue import muted
from core.models.mail import OutgoingMail
from tests.chairs.consent import link_in, make_invited, story
from tests.factories import make_appointment, make_chair, make_institution, make_person, make_staff, make_user
from tests.verbs import perform

pytestmark = pytest.mark.django_db


def invitations():
    return OutgoingMail.objects.filter(occasion="consents/invitation")


def make_reachable(**overrides):
    return make_person(contact_email="ada@example.org", **overrides)


def test_the_investigators_of_a_draft_are_asked_when_it_is_submitted():
    chair = make_chair(with_pi=False)
    post = make_appointment(chair, person=make_reachable(), consent_given_on=None)
    make_appointment(chair, person=make_reachable())
    make_appointment(chair, consent_given_on=None)
    assert not invitations().exists()
    editor = make_staff(chair.cluster, "editor")
    perform(chair, "submit", by=editor)
    [mail] = invitations()
    assert mail.to == "ada@example.org"
    event = ConsentEvent.objects.about(post).get()
    assert (event.what, event.by, event.address) == ("invited", editor, "ada@example.org")


@pytest.mark.parametrize("status", ["submitted", "changes_requested", "approved", "active", "suspended"])
def test_somebody_who_joins_later_is_asked_at_once(status):
    post = make_invited(status)
    assert invitations().count() == 1 and story(post) == ["invited"]


@pytest.mark.parametrize("status", ["draft", "declined", "withdrawn", "closed"])
def test_nobody_is_asked_about_a_chair_that_is_not_or_no_longer_on_its_way(status):
    make_invited(status)
    assert not invitations().exists()
    asked = make_invited("active")
    assert [mail.to for mail in invitations()] == [asked.person.contact_email]


def test_those_who_left_and_those_whom_a_source_names_are_not_asked():
    chair = make_chair("active")
    make_appointment(chair, person=make_reachable(), consent_given_on=None, ends_on=datetime.date(2025, 1, 1))
    sourced = make_chair("sourced", with_pi=False, origin=Origin.SOURCED)
    make_appointment(sourced, person=make_reachable(origin=Origin.SOURCED), consent_given_on=None)
    assert not invitations().exists() and not ConsentEvent.objects.filter(what="invited").exists()
    make_appointment(chair, person=make_reachable(), consent_given_on=None)
    assert invitations().count() == ConsentEvent.objects.filter(what="invited").count() == 1


def test_it_is_sent_once_however_often_the_row_is_saved():
    post = make_invited()
    post.laboratory = "LIG"
    post.save()
    post.person.save()
    assert invitations().count() == 1


def test_an_address_that_comes_late_or_is_mended_is_written_to():
    post = make_appointment(make_chair("active"), consent_given_on=None)
    assert not invitations().exists()
    for address in ("wrong@example.org", "right@example.org"):
        post.person.contact_email = address
        post.person.save()
    assert [mail.to for mail in invitations()] == ["right@example.org", "wrong@example.org"]


def test_an_account_is_written_to_in_its_own_language():
    account = make_user("account@example.org", language="fr")
    make_invited(user=account)
    [mail] = invitations()
    assert mail.recipient == account and link_in(mail).startswith("/fr/consent/")


def test_the_mail_says_who_which_chair_and_which_role_in_the_persons_language():
    post = make_invited(contact_language="fr")
    [mail] = invitations()
    for words in (post.chair.title_fr, post.chair.cluster.name, "Ada Invited"):
        assert words in mail.text
    assert post.chair.title_en not in mail.text and "ada@example.org" not in mail.text


def test_data_that_is_loaded_asks_nobody():
    with muted():
        post = make_invited()
    assert not invitations().exists() and story(post) == []
    post.save()
    assert invitations().count() == 1 and story(post) == ["invited"]


def test_a_place_given_to_somebody_else_does_not_take_the_consent_along():
    post = make_appointment(make_chair("active"), affiliation=make_institution())
    assert post.consent_given_on
    post.person = make_reachable(name="Somebody Else")
    post.save()
    post.refresh_from_db()
    assert post.consent_given_on is None
    assert story(post) == ["invited"]
