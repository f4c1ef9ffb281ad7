"""A primary contact invites a colleague, with an account or without."""

import datetime

import pytest
from django.core import mail as outgoing
from django.core.cache import cache
from django.utils import timezone

from core.exceptions import Refused
from partners import colleagues
from partners.models import Contact, Invitation
from tests import factories
from tests.accounts.mailbox import code_in_mail

pytestmark = pytest.mark.django_db
INVITE, PAGE = "/en/my/partners/aciers/invite/", "/en/my/partners/aciers/"


@pytest.fixture
def invitation(partner, primary):
    return colleagues.invite(partner, by=primary, email="New@Example.org", roles={"is_signatory": True})


def link(invitation) -> str:
    return f"/en/my/invitations/{colleagues.token_of(invitation)}/"


def aged(invitation, days):
    Invitation.objects.filter(pk=invitation.pk).update(invited_at=timezone.now() - datetime.timedelta(days=days))
    return Invitation.objects.get(pk=invitation.pk)


def test_two_clicks_send_one_invitation(client, partner, primary, django_capture_on_commit_callbacks):
    client.force_login(primary)
    with django_capture_on_commit_callbacks(execute=True):
        for _click in range(2):
            answer = client.post(INVITE, {"email": "new@example.org", "is_accounting": "on"})
    assert "already been invited" in answer.text
    made = partner.invitations.get()
    assert (made.is_accounting, made.is_primary, made.state) == (True, False, "invited")
    [mail] = outgoing.outbox
    assert mail.to == ["new@example.org"] and mail.subject == "Paula invites you to act for Aciers du Rhône"
    assert link(made) in mail.body


def test_with_an_account_it_is_accepted_once(client, invitation, django_capture_on_commit_callbacks):
    user = factories.make_user("new@example.org")
    client.force_login(user)
    assert "Signatory" in client.get(link(invitation)).text
    assert not Contact.objects.filter(user=user).exists(), "looking accepts nothing"
    with django_capture_on_commit_callbacks(execute=True):
        for _click in range(2):
            assert client.post(link(invitation))["Location"] == "/en/my/"
    contact = Contact.objects.get(user=user)
    assert (contact.state, contact.is_signatory, contact.is_primary) == ("approved", True, False)
    assert contact.decided_by == invitation.invited_by
    assert [mail.to for mail in outgoing.outbox] == [["primary@example.org"]]
    assert client.get(PAGE).status_code == 200


def test_who_accepts_sees_what_the_organisation_has_under_way(client, invitation):
    inviter = Contact.objects.get(user=invitation.invited_by, partner=invitation.partner)
    sponsorship = factories.make_sponsorship("accepted", inviter)
    its_page = f'href="/en/my/sponsorships/{sponsorship.reference}/"'
    client.force_login(factories.make_user("new@example.org"))
    assert its_page not in client.get("/en/my/").text
    assert its_page in client.post(link(invitation), follow=True).text


def test_without_an_account_one_signs_up_and_accepts(client, invitation):
    cache.clear()
    sign_in = client.get(link(invitation))["Location"]
    assert sign_in.startswith("/en/accounts/login/?next=/en/my/invitations/")
    data = {"name": "Ada", "email": "new@example.org", "password1": factories.PASSWORD, "password2": factories.PASSWORD}
    client.post("/en/accounts/signup/", {**data, "next": link(invitation)})
    answer = client.post("/en/accounts/confirm-email/", {"code": code_in_mail()})
    assert answer["Location"] == link(invitation)
    client.post(link(invitation))
    assert Contact.objects.get(user__email="new@example.org").state == "approved"


def test_another_address_cannot_accept(client, invitation):
    client.force_login(factories.make_user("rival@example.org"))
    page = client.post(link(invitation))
    assert "sent to another address" in page.text and "Aciers" not in page.text
    assert "new@example.org" not in page.text
    assert not Contact.objects.filter(user__email="rival@example.org").exists()


def test_an_address_that_is_not_proved_cannot_accept(client, invitation):
    user = factories.make_user("new@example.org")
    user.emailaddress_set.update(verified=False)
    client.force_login(user)
    client.post(link(invitation))
    assert not user.contacts.exists()
    user.emailaddress_set.update(verified=True)
    client.post(link(invitation))
    assert user.contacts.exists()


