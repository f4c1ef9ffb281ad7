"""Roles changed and people removed, by a primary contact; one primary contact always stays."""

import pytest
from django.core import mail as outgoing

from core.exceptions import Refused
from partners import colleagues
from partners.models import Contact
from sponsorships.perms import can_sign
from tests import factories
from tests.verbs import perform

pytestmark = pytest.mark.django_db
PAGE = "/en/my/partners/aciers/"


def act(client, contact, page, **data):
    return client.post(f"{PAGE}{contact.pk}/{page}/", data)


def again(contact):
    return Contact.objects.get(pk=contact.pk)


def test_a_primary_contact_changes_roles(client, primary, colleague):
    client.force_login(primary)
    for _click in range(2):
        act(client, colleague, "roles", is_primary="on", is_accounting="on")
    now = again(colleague)
    assert (now.is_primary, now.is_signatory, now.is_accounting) == (True, False, True)


def test_who_lost_the_role_cannot_sign(primary, colleague):
    agreement = factories.make_agreement(factories.make_sponsorship("accepted", colleague))
    assert can_sign(agreement, colleague.user)
    colleagues.change_roles(colleague, by=primary, roles={})
    assert not can_sign(agreement, colleague.user)


def test_the_thousandth_user_signs_as_the_first(primary):
    # Python keeps small numbers once: keys that were compared by identity would be told apart from here on.
    contact = factories.make_contact(primary.contacts.get().partner, factories.make_user(pk=1_000_000))
    agreement = factories.make_agreement(factories.make_sponsorship("accepted", contact))
    assert can_sign(agreement, type(contact.user).objects.get(pk=contact.user_id))


def test_removed_means_no_access_at_once_and_a_name_in_history(
    client, primary, colleague, django_capture_on_commit_callbacks
):
    file = factories.make_sponsorship("submitted", colleague)
    file.transitions.create(verb="submit", source="draft", target="submitted", by=colleague.user)
    client.force_login(colleague.user)
    assert client.get(file.get_absolute_url()).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        colleagues.remove(colleague, by=primary)
    assert client.get(file.get_absolute_url()).status_code == client.get(PAGE).status_code == 404
    assert [mail.to for mail in outgoing.outbox] == [["col@example.org"]]
    client.force_login(primary)
    assert colleague.user.name in client.get(file.get_absolute_url()).text
    assert "Acted for it in the past" in client.get(PAGE).text


def test_the_last_primary_contact_stays(client, partner, primary, colleague):
    client.force_login(primary)
    last = partner.contacts.get(user=primary)
    act(client, last, "roles", is_signatory="on")
    act(client, last, "remove")
    assert again(last).is_primary and again(last).state == "approved"
    assert "must keep at least one primary contact" in client.get(f"{PAGE}{last.pk}/remove/").text
    colleagues.change_roles(colleague, by=primary, roles={"is_primary": True})
    assert act(client, last, "remove")["Location"] == "/en/my/"
    assert again(last).state == "removed"


def test_a_closed_account_is_nobody_to_keep_the_people(partner, primary):
    factories.make_contact(partner, factories.make_user(is_active=False))
    with pytest.raises(Refused, match="at least one primary contact"):
        colleagues.remove(partner.contacts.get(user=primary), by=primary)


def test_whom_a_removed_person_invited_is_not_let_in(partner, primary, colleague):
    colleagues.change_roles(colleague, by=primary, roles={"is_primary": True})
    made = colleagues.invite(partner, by=colleague.user, email="private@example.org", roles={"is_primary": True})
    colleagues.remove(colleague, by=primary)
    with pytest.raises(Refused, match="no longer open"):
        colleagues.accept(made, by=factories.make_user("private@example.org"))


def test_a_removed_person_can_be_invited_again(partner, primary, colleague):
    colleagues.remove(colleague, by=primary)
    made = colleagues.invite(partner, by=primary, email="col@example.org", roles={})
    assert colleagues.accept(made, by=colleague.user).pk == colleague.pk
    assert (again(colleague).state, again(colleague).is_signatory) == ("approved", False)


def test_everybody_may_leave_and_nobody_else_may_remove(client, partner, colleague):
    other = factories.make_contact(partner, is_primary=False)
    client.force_login(colleague.user)
    assert act(client, other, "remove").status_code == 403
    assert act(client, other, "roles").status_code == 403
    assert act(client, colleague, "remove").status_code == 302
    assert again(colleague).state == "removed"


def test_a_draft_asks_for_another_signatory(primary, colleague):
    draft = factories.make_sponsorship(contact=colleague)
    colleagues.remove(colleague, by=primary)
    draft = type(draft).objects.get(pk=draft.pk)
    with pytest.raises(Refused, match="no longer acts"):
        perform(draft, "submit", by=primary)


def test_a_removed_person_who_asks_again_reads_a_sentence(client, partner, primary, colleague):
    colleagues.remove(colleague, by=primary)
    assert colleagues.may_remove(again(colleague), primary)
    with pytest.raises(Refused, match="any more"):
        colleagues.remove(colleague, by=primary)
