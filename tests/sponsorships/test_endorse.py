"""An investigator endorses a proposal in their chair: staff read it, the partner learns that it happened."""

import pytest
from django.core import mail as outgoing
from django.urls import reverse

from core.exceptions import Refused
from sponsorships.models import Endorsement
from sponsorships.proposals.endorsements import endorse, take_back
from tests import factories
from tests.personas import EDITOR, MANAGER, PARTNER, PERSONAS, PI, RIVAL
from tests.verbs import perform

UNDECIDED = ["submitted", "in_review", "changes_requested"]
STATUSES = ["draft", *UNDECIDED, "accepted", "active", "completed", "declined", "withdrawn", "terminated"]


@pytest.fixture
def proposal(cast):
    return factories.make_sponsorship("in_review", cast.contact(PARTNER), chair=cast.chair)


def page_of(client, user, proposal) -> str:
    client.force_login(user)
    return client.get(proposal.get_absolute_url()).text


@pytest.mark.parametrize("status", STATUSES)
def test_it_is_possible_while_the_proposal_waits_for_a_decision(cast, status):
    proposal = factories.make_sponsorship(status, cast.contact(PARTNER), chair=cast.chair)
    if status in UNDECIDED:
        assert endorse(proposal, by=cast[PI]).sponsorship == proposal
    else:
        with pytest.raises(Refused):
            endorse(proposal, by=cast[PI])
    assert proposal.endorsements.count() == (status in UNDECIDED)
    assert type(proposal).objects.get(pk=proposal.pk).status == status


@pytest.mark.parametrize(("status", "is_said"), [("in_review", True), ("active", False)])
def test_that_nobody_did_is_said_while_it_can_still_be_done(client, cast, status, is_said):
    proposal = factories.make_sponsorship(status, cast.contact(PARTNER), chair=cast.chair)
    assert ("Nobody so far." in page_of(client, cast[PI], proposal)) is is_said


@pytest.mark.parametrize("persona", PERSONAS)
def test_only_an_investigator_of_the_chair_may(cast, proposal, persona):
    if persona == PI:
        endorse(proposal, by=cast[persona])
        take_back(proposal, by=cast[persona])
        return
    with pytest.raises(Refused, match="An investigator of the chair endorses it"):
        endorse(proposal, by=cast[persona])
    with pytest.raises(Refused, match="An investigator of the chair endorses it"):
        take_back(proposal, by=cast[persona])


def test_nobody_endorses_what_they_propose(cast, proposal):
    factories.make_contact(cast.company, cast[PI])
    with pytest.raises(Refused, match="unless they act for the partner"):
        endorse(proposal, by=cast[PI])


def test_once_each_and_again_after_taking_it_back(cast, proposal):
    endorse(proposal, by=cast[PI])
    with pytest.raises(Refused, match="already endorsed"):
        endorse(proposal, by=cast[PI])
    take_back(proposal, by=cast[PI])
    with pytest.raises(Refused, match="have not endorsed"):
        take_back(proposal, by=cast[PI])
    endorse(proposal, by=cast[PI])
    assert [line.verb for line in proposal.transitions.all()] == ["endorse", "take_back_endorsement", "endorse"]
    assert Endorsement.objects.standing().count() == 1


def test_it_stays_once_the_proposal_is_accepted(cast, proposal):
    endorse(proposal, by=cast[PI])
    perform(proposal, "accept", by=cast[MANAGER])
    with pytest.raises(Refused, match="stays on record"):
        take_back(proposal, by=cast[PI])


@pytest.mark.exhaustive(counted=True)
def test_the_investigator_reads_presses_and_takes_back(client, cast, proposal):
    client.force_login(cast[PI])
    assert proposal.get_absolute_url() in client.get("/en/my/").text
    there = reverse("sponsorships:endorse", args=[proposal.reference])
    assert "Endorse it" in client.get(there).text
    assert "You have endorsed the proposal." in client.post(there, {"note": "Welcome."}, follow=True).text
    assert "Endorsed by you" in client.get(reverse("sponsorships:chair_proposals")).text
    back = reverse("sponsorships:take_back", args=[proposal.reference])
    assert "Withdraw it" in client.get(back).text
    assert "Your endorsement is withdrawn." in client.post(back, follow=True).text
    assert not proposal.endorsements.standing().exists()


def test_a_note_that_is_too_long_is_refused_with_a_sentence(client, cast, proposal):
    client.force_login(cast[PI])
    there = reverse("sponsorships:endorse", args=[proposal.reference])
    assert "longer than 2000" in client.post(there, {"note": "x" * 2001}, follow=True).text
    assert not proposal.endorsements.exists()


def test_staff_read_who_and_why_and_the_partner_neither(client, cast, proposal):
    cast[PI].name = "Ada Inconnue"
    cast[PI].save()
    endorse(proposal, by=cast[PI], note="We need these data.")
    for who in (EDITOR, PI):
        assert "We need these data." in page_of(client, cast[who], proposal)
    text = page_of(client, cast[PARTNER], proposal)
    assert "An investigator of the chair endorsed the proposal." in text
    assert "We need these data." not in text
    assert "Ada Inconnue" not in text
    client.force_login(cast[MANAGER])
    for name in ("change", "verb"):
        args = [proposal.pk] + (["accept"] if name == "verb" else [])
        page = client.get(reverse(f"admin:sponsorships_sponsorship_{name}", args=args)).text
        assert "Ada Inconnue" in page
        assert "We need these data." in page


def test_a_draft_and_another_chairs_proposal_are_not_listed(client, cast):
    draft = factories.make_sponsorship("draft", cast.contact(PARTNER), chair=cast.chair)
    elsewhere = factories.make_sponsorship("submitted", cast.contact(RIVAL))
    client.force_login(cast[PI])
    sent = factories.make_sponsorship("submitted", cast.contact(PARTNER), chair=cast.chair)
    text = client.get(reverse("sponsorships:chair_proposals")).text
    assert sent.get_absolute_url() in text
    assert draft.get_absolute_url() not in text
    assert elsewhere.get_absolute_url() not in text


def test_the_office_is_told(cast, proposal, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        endorse(proposal, by=cast[PI], note="Welcome.")
    told = {mail.to[0] for mail in outgoing.outbox}
    assert told == {f"{name}@example.org" for name in ("editor", "manager", "second_manager")}
    assert "Welcome." in outgoing.outbox[0].body


def test_what_was_revised_meanwhile_is_read_again_before_it_is_endorsed(client, cast, proposal):
    client.force_login(cast[PI])
    there = reverse("sponsorships:endorse", args=[proposal.reference])
    assert f'name="revision" value="{proposal.revision}"' in client.get(there).text
    posted = {"revision": proposal.revision, "note": "A good match."}
    type(proposal).objects.filter(pk=proposal.pk).update(revision=proposal.revision + 1)
    page = client.post(there, posted).text
    assert "The proposal has changed" in page and "A good match.</textarea>" in page
    assert not Endorsement.objects.exists()
    client.post(there, {**posted, "revision": proposal.revision + 1})
    assert Endorsement.objects.get().sponsorship == proposal
