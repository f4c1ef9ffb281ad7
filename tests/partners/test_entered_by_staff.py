"""An office enters a partner and a contract that never touched the site before; the partner's own people take both over."""

import datetime
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Sum
from django.urls import reverse
from django.utils import timezone

from clusters.enums import Role
from clusters.models import Delegation
from clusters.standing_in import act_under
from core.changes import ON_BEHALF
from core.exceptions import Refused
from core.models.mail import OutgoingMail
from partners.colleagues import accept, invite, is_over, token_of
from partners.models import Contact, Invitation, OfficeContact, Partner
from partners.perms import can_invite_for
from sponsorships.models import Sponsorship
from tests.days import TODAY
from tests.factories import (
    PDF,
    make_chair,
    make_cluster,
    make_contact,
    make_institution,
    make_partner,
    make_sponsorship,
    make_staff,
    make_user,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("search_index", "field_history")]
SIREN = "552100554"
ADDRESS = "claire@acme.example"


@pytest.fixture
def office(client):
    """Two managers of a cluster with an active chair, and who signs in as one of them."""
    cluster = make_cluster(slug="postgenai-paris")
    made = {"cluster": cluster, "chair": make_chair("active", cluster=cluster), "institution": make_institution()}
    made |= {"first": make_staff(cluster), "second": make_staff(cluster), "finance": make_staff(cluster, Role.FINANCE)}

    class Office:
        def act(self, who, address, **data):
            client.force_login(made[who])
            response = client.post(address, data, follow=True)
            assert response.status_code == 200, response.status_code
            return response.text

        def read(self, who, address):
            client.force_login(made[who])
            return client.get(address)

    one = Office()
    one.__dict__.update(made)
    return one


def rows(prefix: str, *given: dict) -> dict:
    data = {f"{prefix}-TOTAL_FORMS": len(given), f"{prefix}-INITIAL_FORMS": 0}
    return data | {f"{prefix}-{n}-{name}": value for n, row in enumerate(given) for name, value in row.items()}


def enter_partner(office, **overrides) -> Partner:
    person = {"name": "Claire Martin", "email": ADDRESS, "job_title": "Head of research", "is_signatory": "on"}
    values = {
        "name": "Acme Énergie",
        "country": "FR",
        "siren": SIREN,
        "sector": "energy",
        "size": "large",
        "cluster": office.cluster.pk,
        **rows("office_contacts", person),
        **overrides,
    }
    office.act("first", reverse("admin:partners_partner_add"), **values)
    return Partner.objects.get(siren=SIREN)


def contract_of(office, partner, **overrides) -> dict:
    return {
        "partner": partner.pk,
        "chair": office.chair.pk,
        "proposal": "Forecasts of the load.",
        "purpose": "Better forecasts.",
        "regime": "partnership",
        "cash_amount": "100000",
        "starts_on": "2025-01-01",
        "ends_on": "2027-12-31",
        "confidentiality": "anonymous",
        "managing_institution": office.institution.pk,
        "signed_on": "2024-12-15",
        "signatories": "C. Martin, head of research",
        "document": SimpleUploadedFile("contract.pdf", PDF),
        **rows("instalments", {"amount": "40000", "due_on": "2025-02-01"}, {"amount": "60000", "due_on": "2026-02-01"}),
        **overrides,
    }


def verb(kind: str, record, name: str) -> str:
    return reverse(f"admin:sponsorships_{kind}_verb", args=[record.pk, name])


RUNNING = reverse("admin:sponsorships_sponsorship_running")


@pytest.mark.exhaustive(counted=True)
@pytest.mark.database
def test_an_entered_contract_that_is_declined_was_never_pending(office):
    partner = enter_partner(office)
    office.act("first", RUNNING, **contract_of(office, partner))
    sponsorship = Sponsorship.objects.get(partner=partner)
    office.act("second", verb("sponsorship", sponsorship, "decline"), note="Entered twice.")
    promises = sponsorship.entries.filter(kind="pending").order_by("pk")
    assert [entry.amount for entry in promises] == [100_000, -100_000]
    assert len(set(promises.values_list("effective_on", flat=True))) == 1


def test_a_contract_entered_on_a_colleague_s_behalf_is_accepted_by_neither(office, client):
    partner = enter_partner(office)
    stand_in, today = make_staff(office.cluster, Role.EDITOR), timezone.localdate()
    lent = {"delegator": office.first, "stand_in": stand_in, "starts_on": today, "ends_on": today}
    delegation = Delegation.objects.create(cluster=office.cluster, **lent)
    client.force_login(stand_in)
    client.post(reverse("panel_desk:act_for", args=[delegation.pk]))
    assert client.post(RUNNING, contract_of(office, partner)).status_code == 302
    sponsorship = Sponsorship.objects.get(partner=partner)
    accept = verb("sponsorship", sponsorship, "accept")
    assert client.get(accept).status_code == 403
    assert [office.read(who, accept).status_code for who in ("first", "second")] == [403, 200]