@pytest.mark.parametrize("end", ["expired", "cancelled"])
def test_what_is_over_opens_nothing(client, primary, invitation, end):
    if end == "expired":
        aged(invitation, 14)
    else:
        colleagues.cancel(invitation, by=primary)
    user = factories.make_user("new@example.org")
    client.force_login(user)
    for answer in (client.get(link(invitation)), client.post(link(invitation))):
        assert answer.status_code == 410 and "no longer open" in answer.text and "Aciers" not in answer.text
    assert not user.contacts.exists()
    client.force_login(primary)
    assert end.capitalize() in client.get(PAGE).text


def test_who_was_invited_long_ago_can_be_invited_again(partner, primary, invitation):
    aged(invitation, 13)
    with pytest.raises(Refused):
        colleagues.invite(partner, by=primary, email="new@example.org", roles={})
    aged(invitation, 14)
    colleagues.invite(partner, by=primary, email="new@example.org", roles={})
    assert sorted(partner.invitations.values_list("state", flat=True)) == ["expired", "invited"]


def test_who_acts_already_is_not_invited(partner, primary, colleague):
    with pytest.raises(Refused, match="already acts"):
        colleagues.invite(partner, by=primary, email="COL@example.org", roles={})


def test_nobody_floods_mailboxes_in_our_name(partner, primary):
    for number in range(colleagues.MAX_INVITATIONS):
        colleagues.invite(partner, by=primary, email=f"p{number}@example.org", roles={})
    with pytest.raises(Refused, match="20 invitations are already pending"):
        colleagues.invite(partner, by=primary, email="one-more@example.org", roles={})


def test_an_invitation_that_was_cancelled_counts_for_the_day(partner, primary, monkeypatch):
    monkeypatch.setattr(colleagues, "MAX_INVITATIONS", 4)
    for number in range(4):
        made = colleagues.invite(partner, by=primary, email=f"p{number}@example.org", roles={})
        colleagues.cancel(made, by=primary)
    with pytest.raises(Refused, match="4 invitations a day"):
        colleagues.invite(partner, by=primary, email="one-more@example.org", roles={})
    Invitation.objects.update(invited_at=timezone.now() - datetime.timedelta(days=1))
    colleagues.invite(partner, by=primary, email="one-more@example.org", roles={})


def test_an_address_is_written_to_three_times_a_day_whoever_asks(partner, primary):
    other = factories.make_contact()
    for leader in (primary, other.user, primary):
        ours = partner if leader == primary else other.partner
        made = colleagues.invite(ours, by=leader, email="new@example.org", roles={})
        colleagues.cancel(made, by=leader)
    with pytest.raises(Refused, match="Enough e-mails were sent"):
        colleagues.invite(partner, by=primary, email="New@example.org", roles={})


def test_nothing_is_written_to_the_address_of_a_closed_account(partner, primary, django_capture_on_commit_callbacks):
    factories.make_user("gone@example.org", is_active=False)
    with django_capture_on_commit_callbacks(execute=True):
        colleagues.invite(partner, by=primary, email="Gone@example.org", roles={})
        colleagues.invite(partner, by=primary, email="here@example.org", roles={})
    assert [mail.to for mail in outgoing.outbox] == [["here@example.org"]]


def test_who_is_not_primary_is_told_no(client, partner, colleague, invitation):
    client.force_login(colleague.user)
    assert client.post(INVITE, {"email": "x@example.org"}).status_code == 403
    assert client.post(f"{PAGE}invitations/{invitation.pk}/cancel/").status_code == 403
    page = client.get(PAGE).text
    assert str(colleague.user) in page and "new@example.org" not in page
    client.force_login(factories.make_contact().user)
    assert client.post(INVITE, {"email": "x@example.org"}).status_code == 404


def test_a_forged_link_leads_nowhere(client, primary, invitation):
    client.force_login(primary)
    assert client.get("/en/my/invitations/1:forged/").status_code == 404
    assert client.get(link(invitation)).status_code == 200
