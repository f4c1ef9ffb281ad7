"""A partner fills the form of a chair: what is saved, what is refused, and who may not."""

import datetime
import uuid
from decimal import Decimal

import pytest
from django.urls import reverse

from chairs.enums import ChairStatus
from core.exceptions import Refused
from partners.enums import ContactState
from sponsorships.enums import SponsorshipStatus
from sponsorships.models import Sponsorship
from tests.factories import make_activity, make_chair, make_contact, make_kind, make_partner, make_user
from tests.sponsorships.forms import proposal
from tests.verbs import perform

pytestmark = pytest.mark.django_db


@pytest.fixture
def chair():
    return make_chair(ChairStatus.ACTIVE)


@pytest.fixture
def contact(client):
    contact = make_contact()
    client.force_login(contact.user)
    return contact


def url(chair, language="en"):
    return f"/{language}/chairs/{chair.cluster.slug}/{chair.slug}/fund/"


def test_a_saved_draft_says_that_it_is_not_yet_sent(client, chair, contact):
    response = client.post(url(chair), proposal(signatory=contact.pk), follow=True)
    draft = Sponsorship.objects.get()
    assert response.redirect_chain[-1][0] == f"/en/my/sponsorships/{draft.reference}/"
    assert "The draft is saved. It has not been sent yet" in response.text
    assert (draft.status, draft.submitted_at) == (SponsorshipStatus.DRAFT, None)
    assert (draft.partner, draft.created_by, draft.revision) == (contact.partner, contact.user, 1)
    assert (draft.cash_amount, draft.starts_on) == (Decimal("1234.56"), datetime.date(2027, 1, 1))


def test_a_draft_saves_incomplete(client, chair, contact):
    empty = dict.fromkeys(proposal(), "") | {"reference": str(uuid.uuid4()), "revision": "0", "act": "save"}
    assert client.post(url(chair), empty).status_code == 302
    draft = Sponsorship.objects.get()
    assert (draft.chair, draft.status, draft.amount) == (chair, SponsorshipStatus.DRAFT, 0)


def test_looking_at_the_form_writes_nothing(client, chair, contact):
    page = client.get(url(chair))
    assert page.status_code == 200 and 'name="purpose"' in page.text
    assert 'name="cash_amount"' in client.get(url(chair), {"form": "whole"}).text
    assert not Sponsorship.objects.exists()


def test_a_french_page_reads_french_amounts(client, chair, contact):
    client.post(url(chair, "fr"), proposal(cash_amount="1 234,56"))
    assert Sponsorship.objects.get().cash_amount == Decimal("1234.56")


def test_the_clicked_activity_is_chosen(client, chair, contact):
    activity = make_activity(chair)
    assert client.get(url(chair), {"activity": activity.pk}).context["form"]["activity"].value() == str(activity.pk)


@pytest.mark.parametrize("nonsense", ["999999", "abc", "-1", "9" * 40, "²", "<b>"])
def test_a_nonsensical_activity_in_the_address_is_ignored(client, chair, contact, nonsense):
    response = client.get(url(chair), {"activity": nonsense})
    assert response.status_code == 200 and "activity" in response.context["form"].fields
    assert not response.context["form"]["activity"].value()


@pytest.mark.parametrize(
    ("field", "change"),
    [
        *(("cash_amount", {"cash_amount": typed}) for typed in ("-5", "1.234", "lots", "9" * 14, "5" * 1_000_000)),
        ("in_kind_amount", {"in_kind_amount": "1234,56"}),
        ("skills_amount", {"skills_amount": "<script>"}),
        ("ends_on", {"starts_on": "2029-01-01", "ends_on": "2027-01-01"}),
        ("starts_on", {"starts_on": "yesterday"}),
        ("is_cifre", {"regime": "patronage", "is_cifre": "on"}),
        ("regime", {"regime": "bribe"}),
        ("confidentiality", {"confidentiality": "maybe"}),
        *((name, {name: "x" * 1_000_000}) for name in ("proposal", "purpose", "in_kind_description")),
    ],
)
def test_what_is_malformed_has_a_sentence_and_the_rest_is_saved(client, chair, contact, field, change):
    response = client.post(url(chair), proposal(**change))
    assert response.status_code == 200
    assert set(response.context["form"].errors) == {field}
    assert "It has not been sent yet." in response.text
    draft = Sponsorship.objects.get()
    assert draft.purpose == ("" if field == "purpose" else "Safer tools.")
    assert draft.revision == int(response.context["form"]["revision"].value()) == 1


def test_what_was_typed_stays_on_the_page_and_goes_on_from_there(client, chair, contact):
    data = proposal(cash_amount="lots")
    page = client.post(url(chair), data)
    assert 'value="lots"' in page.text
    again = client.post(page.context["action"], data | {"cash_amount": "50", "revision": "1"})
    assert again.status_code == 302
    assert Sponsorship.objects.get().cash_amount == 50


def test_markup_is_shown_as_text(client, chair, contact):
    response = client.post(url(chair), proposal(purpose="<script>alert(1)</script>"), follow=True)
    assert "<script>alert(1)" not in response.text
    assert "&lt;script&gt;alert(1)" in response.text


