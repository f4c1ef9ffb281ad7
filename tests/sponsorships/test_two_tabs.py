"""One record per form, and nobody's text over anybody else's."""

import pytest

from chairs.enums import ChairStatus
from sponsorships.enums import SponsorshipStatus
from sponsorships.models import Sponsorship
from sponsorships.proposals import drafts
from tests.factories import make_chair, make_contact, make_sponsorship
from tests.sponsorships.forms import proposal

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("field_history")]
CONFLICT = 409


@pytest.fixture
def contact(client):
    contact = make_contact()
    client.force_login(contact.user)
    return contact


@pytest.fixture
def new_url():
    chair = make_chair(ChairStatus.ACTIVE)
    return f"/en/chairs/{chair.cluster.slug}/{chair.slug}/fund/"


def edit_url(sponsorship):
    return f"/en/my/sponsorships/{sponsorship.reference}/edit/"


def test_a_double_click_makes_one_record(client, contact, new_url):
    data = proposal()
    first, second = client.post(new_url, data), client.post(new_url, data)
    assert first["Location"] == second["Location"]
    assert Sponsorship.objects.get().revision == 1


def test_two_requests_that_insert_together_make_one_record(client, contact, new_url, monkeypatch):
    data = proposal()
    client.post(new_url, data)
    draft = Sponsorship.objects.get()
    # The second request looked for the reference before the first had written it.
    saving = drafts.create(data, draft.chair, contact.user, draft.reference)
    assert saving.outcome == drafts.Outcome.SAVED
    assert saving.form.instance.pk == draft.pk
    assert Sponsorship.objects.count() == 1


def test_the_back_button_does_not_overwrite_the_record(client, contact, new_url):
    data = proposal()
    client.post(new_url, data)
    response = client.post(new_url, data | {"purpose": "Something else."})
    assert response.status_code == CONFLICT
    assert "Something else." in response.text
    assert Sponsorship.objects.get().purpose == "Safer tools."


def test_two_forms_make_two_records(client, contact, new_url):
    client.post(new_url, proposal())
    client.post(new_url, proposal())
    assert Sponsorship.objects.count() == 2


def test_a_stale_tab_overwrites_nothing_and_keeps_its_text(client, contact):
    draft = make_sponsorship(contact=contact)
    client.post(edit_url(draft), proposal(revision="1", purpose="From the first tab."))
    response = client.post(edit_url(draft), proposal(revision="1", purpose="From the second tab."))
    assert response.status_code == CONFLICT
    assert "has been changed since you opened this page" in response.text
    assert "From the second tab." in response.text
    draft = Sponsorship.objects.get()
    assert (draft.purpose, draft.revision) == ("From the first tab.", 2)


def test_a_stale_tab_cannot_be_forced_by_pressing_again(client, contact):
    draft = make_sponsorship(contact=contact, revision=5)
    data = proposal(revision="4", purpose="Pressed twice.")
    assert client.post(edit_url(draft), data).context["form"]["revision"].value() == "4"
    assert client.post(edit_url(draft), data).status_code == CONFLICT


def test_a_tab_left_open_after_sending_saves_nothing(client, contact):
    draft = make_sponsorship(SponsorshipStatus.SUBMITTED, contact=contact)
    response = client.post(edit_url(draft), proposal(revision="1"), follow=True)
    assert "has already been sent" in response.text
    assert Sponsorship.objects.get().purpose == "Better forecasts."


def test_a_reference_of_another_partner_is_not_there(client, contact, new_url):
    theirs = make_sponsorship(chair=make_chair(ChairStatus.ACTIVE))
    url = f"/en/chairs/{theirs.chair.cluster.slug}/{theirs.chair.slug}/fund/"
    assert client.post(url, proposal(reference=str(theirs.reference), revision="1")).status_code == 404
    assert client.post(new_url, proposal(reference=str(theirs.reference), revision="1")).status_code == 404
    assert Sponsorship.objects.get().purpose == "Better forecasts."


def test_a_reference_of_another_chair_is_not_there(client, contact, new_url):
    mine = make_sponsorship(contact=contact)
    url = f"/en/chairs/{mine.chair.cluster.slug}/{mine.chair.slug}/fund/"
    assert client.post(new_url, proposal(reference=str(mine.reference), revision="1")).status_code == 404
    assert client.post(url, proposal(reference=str(mine.reference), revision="1")).status_code == 302


def test_a_broken_field_keeps_its_saved_value(client, contact):
    draft = make_sponsorship(contact=contact)
    client.post(edit_url(draft), proposal(revision="1", cash_amount="lots", purpose="New words."))
    draft = Sponsorship.objects.get()
    assert (draft.cash_amount, draft.purpose, draft.revision) == (50_000, "New words.", 2)


def test_every_save_is_in_the_history_with_its_author(client, contact):
    draft = make_sponsorship(contact=contact)
    client.post(edit_url(draft), proposal(revision="1"))
    assert draft.history.first().history_user == contact.user
