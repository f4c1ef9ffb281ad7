"""A partner's words are its own: staff touch only what they drafted on its behalf, until the partner takes it over."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from core.exceptions import Refused
from core.models.mail import OutgoingMail
from core.verbs import is_permitted
from sponsorships.models import Sponsorship
from sponsorships.proposals.authorship import take_over
from sponsorships.proposals.documents import attach, take_out
from sponsorships.proposals.drafts import update
from sponsorships.publication import FIELDS, publish
from sponsorships.timeline import timeline
from tests import factories
from tests.personas import (
    AUDITOR,
    COORDINATOR,
    EDITOR,
    FINANCE,
    MANAGER,
    PARTNER,
    PERSONAS,
    PI,
    READER,
    SECOND_MANAGER,
    SUPERUSER,
)
from tests.sponsorships.forms import proposal
from tests.sponsorships.uploads import PDF, upload
from tests.verbs import perform

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("field_history", "whole_cast")]
STAFF = [EDITOR, MANAGER, SECOND_MANAGER]
ON_BEHALF = "on behalf of Partner of the cast"


def fresh(sponsorship) -> Sponsorship:
    return Sponsorship.objects.get(pk=sponsorship.pk)


def make(cast, status="changes_requested", drafter=EDITOR, **overrides):
    return factories.make_sponsorship(
        status, cast.contact(PARTNER), chair=cast.chair, created_by=cast[drafter], **overrides
    )


@pytest.mark.parametrize("status", ["draft", "changes_requested"])
@pytest.mark.parametrize("drafter", [PARTNER, *STAFF])
def test_who_writes_in_the_partners_name(cast, status, drafter):
    sponsorship = make(cast, status, drafter)
    verb = "submit" if status == "draft" else "resubmit"
    assert {who for who in [PARTNER, *STAFF] if is_permitted(sponsorship, verb, cast[who])} == {PARTNER, drafter}
    take_over(sponsorship, cast[PARTNER])
    assert {who for who in [PARTNER, *STAFF] if is_permitted(sponsorship, verb, cast[who])} == {PARTNER}


@pytest.mark.parametrize("status", ["submitted", "in_review", "changes_requested", "accepted"])
@pytest.mark.parametrize("drafter", [PARTNER, EDITOR])
def test_no_staff_withdraws_and_managers_decline_with_a_reason(cast, status, drafter):
    sponsorship = make(cast, status, drafter)
    for who in STAFF:
        with pytest.raises(Refused, match="decline it, with a reason"):
            perform(sponsorship, "withdraw", by=cast[who], note="We no longer want it.")
    with pytest.raises(Refused, match="Say why"):
        perform(sponsorship, "decline", by=cast[MANAGER])
    declined = perform(sponsorship, "decline", by=cast[MANAGER], note="The grant was cut.")
    assert timeline(declined)[-1].note == "The grant was cut."
    assert not declined.entries.filter(kind="agreed").total("agreed")


def edit(sponsorship, by):
    typed = proposal(revision=str(sponsorship.revision), signatory=str(sponsorship.signatory_id))
    update(typed, sponsorship, by)


def attach_a_file(sponsorship, by):
    assert attach(sponsorship, [upload("plan.pdf", PDF)], by) == []


def take_a_file_out(sponsorship, by):
    take_out(sponsorship, str(factories.make_document(sponsorship).pk), by)


def choose_what_is_public(sponsorship, by):
    chosen = {name: getattr(sponsorship, name) for name in FIELDS} | {"confidentiality": "anonymous"}
    publish(sponsorship, by=by, chosen=chosen)


def send(sponsorship, by):
    perform(sponsorship, "resubmit", by=by)


@pytest.mark.parametrize("act", [edit, attach_a_file, take_a_file_out, choose_what_is_public, send])
def test_whatever_the_partner_does_takes_the_proposal_over(cast, client, act):
    sponsorship = make(cast)
    act(sponsorship, cast[PARTNER])
    taken = fresh(sponsorship)
    assert taken.taken_over_by == cast[PARTNER] and taken.taken_over_at is not None
    assert not is_permitted(taken, "resubmit", cast[EDITOR])
    client.force_login(cast[EDITOR])
    assert client.post(f"/admin/sponsorships/sponsorship/{taken.pk}/change/", {"purpose": "Ours."}).status_code == 403
    assert client.post(reverse("sponsorships:edit", args=[taken.reference]), {"act": "save"}).status_code == 403
    told = OutgoingMail.objects.filter(recipient=cast[EDITOR], occasion="sponsorships/taken_over_staff")
    assert told.count() == 1


def test_a_choice_of_what_is_public_is_one_line_of_the_file_s_life(cast):
    sponsorship = make(cast)
    before = sponsorship.transitions.count()
    choose_what_is_public(sponsorship, cast[PARTNER])
    assert [line.verb for line in sponsorship.transitions.order_by("pk")][before:] == ["publish"]


def test_what_the_keeper_does_takes_nothing_over(cast):
    sponsorship = make(cast)
    for act in (edit, attach_a_file, take_a_file_out, send):
        act(fresh(sponsorship), cast[EDITOR])
    kept = fresh(sponsorship)
    assert kept.taken_over_at is None
    assert kept.status == "in_review" and kept.revision > sponsorship.revision


def test_a_form_opened_before_the_partner_took_it_over_saves_nothing(cast):
    sponsorship = make(cast, purpose="As we wrote it down.")
    take_over(sponsorship, cast[PARTNER])
    with pytest.raises(PermissionDenied):
        edit(fresh(sponsorship), cast[EDITOR])
    assert fresh(sponsorship).purpose == "As we wrote it down."


def test_a_draft_that_the_partner_took_over_is_the_partners_until_it_is_sent(cast, client):
    draft = make(cast, "draft")
    assert Sponsorship.objects.visible_to(cast[EDITOR]).filter(pk=draft.pk).exists()
    edit(draft, cast[PARTNER])
    assert not Sponsorship.objects.visible_to(cast[EDITOR]).filter(pk=draft.pk).exists()
    client.force_login(cast[EDITOR])
    assert client.get(f"/admin/sponsorships/sponsorship/{draft.pk}/change/").status_code == 404
    assert "took over" in timeline(fresh(draft))[-1].what


def test_a_draft_on_behalf_that_was_never_sent_is_thrown_away_by_its_keeper(cast, client):
    draft, sent = make(cast, "draft"), make(cast)
    client.force_login(cast[EDITOR])
    address = "/admin/sponsorships/sponsorship/{}/delete/"
    assert client.post(address.format(sent.pk), {"post": "yes"}).status_code == 403
    assert client.post(address.format(draft.pk), {"post": "yes"}).status_code == 302
    assert list(Sponsorship.objects.all()) == [sent]


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("verb", ["submit", "resubmit"])
def test_mails_and_lines_say_on_whose_behalf(cast, client, verb, language):
    for persona in (PARTNER, MANAGER):
        type(cast[persona]).objects.filter(pk=cast[persona].pk).update(language=language)
    sponsorship = make(cast, "draft" if verb == "submit" else "changes_requested")
    perform(sponsorship, verb, by=cast[EDITOR])
    sentence = ON_BEHALF if language == "en" else "au nom de Partner of the cast"
    for persona in (PARTNER, MANAGER):
        mail = OutgoingMail.objects.get(recipient=cast[persona])
        assert sentence in " ".join(mail.text.split()), mail.text
    client.force_login(cast[PARTNER])
    page = client.get(f"/{language}/my/sponsorships/{sponsorship.reference}/").text
    assert sentence in page and cast[EDITOR].name not in page
    client.force_login(cast[MANAGER])
    client.cookies["django_language"] = language
    page = client.get(f"/admin/sponsorships/sponsorship/{sponsorship.pk}/change/").text
    assert f"{cast[EDITOR].name}, {sentence}" in page


def test_mails_and_lines_of_the_partner_itself_name_nobody_else(cast):
    sponsorship = make(cast, drafter=PARTNER)
    perform(sponsorship, "resubmit", by=cast[PARTNER])
    assert not [mail for mail in OutgoingMail.objects.all() if "behalf" in mail.text]
    assert {step.who for step in timeline(fresh(sponsorship))} == {cast[PARTNER].name}


NATION = {AUDITOR, COORDINATOR, SUPERUSER}
HERE = {READER, FINANCE, EDITOR, MANAGER, SECOND_MANAGER}


@pytest.mark.parametrize(
    ("status", "drafter", "readers"),
    [
        ("draft", PARTNER, {PARTNER}),
        ("draft", EDITOR, {PARTNER, EDITOR}),
        ("submitted", PARTNER, {PARTNER, PI} | HERE | NATION),
    ],
)
def test_who_sees_a_sponsorship(cast, status, drafter, readers):
    # Another's, which nobody of the cast but its own people and the nation's may see.
    make_another(cast)
    sponsorship = make(cast, status, drafter)
    seen = {who for who in PERSONAS if sponsorship in Sponsorship.objects.visible_to(cast[who])}
    assert seen == readers


def make_another(cast):
    chair = factories.make_chair("active", cluster=factories.make_cluster())
    another = factories.make_sponsorship("submitted", factories.make_contact(), chair=chair)
    assert {who for who in PERSONAS if another in Sponsorship.objects.visible_to(cast[who])} == NATION


def test_who_is_locked_out_sees_nothing(cast):
    sponsorship = make(cast, "submitted")
    for who in (PARTNER, MANAGER, COORDINATOR, SUPERUSER):
        user = cast[who]
        assert sponsorship in Sponsorship.objects.visible_to(user)
        user.is_active = False
        assert not Sponsorship.objects.visible_to(user).exists(), who
