"""Money takes two people: who drafted on a partner's behalf decides nothing of it, who accepted does not bind alone."""

import pytest
from django.utils import timezone

from core.exceptions import Refused
from core.models.mail import OutgoingMail
from core.verbs import is_permitted
from sponsorships.agreements import signing
from sponsorships.conflicts.resolution import why_not_resolve
from sponsorships.models import Agreement, Signature, SigningCode, Sponsorship
from tests import factories
from tests.personas import EDITOR, MANAGER, PARTNER, SECOND_MANAGER
from tests.sponsorships.admin import money
from tests.sponsorships.agreements.papers import signed
from tests.verbs import perform

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("field_history", "search_index", "whole_cast")]
MANAGERS = {MANAGER, SECOND_MANAGER}


def make(cast, status, drafter):
    return factories.make_sponsorship(status, cast.contact(PARTNER), chair=cast.chair, created_by=cast[drafter])


def switch_off(cast):
    cast.cluster.needs_four_eyes = False
    cast.cluster.save()


def who_may(record, verb, cast) -> set:
    fresh = type(record).objects.get(pk=record.pk)
    return {persona for persona in MANAGERS | {EDITOR} if is_permitted(fresh, verb, cast[persona])}


@pytest.mark.parametrize("is_on", [True, False])
@pytest.mark.parametrize("drafter", [PARTNER, EDITOR, MANAGER, SECOND_MANAGER])
def test_who_drafted_on_behalf_neither_resolves_nor_accepts(cast, drafter, is_on):
    if not is_on:
        switch_off(cast)
    kept_out = {drafter} if is_on else set()
    sponsorship = make(cast, "in_review", drafter)
    assert who_may(sponsorship, "accept", cast) == MANAGERS - kept_out
    fresh = Sponsorship.objects.get(pk=sponsorship.pk)
    may_resolve = {who for who in MANAGERS | {EDITOR} if not why_not_resolve(fresh, cast[who])}
    assert may_resolve == (MANAGERS | {EDITOR}) - kept_out
    # What is no promise of money stays open to each of them.
    assert who_may(sponsorship, "decline", cast) == MANAGERS


def test_taken_over_by_the_partner_it_is_still_nothing_for_its_drafter_to_accept(cast):
    sponsorship = make(cast, "changes_requested", MANAGER)
    perform(sponsorship, "resubmit", by=cast[PARTNER])
    assert who_may(sponsorship, "accept", cast) == {SECOND_MANAGER}


@pytest.mark.parametrize("is_on", [True, False])
@pytest.mark.parametrize("accepter", [MANAGER, SECOND_MANAGER])
def test_who_accepted_does_not_record_alone_what_was_signed_elsewhere(cast, accepter, is_on):
    if not is_on:
        switch_off(cast)
    sponsorship = perform(make(cast, "in_review", PARTNER), "accept", by=cast[accepter])
    agreement = factories.make_agreement(sponsorship, by=cast[accepter])
    assert who_may(agreement, "record", cast) == MANAGERS - ({accepter} if is_on else set())
    if is_on:
        with pytest.raises(Refused, match="another manager than the one who accepted"):
            perform(agreement, "record", by=cast[accepter])


def test_who_promises_more_than_is_agreed_does_not_record_it_alone(cast, client):
    sponsorship = factories.make_running(chair=cast.chair, contact=cast.contact(PARTNER))
    amendment = factories.make_agreement(sponsorship, by=cast[MANAGER])
    assert who_may(amendment, "record", cast) == MANAGERS
    Agreement.objects.filter(pk=amendment.pk).update(cash_amount=amendment.cash_amount + 1)
    assert who_may(amendment, "record", cast) == {SECOND_MANAGER}
    with pytest.raises(Refused, match="or wrote an agreement that promises more"):
        perform(amendment, "record", by=cast[MANAGER])
    # Whoever changes the amounts writes it.
    client.force_login(cast[SECOND_MANAGER])
    address = f"/admin/sponsorships/agreement/{amendment.pk}/change/"
    response = client.post(address, money.draft_data(amendment, cash_amount="90000"))
    assert response.status_code == 302, response.context["errors"]
    assert who_may(amendment, "record", cast) == {MANAGER}
    switch_off(cast)
    assert who_may(amendment, "record", cast) == MANAGERS


@pytest.mark.parametrize("has_left", [False, True])
def test_who_is_of_the_partners_side_decides_nothing_for_the_cluster(cast, has_left):
    """Nor once they have left it: they would leave to accept what they proposed, and to countersign what they signed."""
    acting = factories.make_contact(cast.company, cast[MANAGER], state="removed" if has_left else "approved")
    sponsorship = make(cast, "in_review", MANAGER)
    assert who_may(sponsorship, "accept", cast) == {SECOND_MANAGER}
    assert why_not_resolve(sponsorship, cast[MANAGER])
    agreement = signed(contact=cast.contact(PARTNER), chair=cast.chair, by=cast[SECOND_MANAGER])
    assert who_may(agreement, "countersign", cast) == {SECOND_MANAGER}
    with pytest.raises(Refused, match="for which they act or acted"):
        signing.send_code(agreement, to=cast[MANAGER], verb="countersign")
    elsewhere = factories.make_agreement(perform(sponsorship, "accept", by=cast[SECOND_MANAGER]), by=cast[MANAGER])
    switch_off(cast)
    assert who_may(elsewhere, "record", cast) == {SECOND_MANAGER}
    acting.delete()
    assert who_may(elsewhere, "record", cast) == MANAGERS


