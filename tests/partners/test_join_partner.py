import pytest
from django.core import mail as outgoing

from clusters.enums import Role
from core.exceptions import Refused
from partners.enums import ContactState
from partners.membership import admit, refuse
from partners.models import Contact
from partners.perms import answerable
from sponsorships.enums import SponsorshipStatus
from tests.factories import (
    make_chair,
    make_cluster,
    make_contact,
    make_partner,
    make_sponsorship,
    make_staff,
    make_user,
)
from tests.sponsorships.forms import organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def partner():
    return make_partner(name="Aciers du Rhône", country="FR", siren="732829320", slug="aciers")


@pytest.fixture
def primary(partner):
    return make_contact(partner, make_user("primary@example.org")).user


@pytest.fixture
def request_to_join(partner, primary):
    return make_contact(partner, make_user("new@example.org"), state=ContactState.REQUESTED, is_primary=False)


def answer(client, contact, decision):
    return client.post(f"/en/my/partners/{contact.partner.slug}/{contact.pk}/{decision}/")


def test_asking_twice_is_asking_once(client, partner, primary, django_capture_on_commit_callbacks):
    client.force_login(make_user())
    with django_capture_on_commit_callbacks(execute=True):
        for _click in range(2):
            client.post("/en/my/partners/new/", organisation(act="join", sector="", size=""))
    contact = Contact.objects.get(is_primary=False)
    assert (contact.partner, contact.state) == (partner, ContactState.REQUESTED)
    assert [mail.to for mail in outgoing.outbox] == [["primary@example.org"]]


def test_who_waits_sees_nothing_of_the_partner(client, partner, request_to_join):
    file = make_sponsorship(contact=make_contact(partner))
    client.force_login(request_to_join.user)
    assert client.get("/en/my/partners/aciers/").status_code == 404
    assert client.get(file.get_absolute_url()).status_code == 404
    assert "is waiting for its primary contact" in client.get("/en/my/").text


@pytest.mark.parametrize(
    ("decision", "state", "subject"),
    [
        ("admit", ContactState.APPROVED, "You can now act for"),
        ("refuse", ContactState.REFUSED, "Your request to act for"),
    ],
)
def test_the_primary_contact_answers(
    client, primary, request_to_join, decision, state, subject, django_capture_on_commit_callbacks
):
    client.force_login(primary)
    assert "new@example.org" in client.get("/en/my/partners/aciers/").text
    with django_capture_on_commit_callbacks(execute=True):
        assert answer(client, request_to_join, decision).status_code == 302
    request_to_join.refresh_from_db()
    assert (request_to_join.state, request_to_join.decided_by) == (state, primary)
    [mail] = outgoing.outbox
    assert mail.to == ["new@example.org"]
    assert mail.subject.startswith(subject)


def test_a_second_click_reads_a_sentence(client, primary, request_to_join):
    client.force_login(primary)
    answer(client, request_to_join, "refuse")
    response = client.post(f"/en/my/partners/aciers/{request_to_join.pk}/refuse/", follow=True)
    assert "This request has already been answered." in response.text


def test_a_refused_person_can_still_be_admitted(primary, request_to_join):
    refuse(request_to_join, by=primary)
    assert admit(request_to_join, by=primary).state == ContactState.APPROVED


def test_a_colleague_who_is_not_primary_may_not_answer(client, partner, request_to_join):
    client.force_login(make_contact(partner, is_primary=False).user)
    assert answer(client, request_to_join, "admit").status_code == 403


def test_nobody_admits_themselves(client, request_to_join):
    client.force_login(request_to_join.user)
    assert answer(client, request_to_join, "admit").status_code == 404
    assert Contact.objects.get(pk=request_to_join.pk).state == ContactState.REQUESTED


def test_nor_does_whoever_is_of_the_office_too(client, partner):
    """A cluster's editor who let themselves in would read what the partner is to all others."""
    cluster = make_cluster()
    editor, manager = make_staff(cluster, Role.EDITOR), make_staff(cluster)
    make_sponsorship(SponsorshipStatus.SUBMITTED, contact=make_contact(partner), chair=make_chair(cluster=cluster))
    own = make_contact(partner, editor, state=ContactState.REQUESTED)
    with pytest.raises(Refused):
        admit(own, by=editor)
    client.force_login(editor)
    assert client.post(f"/admin/partners/contact/{own.pk}/verb/admit/").status_code == 403
    assert not answerable(Contact.objects.requested(), editor).exists()
    assert admit(own, by=manager).state == ContactState.APPROVED


def test_a_rival_finds_no_page(client, request_to_join):
    rival = make_contact().user
    client.force_login(rival)
    assert answer(client, request_to_join, "admit").status_code == 404
    assert (
        client.post(f"/en/my/partners/{rival.contacts.get().partner.slug}/{request_to_join.pk}/admit/").status_code
        == 404
    )
    assert Contact.objects.get(pk=request_to_join.pk).state == ContactState.REQUESTED


def test_an_anonymous_visitor_signs_in_first(client, request_to_join):
    assert answer(client, request_to_join, "admit")["Location"].startswith("/en/accounts/login/")


def test_looking_at_the_address_answers_nothing(client, primary, request_to_join):
    client.force_login(primary)
    assert client.get(f"/en/my/partners/aciers/{request_to_join.pk}/admit/").status_code == 405


def test_staff_answer_for_a_partner_that_their_cluster_knows(partner, request_to_join):
    cluster = make_cluster()
    editor = make_staff(cluster, Role.EDITOR)
    with pytest.raises(Refused):
        admit(request_to_join, by=editor)
    make_sponsorship(SponsorshipStatus.SUBMITTED, contact=make_contact(partner), chair=make_chair(cluster=cluster))
    assert admit(request_to_join, by=editor).decided_by == editor
