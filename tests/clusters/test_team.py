"""A manager invites, gives other roles and ends them; the log says who gave what to whom."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from accounts.models import User
from clusters.enums import Role
from clusters.models import StaffInvitation, StaffRole
from core.models.mail import OutgoingMail
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("field_history")]


@pytest.fixture
def office(client):
    cluster = factories.make_cluster(slug="here", name="The cluster here")
    manager = factories.make_staff(cluster, Role.MANAGER, email="manager@example.org", name="Maria Manager")
    client.force_login(manager)
    return cluster


def invite(client, email="new@example.org", role="editor"):
    return client.post("/admin/team/here/invite/", {"email": email, "role": role}, follow=True)


def link_to(email):
    mail = OutgoingMail.objects.filter(occasion="staff/invited").latest("pk")
    assert mail.to == email
    return re.search(r"https?://[^/]+(/\S+/team/invitations/\S+/)", mail.text)[1]


def test_whoever_has_no_account_gets_one_with_the_role_that_they_accept(client, office):
    assert "ew@example.org is invited" in invite(client, "New@Example.org").content.decode()
    assert not User.objects.filter(email="new@example.org").exists()
    newcomer = Client()
    there = link_to("new@example.org")
    assert "Maria Manager invites you to the team of The cluster here" in newcomer.get(there).content.decode()
    assert newcomer.post(there, {"name": "", "language": "en"}).status_code == 200  # a name is missing
    assert newcomer.post(there, {"name": "Nora New", "language": "en"}).status_code == 302
    user = User.objects.get(email="new@example.org")
    assert user.is_staff and not user.has_usable_password()
    assert EmailAddress.objects.get(user=user).verified
    assert user.staff_roles.get().role == Role.EDITOR
    page = client.get("/admin/team/here/").content.decode()
    assert "Nora New" in page and "by Maria Manager" in page
    assert newcomer.post(there, {"name": "Somebody Else", "language": "en"}).status_code == 410
    assert OutgoingMail.objects.filter(occasion="staff/accepted", recipient__email="manager@example.org").exists()


def test_whoever_has_an_account_signs_in_with_the_address_that_was_invited(client, office):
    known = factories.make_user("known@example.org")
    EmailAddress.objects.update_or_create(user=known, email=known.email, defaults={"verified": True, "primary": True})
    invite(client, "known@example.org", "finance")
    there, other = link_to("known@example.org"), Client()
    assert "sign in to accept" in other.get(there).content.decode()
    assert other.post(there, {"name": "A Thief", "language": "en"}).status_code == 200
    assert not known.staff_roles.exists()
    client.post(there)  # the manager, whose address it is not
    assert not known.staff_roles.exists()
    other.force_login(known)
    assert other.post(there).status_code == 302
    assert known.staff_roles.get().role == Role.FINANCE


def test_an_invitation_is_sent_once_and_can_be_cancelled(client, office):
    invite(client)
    assert "already been invited" in invite(client).content.decode()
    there = link_to("new@example.org")
    invitation = StaffInvitation.objects.get()
    client.post(f"/admin/team/here/invitations/{invitation.pk}/cancel/")
    assert Client().post(there, {"name": "Nora New", "language": "en"}).status_code == 410
    assert not User.objects.filter(email="new@example.org").exists()


def test_a_role_is_changed_and_ended_and_the_log_says_by_whom(client, office):
    editor = factories.make_staff(office, Role.EDITOR, email="editor@example.org", name="Edith Editor")
    role = editor.staff_roles.get()
    client.post(f"/admin/team/here/roles/{role.pk}/change/", {"role": "reader"})
    assert editor.staff_roles.get().role == Role.READER
    page = client.post(f"/admin/team/here/roles/{role.pk}/end/", follow=True).content.decode()
    assert "The role of Edith Editor has ended." in page
    editor.refresh_from_db()
    assert not editor.staff_roles.exists() and not editor.is_staff
    log = re.sub(r"\s+", " ", page)
    assert "Edith Editor: Reader, ended" in log and "Edith Editor: Reader, changed" in log
    assert OutgoingMail.objects.filter(occasion="staff/role_changed", recipient=editor).count() == 2


def test_the_last_manager_stays_and_nobody_ends_their_own(client, office):
    mine = StaffRole.objects.get(role=Role.MANAGER)
    second = factories.make_staff(office, Role.MANAGER, email="second@example.org")
    page = client.post(f"/admin/team/here/roles/{mine.pk}/end/").content.decode()
    assert "You do not end your own role as a manager" in page
    page = client.post(f"/admin/team/here/roles/{mine.pk}/change/", {"role": "reader"}).content.decode()
    assert "You do not end your own role as a manager" in page
    client.post(f"/admin/team/here/roles/{second.staff_roles.get().pk}/end/")
    assert not second.staff_roles.exists()
    client.force_login(factories.make_staff(None, Role.COORDINATOR))
    page = client.post(f"/admin/team/here/roles/{mine.pk}/end/").content.decode()
    assert "cluster’s last manager" in page
    page = client.post(f"/admin/clusters/staffrole/{mine.pk}/delete/", {"post": "yes"}, follow=True).content.decode()
    assert "cluster’s last manager" in page and StaffRole.objects.filter(pk=mine.pk).exists()