def test_one_manager_alone_takes_no_proposal_of_their_own_to_its_start(cast):
    """Write on behalf, resolve, accept, bind, start: no path through the verbs is one person's."""
    sponsorship = make(cast, "in_review", MANAGER)
    with pytest.raises(Refused, match="another manager must"):
        perform(sponsorship, "accept", by=cast[MANAGER])
    sponsorship = perform(sponsorship, "accept", by=cast[SECOND_MANAGER])
    perform(factories.make_agreement(sponsorship, by=cast[MANAGER]), "record", by=cast[MANAGER])
    assert perform(sponsorship, "activate", by=cast[MANAGER]).status == "active"


def test_a_countersignature_needs_the_mailed_code_as_the_partners_does(cast):
    agreement = signed(contact=cast.contact(PARTNER), chair=cast.chair, by=cast[MANAGER])
    with pytest.raises(Refused, match="Enter the six digits"):
        perform(agreement, "countersign", by=cast[MANAGER], details={"name": "Max Manager", "code_confirmed_at": None})
    said = {"by": cast[MANAGER], "name": "Max Manager", "address": "192.0.2.8", "verb": "countersign"}
    with pytest.raises(signing.WrongCode):
        signing.sign_with_code(agreement, code="123456", **said)
    signing.send_code(agreement, to=cast[MANAGER], verb="countersign")
    mail = OutgoingMail.objects.get(occasion="agreements/code", recipient=cast[MANAGER])
    code = next(line for line in mail.text.splitlines() if line.isdecimal() and len(line) == 6)
    # Bound to one agreement and one account: elsewhere the same six digits are wrong.
    with pytest.raises(signing.WrongCode):
        signing.sign_with_code(agreement, code=code, **{**said, "by": cast[SECOND_MANAGER]})
    signing.sign_with_code(agreement, code=code, **said)
    signature = Signature.objects.get(side="institution")
    assert signature.code_confirmed_at is not None and SigningCode.objects.get(user=cast[MANAGER]).used_at is not None


def test_who_may_not_countersign_gets_no_code(cast, client):
    agreement = signed(contact=cast.contact(PARTNER), chair=cast.chair, by=cast[MANAGER])
    client.force_login(cast[EDITOR])
    assert client.post(f"/admin/sponsorships/agreement/{agreement.pk}/code/").status_code == 403
    client.force_login(cast[MANAGER])
    assert client.get(f"/admin/sponsorships/agreement/{agreement.pk}/code/").status_code == 405
    with pytest.raises(Refused):
        signing.send_code(agreement, to=cast[EDITOR], verb="countersign")
    assert not OutgoingMail.objects.filter(occasion="agreements/code", recipient=cast[EDITOR]).exists()


def test_the_page_says_who_decided_so_far_and_that_it_takes_two(cast, client):
    sponsorship = make(cast, "in_review", MANAGER)
    client.force_login(cast[SECOND_MANAGER])
    page = client.get(f"/admin/sponsorships/sponsorship/{sponsorship.pk}/verb/accept/").text
    assert f"{cast[MANAGER].name}, on behalf of Partner of the cast" in page and "takes two people" in page


def test_the_page_says_that_four_eyes_are_off_by_whom_and_since_when(cast, client):
    switch_off(cast)
    sponsorship = make(cast, "in_review", MANAGER)
    client.force_login(cast[MANAGER])
    address = f"/admin/sponsorships/sponsorship/{sponsorship.pk}/verb/accept/"
    assert "the four-eyes rule is switched off" in client.get(address).text
    row = cast.cluster.history.model(history_date=timezone.now(), history_type="~", history_user=cast[MANAGER])
    for field in cast.cluster._meta.concrete_fields:
        setattr(row, field.attname, getattr(cast.cluster, field.attname))
    cast.cluster.history.all().delete()
    row.save()
    assert f"{cast[MANAGER].name} switched off the four-eyes rule on" in client.get(address).text


def test_the_agreements_page_says_who_decided(cast, client):
    sponsorship = perform(make(cast, "in_review", PARTNER), "accept", by=cast[MANAGER])
    agreement = factories.make_agreement(sponsorship, by=cast[MANAGER])
    client.force_login(cast[SECOND_MANAGER])
    page = client.get(f"/admin/sponsorships/agreement/{agreement.pk}/verb/record/").text
    assert "Accepted" in page and cast[MANAGER].name in page
    assert Agreement.objects.get().status == "draft"
