"""An invitation opens nothing any more once somebody was removed, admitted or demoted since."""

import pytest

from accounts.models import User
from core.exceptions import Refused
from partners import colleagues, membership
from partners.models import Contact
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def second(partner, primary):
    """Another primary contact."""
    return factories.make_contact(partner)


@pytest.fixture
def theirs(partner, second):
    return colleagues.invite(partner, by=second.user, email="private@example.org", roles={"is_primary": True})


def refused(invitation, user) -> bool:
    with pytest.raises(Refused, match="no longer open"):
        colleagues.accept(invitation, by=user)
    return not Contact.objects.filter(partner=invitation.partner, user=user, state="approved").exists()


def state(invitation) -> str:
    return type(invitation).objects.get(pk=invitation.pk).state


@pytest.fixture
def joined(partner, primary):
    """Somebody who was invited, and admitted at their own request meanwhile."""
    invitation = colleagues.invite(partner, by=primary, email="new@example.org", roles={"is_primary": True})
    contact = membership.ask_to_join(partner, factories.make_user("new@example.org"))
    return invitation, contact


def test_who_was_admitted_has_no_open_invitation_left(primary, joined):
    invitation, contact = joined
    membership.admit(contact, primary)
    assert state(invitation) == "cancelled"


def test_who_was_refused_may_still_accept(primary, joined):
    invitation, contact = joined
    membership.refuse(contact, primary)
    assert colleagues.accept(invitation, by=contact.user).is_primary


def test_a_removed_person_does_not_come_back_by_an_older_invitation(primary, joined):
    invitation, contact = joined
    Contact.objects.filter(pk=contact.pk).update(state="approved")
    colleagues.remove(contact, by=primary)
    assert state(invitation) == "cancelled"
    assert refused(invitation, contact.user)


def test_nor_by_one_to_an_address_that_they_prove_afterwards(partner, primary, colleague):
    invitation = colleagues.invite(partner, by=primary, email="second@example.org", roles={"is_primary": True})
    colleagues.remove(colleague, by=primary)
    colleague.user.emailaddress_set.create(email="second@example.org", verified=True)
    assert state(invitation) == "invited" and refused(invitation, colleague.user)


def test_whom_a_demoted_person_invited_is_not_let_in(primary, second, theirs):
    colleagues.change_roles(second, by=primary, roles={"is_accounting": True})
    assert state(theirs) == "cancelled"
    assert refused(theirs, factories.make_user("private@example.org"))


def test_who_stays_primary_keeps_their_invitations(primary, second, theirs):
    colleagues.change_roles(second, by=primary, roles={"is_primary": True})
    assert state(theirs) == "invited"


def test_whom_a_closed_account_invited_is_not_let_in(client, second, theirs):
    User.objects.filter(pk=second.user_id).update(is_active=False)
    user = factories.make_user("private@example.org")
    client.force_login(user)
    page = client.get(f"/en/my/invitations/{colleagues.token_of(theirs)}/")
    assert page.status_code == 410 and "Aciers" not in page.text
    assert not colleagues.invitations_for(user)
    assert refused(theirs, user)