def test_an_activity_of_another_chair_is_refused(client, chair, contact):
    elsewhere = make_activity(make_chair(ChairStatus.ACTIVE))
    response = client.post(url(chair), proposal(activity=elsewhere.pk))
    assert response.context["form"].errors["activity"] == [
        "This activity is not open in this chair. Choose one from the list."
    ]
    assert Sponsorship.objects.get().activity is None


def test_a_closed_activity_is_refused(client, chair, contact):
    closed = make_activity(chair, deadline=datetime.date(2024, 1, 1))
    assert "activity" in client.post(url(chair), proposal(activity=closed.pk)).context["form"].errors


def test_a_signatory_of_another_partner_is_refused(client, chair, contact):
    response = client.post(url(chair), proposal(signatory=make_contact().pk))
    assert "signatory" in response.context["form"].errors
    assert Sponsorship.objects.get().signatory is None


def test_another_partner_cannot_be_slipped_in(client, chair, contact):
    client.post(url(chair), proposal(partner=make_partner().pk))
    assert Sponsorship.objects.get().partner == contact.partner


def test_who_acts_for_several_partners_chooses_one(client, chair, contact):
    other = make_contact(user=contact.user)
    assert client.post(url(chair), proposal()).context["form"].errors.keys() == {"partner"}
    assert not Sponsorship.objects.exists()
    stranger = make_partner()
    assert "partner" in client.post(url(chair), proposal(partner=stranger.pk)).context["form"].errors
    assert client.post(url(chair), proposal(partner=other.partner.pk, signatory=other.pk)).status_code == 302
    assert Sponsorship.objects.get().partner == other.partner


def test_who_may_not_sign_yet_can_be_kept_in_the_draft_but_not_sent(client, chair, contact):
    make_contact(contact.partner, make_user("newcomer@example.org", name="A Newcomer"), is_signatory=False)
    colleague = contact.partner.contacts.latest("pk")
    page = client.post(url(chair), proposal(signatory=colleague.pk, act="send"), follow=True).text
    draft = Sponsorship.objects.get()
    assert draft.signatory == colleague and "A Newcomer may not sign for your organisation yet." in page
    assert "A Newcomer (may not sign yet)" in client.get(reverse("sponsorships:edit", args=[draft.reference])).text
    with pytest.raises(Refused, match="Choose a signatory; a primary contact decides who is one"):
        perform(draft, "submit", by=contact.user)


def test_a_signatory_of_one_own_partner_cannot_sign_for_the_other(client, chair, contact):
    other = make_contact(user=contact.user)
    response = client.post(url(chair), proposal(partner=other.partner.pk, signatory=contact.pk))
    assert response.context["form"].errors.keys() == {"signatory"}
    assert Sponsorship.objects.get().signatory is None


def test_who_has_no_partner_registers_one_and_comes_back(client, chair):
    client.force_login(make_user())
    response = client.get(url(chair) + "?activity=1")
    assert response["Location"].startswith("/en/my/partners/new/?next=%2Fen%2Fchairs%2F")
    assert response["Location"].endswith("fund%2F%3Factivity%3D1")


@pytest.mark.parametrize("state", [ContactState.REQUESTED, ContactState.REFUSED])
def test_who_is_not_admitted_proposes_nothing(client, chair, state):
    client.force_login(make_contact(state=state).user)
    assert client.post(url(chair), proposal())["Location"].startswith("/en/my/partners/new/")
    assert not Sponsorship.objects.exists()


def test_an_anonymous_visitor_begins_and_saves_nothing(client, chair):
    assert "No account is needed yet." in client.get(url(chair)).text
    assert client.post(url(chair), proposal())["Location"] == f"/en/accounts/signup/?next={url(chair)}"
    assert not Sponsorship.objects.exists()


@pytest.mark.parametrize("status", [ChairStatus.DRAFT, ChairStatus.SUBMITTED, ChairStatus.WITHDRAWN])
def test_a_chair_that_is_not_public_is_not_there(client, contact, status):
    assert client.get(url(make_chair(status))).status_code == 404
    assert client.get(url(make_chair(ChairStatus.ACTIVE))).status_code == 200


@pytest.mark.parametrize("closed", [{"status": ChairStatus.SUSPENDED}, {"kind": {"is_open_to_partners": False}}])
def test_a_chair_that_takes_no_sponsor_says_so(client, contact, closed):
    kind = make_kind(rule=closed.get("kind"))
    chair = make_chair(closed.get("status", ChairStatus.ACTIVE), kind=kind)
    assert client.get(url(chair))["Location"] == chair.get_absolute_url()
    client.post(url(chair), proposal())
    assert not Sponsorship.objects.exists()


@pytest.mark.parametrize("nonsense", ["", "abc", "1" * 1_000_000, "<b>"])
def test_a_nonsensical_reference_or_revision_breaks_nothing(client, chair, contact, nonsense):
    assert client.post(url(chair), proposal(reference=nonsense)).status_code in {200, 302}
    assert client.post(url(chair), proposal(revision=nonsense)).status_code in {200, 302}


@pytest.mark.parametrize("is_primary", [True, False])
def test_who_keeps_the_organisations_people_is_led_to_invite_somebody_who_signs(client, chair, contact, is_primary):
    contact.is_primary = is_primary
    contact.save()
    way = f'<a href="/en/my/partners/{contact.partner.slug}/invite/">Invite a colleague</a>'
    assert (way in client.get(url(chair), {"form": "whole"}).text) is is_primary
