"""What a partner does with a file: each verb from outside."""

import pytest

from clusters.enums import Role
from sponsorships.enums import SponsorshipStatus
from sponsorships.models import Sponsorship
from tests.factories import (
    make_activity,
    make_appointment,
    make_contact,
    make_person,
    make_sponsorship,
    make_staff,
    make_user,
)
from tests.sponsorships.forms import proposal
from tests.verbs import perform

pytestmark = [pytest.mark.django_db, pytest.mark.database]
S = SponsorshipStatus
STARTS = {"submit": S.DRAFT, "resubmit": S.CHANGES_REQUESTED, "withdraw": S.SUBMITTED}
ENDS = {"submit": S.SUBMITTED, "resubmit": S.IN_REVIEW, "withdraw": S.WITHDRAWN}
VERBS = list(STARTS)


@pytest.fixture
def contact(client):
    contact = make_contact()
    client.force_login(contact.user)
    return contact


def page(sponsorship, verb):
    return f"/en/my/sponsorships/{sponsorship.reference}/{verb}/"


def status_of(sponsorship):
    return Sponsorship.objects.get(pk=sponsorship.pk).status


@pytest.mark.parametrize("verb", VERBS)
def test_it_is_confirmed_then_done_once(client, contact, verb):
    file = make_sponsorship(STARTS[verb], contact=contact)
    assert client.get(page(file, verb)).status_code == 200
    assert status_of(file) == STARTS[verb]
    data = {"revision": "1", "note": "A word."}
    assert client.post(page(file, verb), data)["Location"] == f"/en/my/sponsorships/{file.reference}/"
    assert status_of(file) == ENDS[verb]
    again = client.post(page(file, verb), data, follow=True)
    assert "This is no longer possible" in again.text
    assert file.transitions.count() == 1
    assert file.transitions.get().note == "A word."


@pytest.mark.parametrize("verb", VERBS)
def test_it_is_refused_from_a_status_where_it_makes_no_sense(client, contact, verb):
    file = make_sponsorship(S.COMPLETED, contact=contact)
    assert (
        "This is no longer possible: the proposal is now “Completed”." in client.get(page(file, verb), follow=True).text
    )
    client.post(page(file, verb), {"revision": "1"})
    assert status_of(file) == S.COMPLETED


@pytest.mark.parametrize("verb", VERBS)
def test_a_rival_finds_nothing(client, verb):
    file = make_sponsorship(STARTS[verb])
    client.force_login(make_contact().user)
    assert client.get(page(file, verb)).status_code == 404
    assert client.post(page(file, verb), {"revision": "1"}).status_code == 404
    assert status_of(file) == STARTS[verb]


@pytest.mark.parametrize("verb", VERBS)
def test_an_anonymous_visitor_signs_in_first(client, verb):
    file = make_sponsorship(STARTS[verb])
    assert client.post(page(file, verb), {"revision": "1"})["Location"].startswith("/en/accounts/login/")
    assert status_of(file) == STARTS[verb]


@pytest.mark.parametrize("verb", ["resubmit", "withdraw"])
def test_who_only_reads_the_file_may_not(client, verb):
    file = make_sponsorship(STARTS[verb])
    reader = make_staff(file.chair.cluster, Role.READER)
    investigator = make_user()
    make_appointment(file.chair, person=make_person(user=investigator))
    for user in (reader, investigator):
        client.force_login(user)
        assert client.get(file.get_absolute_url()).status_code == 200
        assert client.post(page(file, verb), {"revision": "1"}).status_code == 403
    assert status_of(file) == STARTS[verb]


@pytest.mark.parametrize(
    "make_user_of",
    [
        lambda c: make_staff(c.cluster),
        lambda c: make_staff(None, Role.COORDINATOR),
        lambda c: make_user(is_superuser=True),
    ],
)
def test_nobody_but_the_partner_sees_an_unsent_draft(client, make_user_of):
    file = make_sponsorship()
    client.force_login(make_user_of(file.chair))
    for address in (file.get_absolute_url(), page(file, "edit"), page(file, "submit"), page(file, "withdraw")):
        assert client.get(address).status_code == 404
    client.force_login(file.signatory.user)
    assert client.get(file.get_absolute_url()).status_code == 200
    assert client.get(page(file, "edit")).status_code == 200