@pytest.mark.exhaustive(counted=True)
def test_a_partner_and_its_running_contract_are_entered_paid_and_taken_over(office, client):
    partner = enter_partner(office)
    assert partner.registered_in == office.cluster and partner.office_contacts.get().email == ADDRESS

    # The contract, with its proposal on the partner's behalf; the page marks what must be said.
    asked = office.read("first", RUNNING).text
    assert "field-chair is-required" in asked and "field-activity is-required" not in asked
    office.act("first", RUNNING, **contract_of(office, partner))
    sponsorship = Sponsorship.objects.get(partner=partner)
    agreement = sponsorship.agreements.get()
    assert (sponsorship.status, agreement.status, agreement.instalments.count()) == ("in_review", "draft", 2)

    # Two people decide on the money; then it runs like any other.
    assert "another manager must" in client.get(verb("sponsorship", sponsorship, "accept")).text
    office.act("second", verb("sponsorship", sponsorship, "accept"))
    office.act("first", verb("agreement", agreement, "record"))
    office.act("first", verb("sponsorship", sponsorship, "activate"))
    assert Sponsorship.objects.get().status == "active"
    # What it promises counts from the day on which it took effect, and waited on no day.
    promises = sponsorship.entries.filter(kind__in=["asked", "pending", "agreed"])
    assert set(promises.values_list("effective_on", flat=True)) == {agreement.effective_on}
    assert agreement.effective_on < timezone.localdate()
    assert promises.filter(kind="agreed").aggregate(sum=Sum("amount"))["sum"] == 100_000
    assert promises.filter(kind="pending").aggregate(sum=Sum("amount"))["sum"] == 0

    # A payment of the past.
    instalment = agreement.instalments.order_by("number").first()
    office.act("finance", verb("instalment", instalment, "fall_due"))
    today = timezone.localdate().isoformat()
    office.act("finance", verb("instalment", instalment, "invoice"), number="F-1", on=today, act=str(uuid.uuid4()))
    office.act(
        "finance",
        verb("instalment", instalment, "receive"),
        amount="40000",
        reference="V-1",
        on=today,
        act=str(uuid.uuid4()),
    )
    page = office.read("first", reverse("admin:partners_partner_change", args=[partner.pk])).text
    assert sponsorship.short_reference in page and "€100,000" in page and "€40,000" in page

    # Its contact is invited, comes, and sees everything; what was the office's is the partner's.
    known = partner.office_contacts.get()
    office.act("first", reverse("admin:partners_partner_invite", args=[partner.pk, known.pk]))
    assert OutgoingMail.objects.filter(address=ADDRESS, occasion="contacts/invited").exists()
    claire = make_user(ADDRESS, name="Claire Martin")
    client.force_login(claire)
    client.post(reverse("partners:invitation", args=[token_of(partner.invitations.get())]))
    contact = Contact.objects.get(user=claire)
    assert contact.is_primary and contact.is_signatory and contact.job_title == "Head of research"
    assert not OfficeContact.objects.exists()
    taken = Sponsorship.objects.get()
    assert taken.taken_over_by == claire and "taken over" in str(taken.transitions.last().done)
    mine = client.get(taken.get_absolute_url()).text
    assert taken.short_reference in mine and "on behalf of Acme Énergie" in mine and "€40,000" in mine

    # From then on the organisation says itself what it is.
    own = reverse("admin:partners_partner_change", args=[partner.pk])
    client.force_login(office.first)
    assert client.post(own, {"name": "Ours"}).status_code == 403
    assert OutgoingMail.objects.filter(recipient=office.first, occasion="contacts/accepted").count() == 1


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"cash_amount": "90000"}, "must be equal to the cent"),
        ({"document": SimpleUploadedFile("scan.png", b"\x89PNG\r\n\x1a\n")}, "was not added"),
        ({"signed_on": "2999-01-01"}, "future"),
        ({"ends_on": "2024-01-01"}, "ends before it starts"),
        ({"proposal": ""}, "describe your own proposal"),
        ({"instalments-0-due_on": ""}, "Enter the planned date."),
    ],
)
def test_a_contract_that_is_not_right_says_so_and_is_not_kept(office, wrong, sentence):
    partner = make_partner(registered_in=office.cluster)
    page = office.act("first", RUNNING, **contract_of(office, partner, **wrong))
    assert sentence in page and 'value="Forecasts' not in page and "Better forecasts." in page
    assert not Sponsorship.objects.exists()