def test_an_unknown_verb_is_not_there(client, contact):
    file = make_sponsorship(contact=contact)
    assert client.post(page(file, "accept"), {"revision": "1"}).status_code == 404
    assert client.post("/en/my/sponsorships/nonsense/submit/").status_code == 404
    assert client.post(page(file, "submit"), {"revision": "1"}).status_code == 302


def test_an_incomplete_proposal_is_not_sent_and_says_what_is_missing(client, contact):
    file = make_sponsorship(contact=contact, purpose="", signatory=None, cash_amount=None)
    response = client.post(page(file, "submit"), {"revision": "1"}, follow=True)
    response = client.get(page(file, "submit"), follow=True)
    assert response.redirect_chain[-1][0].endswith("/edit/?check=1")
    assert response.context["form"].errors.keys() == {"purpose", "signatory", "cash_amount"}
    assert status_of(file) == S.DRAFT


def test_sending_from_the_form_saves_first_and_asks_for_the_rest(client, contact):
    file = make_sponsorship(contact=contact)
    data = proposal(revision="1", purpose="", signatory=contact.pk, act="send")
    response = client.post(page(file, "edit"), data)
    assert response.context["form"].errors == {"purpose": ["Say in a sentence or two what you hope for."]}
    response = client.post(page(file, "edit"), data | {"revision": "2", "purpose": "Now complete."})
    assert response["Location"] == page(file, "submit")
    assert status_of(file) == S.DRAFT
    assert "Not sent yet." in client.get(page(file, "submit")).text


def test_sending_from_the_form_shows_what_is_wrong_and_what_is_missing_together(client, contact):
    file = make_sponsorship(contact=contact)
    data = proposal(revision="1", purpose="", cash_amount="lots", signatory=contact.pk, act="send")
    assert client.post(page(file, "edit"), data).context["form"].errors.keys() == {"purpose", "cash_amount"}


def test_what_a_colleague_changed_meanwhile_is_not_sent_unread(client, contact):
    file = make_sponsorship(contact=contact, revision=2)
    response = client.post(page(file, "submit"), {"revision": "1", "note": "For your board."})
    assert "The proposal has changed since you opened this page." in response.text
    assert "For your board.</textarea>" in response.text
    assert status_of(file) == S.DRAFT


def test_a_closed_activity_keeps_a_draft_from_being_sent(client, contact):
    file = make_sponsorship(contact=contact)
    activity = make_activity(file.chair, closed_at=file.created_at)
    Sponsorship.objects.update(activity=activity)
    response = client.get(page(file, "submit"), follow=True)
    assert response.context["form"].errors.keys() == {"activity"}


def test_the_question_of_the_staff_stands_above_the_form(client, contact):
    file = make_sponsorship(S.IN_REVIEW, contact=contact)
    perform(file, "request_changes", by=make_staff(file.chair.cluster), note="From <September>?")
    for address in (file.get_absolute_url(), page(file, "edit")):
        assert "From &lt;September&gt;?" in client.get(address).text


def test_a_note_of_a_megabyte_is_refused_with_a_sentence(client, contact):
    file = make_sponsorship(contact=contact)
    response = client.post(page(file, "submit"), {"revision": "1", "note": "x" * 1_000_000}, follow=True)
    assert "The note is longer than" in response.text
    assert status_of(file) == S.DRAFT


def test_a_sent_proposal_cannot_be_edited(client, contact):
    file = make_sponsorship(S.SUBMITTED, contact=contact)
    assert "can no longer be changed" in client.get(page(file, "edit"), follow=True).text


def test_a_colleague_who_left_sees_nothing_any_more(client, contact):
    file = make_sponsorship(contact=contact)
    assert client.get(file.get_absolute_url()).status_code == 200
    contact.state = "refused"
    contact.save()
    assert client.get(file.get_absolute_url()).status_code == 404