def test_all_that_is_wrong_with_a_contract_is_said_at_once(office):
    partner = make_partner(registered_in=office.cluster)
    wrong = {"proposal": "", "purpose": "", "signed_on": "2999-01-01", "in_kind_amount": "5000", "cash_amount": "90000"}
    page = office.act("first", RUNNING, **contract_of(office, partner, **wrong))
    for sentence in (
        "describe your own proposal",
        "future",
        "Say what you give in kind or skills",
        "must be equal to the cent",
    ):
        assert sentence in page, sentence


def test_a_contract_of_a_partner_who_is_here_already_asks_nobody_to_sign(office):
    contact = make_contact(make_partner(name="Here SA"))
    make_sponsorship("submitted", contact, chair=office.chair)
    office.act("first", RUNNING, **contract_of(office, contact.partner))
    entered = Sponsorship.objects.get(partner=contact.partner, created_by=office.first)
    assert (entered.status, entered.signatory, entered.agreements.count()) == ("in_review", None, 1)
    office.act("second", verb("sponsorship", entered, "accept"))
    office.act("first", verb("agreement", entered.agreements.get(), "record"))
    office.act("first", verb("sponsorship", entered, "activate"))
    assert Sponsorship.objects.get(pk=entered.pk).status == "active"


def test_the_form_of_a_running_contract_speaks_to_staff(office):
    page = office.read("first", RUNNING).text
    assert "Leave empty if the partner proposes its own." in page and "propose your own" not in page


def test_what_cannot_be_read_is_not_called_missing_too(office):
    partner = make_partner(registered_in=office.cluster)
    unread = contract_of(office, partner, cash_amount="much") | {"partner": ""}
    page = office.act("first", RUNNING, **unread)
    assert "State at least one contribution" not in page and "Choose who will sign" not in page
    assert "This field is required." in page


@pytest.mark.exhaustive(counted=True)
def test_another_clusters_partner_cannot_be_chosen_but_is_found_by_its_siren(office):
    theirs = make_contact(make_partner(name="Acme", siren=SIREN, country="FR")).partner
    make_sponsorship("submitted", theirs.contacts.get())
    assert "not one of the records" in office.act("first", RUNNING, **contract_of(office, theirs))
    enter_partner(office, name="Something else")
    enter_partner(office, name="Something else")  # twice: whom the office knows is there once
    assert Partner.objects.get(siren=SIREN).name == "Acme" and theirs.office_contacts.get().email == ADDRESS
    page = office.read("first", reverse("admin:partners_partner_change", args=[theirs.pk])).text
    assert "Acme" in page and theirs.contacts.get().user.email not in page


@pytest.mark.exhaustive(counted=True)
def test_who_the_office_knows_is_not_told_to_another_cluster(office, client):
    partner = enter_partner(office)
    elsewhere = make_cluster()
    make_sponsorship(
        "submitted", make_contact(partner, is_primary=False), chair=make_chair("active", cluster=elsewhere)
    )
    page = reverse("admin:partners_partner_change", args=[partner.pk])
    assert ADDRESS in office.read("second", page).text
    client.force_login(make_staff(elsewhere))
    other = client.get(page)
    assert other.status_code == 200 and ADDRESS not in other.text
    invite = reverse("admin:partners_partner_invite", args=[partner.pk, partner.office_contacts.get().pk])
    assert client.get(invite).status_code == 404


def test_only_editors_of_the_office_that_entered_a_partner_change_it_until_its_own_people_come(office, client):
    partner = enter_partner(office)
    elsewhere = make_cluster()
    make_sponsorship(
        "submitted", make_contact(partner, is_primary=False), chair=make_chair("active", cluster=elsewhere)
    )
    page = reverse("admin:partners_partner_change", args=[partner.pk])
    values = {"name": "Renamed", "country": "FR", "siren": SIREN, "sector": "energy", "size": "large"}
    for other in (make_staff(elsewhere), make_staff(office.cluster, Role.READER)):
        client.force_login(other)
        assert client.get(page).status_code == 200 and client.post(page, values).status_code == 403
    partner.refresh_from_db()
    assert partner.name == "Acme Énergie"
    assert 'value="Acme Énergie"' in office.read("second", page).text
    make_contact(partner)  # its own people have come
    assert 'value="Acme Énergie"' not in office.read("second", page).text
    assert client.post(page, values).status_code == 403


def test_an_organisation_in_france_needs_its_siren_and_one_address_stands_once(office):
    office.act(
        "first",
        reverse("admin:partners_partner_add"),
        name="Acme",
        country="FR",
        sector="energy",
        size="sme",
        cluster=office.cluster.pk,
        **rows("office_contacts"),
    )
    twice = [{"name": "A", "email": ADDRESS}, {"name": "B", "email": ADDRESS.upper()}]
    page = office.act(
        "first",
        reverse("admin:partners_partner_add"),
        name="Acme",
        country="BE",
        sector="energy",
        size="sme",
        cluster=office.cluster.pk,
        **rows("office_contacts", *twice),
    )
    assert "already there among the contacts" in page and not Partner.objects.exists()


def test_whoever_came_meanwhile_invites_instead_of_the_office(office):
    partner = enter_partner(office)
    assert can_invite_for(partner, office.first)
    make_contact(partner)
    roles = {"is_primary": False, "is_signatory": False, "is_accounting": False}
    with pytest.raises(Refused, match="primary contacts"):
        invite(partner, by=office.first, email="else@acme.example", roles=roles)


def test_whom_the_office_knows_is_offered_among_who_signed_and_any_other_name_is_taken(office, client):
    partner = enter_partner(office)
    OfficeContact.objects.create(partner=partner, cluster=make_cluster(), name="Their Own", email="own@acme.example")
    page = office.read("first", f"{RUNNING}?partner={partner.pk}").text
    assert "Claire Martin, Head of research" in page and "Their Own" not in page
    assert "Claire Martin" not in office.read("first", RUNNING).text
    ticked = contract_of(office, partner, signatories="P. Dupont, president", added_signers="Their Own")
    assert "Their Own is not one of the available choices" in office.act("first", RUNNING, **ticked)
    nobody = contract_of(office, partner, signatories=" ")
    assert "Say who signed, or tick a contact." in office.act("first", RUNNING, **nobody)
    claire = contract_of(office, partner, signatories="P. Dupont, president")
    office.act("first", RUNNING, **claire, added_signers="Claire Martin, Head of research")
    agreement = Sponsorship.objects.get().agreements.get()
    assert agreement.signatories.splitlines() == ["P. Dupont, president", "Claire Martin, Head of research"]


@pytest.mark.database
def test_a_partner_is_found_by_whom_the_readers_office_knows_there(office, client):
    partner = enter_partner(office)
    listed = reverse("admin:partners_partner_changelist")
    # Both offices know of the partner; each knows people of its own there.
    elsewhere = make_staff(make_cluster())
    partner.known_in.add(elsewhere.staff_roles.get().cluster)
    for words in ("claire martin", "acme.example", "énergie"):
        assert "Acme Énergie" in office.read("second", f"{listed}?q={words}").text
        assert "Acme Énergie" in office.read("second", f"{reverse('admin:search')}?q={words}").text
    client.force_login(elsewhere)
    assert "Acme Énergie" in client.get(f"{listed}?q=acme").text
    assert "Acme Énergie" not in client.get(f"{listed}?q=claire").text


@pytest.mark.parametrize("days", [5, 0])
def test_an_invitation_on_a_colleague_s_behalf_holds_by_the_colleague_s_rights(office, client, days):
    """Its sender may only read; the colleague manages, and still does when the standing in is over."""
    partner = enter_partner(office)
    today, last = TODAY(), TODAY() + datetime.timedelta(days=5)
    reader = make_staff(office.cluster, Role.READER, name="Rita Reader")
    given = Delegation.objects.create(
        cluster=office.cluster, delegator=office.first, stand_in=reader, starts_on=today, ends_on=last
    )
    acting = type(reader).objects.get(pk=reader.pk)
    act_under(acting, given)
    roles = {"is_primary": True, "is_signatory": True, "is_accounting": False}
    invitation = invite(partner, by=acting, email="new@acme.example", roles=roles)
    assert "Rita Reader (on behalf of" in OutgoingMail.objects.get(address="new@acme.example").text
    if not days:
        given.delete()
    contact = accept(invitation, by=make_user("new@acme.example"))
    assert contact.decided_by_names == f"Rita Reader, on behalf of {office.first}"
    assert contact.history.latest().history_change_reason == f"{ON_BEHALF}{office.first.pk}"


def test_an_invitation_falls_with_the_rights_of_whoever_stands_behind_it(office):
    partner = enter_partner(office)
    roles = {"is_primary": True, "is_signatory": False, "is_accounting": False}
    invitation = invite(partner, by=office.first, email="new@acme.example", roles=roles)
    office.first.staff_roles.update(role=Role.READER)
    assert is_over(Invitation.objects.get(pk=invitation.pk))
