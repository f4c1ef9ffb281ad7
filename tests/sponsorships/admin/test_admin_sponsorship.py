"""Staff see what was sent to their cluster, decide with verbs, and may write a proposal down for a partner."""

import pytest

from partners.enums import ContactState
from partners.models import Contact
from sponsorships.enums import SponsorshipStatus
from sponsorships.models import Sponsorship
from tests import factories

pytestmark = pytest.mark.django_db
S = SponsorshipStatus
LIST = "/admin/sponsorships/sponsorship/"
STARTS = {
    "submit": S.DRAFT,
    "review": S.SUBMITTED,
    "request_changes": S.IN_REVIEW,
    "resubmit": S.CHANGES_REQUESTED,
    "accept": S.IN_REVIEW,
    "decline": S.IN_REVIEW,
}
REVIEWING = {"review", "request_changes"}
ON_BEHALF = {"submit", "resubmit"}


@pytest.fixture
def chair():
    return factories.make_chair("active")


@pytest.fixture
def sign_in(client, chair):
    def enter(role, cluster=None):
        user = factories.make_staff(cluster or chair.cluster, role)
        client.force_login(user)
        return user

    return enter


def url(sponsorship, verb) -> str:
    return f"{LIST}{sponsorship.pk}/verb/{verb}/"


def status_of(sponsorship) -> str:
    return Sponsorship.objects.get(pk=sponsorship.pk).status


@pytest.mark.parametrize("verb", sorted(STARTS))
def test_a_manager_confirms_then_acts_once(client, sign_in, chair, verb):
    user = sign_in("manager")
    drafted = {"created_by": user} if verb in ON_BEHALF else {}
    sponsorship = factories.make_sponsorship(STARTS[verb], chair=chair, **drafted)
    assert client.get(url(sponsorship, verb)).status_code == 200
    assert status_of(sponsorship) == STARTS[verb]
    for _click in range(2):
        client.post(url(sponsorship, verb), {"note": "Because."})
    assert [line.verb for line in sponsorship.transitions.all()] == [verb]


@pytest.mark.parametrize("verb", ["review", "accept", "decline", "request_changes"])
@pytest.mark.parametrize("role", ["reader", "finance", "editor"])
def test_a_role_below_is_forbidden(client, sign_in, chair, verb, role):
    sign_in(role)
    sponsorship = factories.make_sponsorship(STARTS[verb], chair=chair)
    may = role == "editor" and verb in REVIEWING
    assert client.get(url(sponsorship, verb)).status_code == (200 if may else 403)
    if not may:
        assert client.post(url(sponsorship, verb), {"note": "x"}).status_code == 403
        assert status_of(sponsorship) == STARTS[verb]


def test_an_unsent_draft_of_a_partner_is_not_there(client, sign_in, chair):
    sign_in("manager")
    draft = factories.make_sponsorship(chair=chair, purpose="Not yet sent")
    sent = factories.make_sponsorship(S.SUBMITTED, chair=chair)
    listed = client.get(LIST).content.decode()
    assert str(sent.partner) in listed and str(draft.partner) not in listed
    assert client.get(f"{LIST}{sent.pk}/change/").status_code == 200
    assert client.get(f"{LIST}{draft.pk}/change/").status_code == 404
    assert client.get(url(draft, "submit")).status_code == 404


@pytest.mark.parametrize("page", ["change/", "history/", "verb/decline/"])
def test_another_cluster_finds_nothing(client, sign_in, chair, page):
    sign_in("manager", factories.make_cluster())
    sponsorship = factories.make_sponsorship(S.SUBMITTED, chair=chair)
    assert client.get(f"{LIST}{sponsorship.pk}/{page}").status_code == 404
    assert str(sponsorship.partner) not in client.get(LIST).content.decode()
    for other in ("partner", "contact"):
        assert str(sponsorship.partner) not in client.get(f"/admin/partners/{other}/").content.decode()
    sign_in("manager")
    assert client.get(f"{LIST}{sponsorship.pk}/{page}").status_code == 200
    for other in ("sponsorships/sponsorship", "partners/partner", "partners/contact"):
        assert str(sponsorship.partner) in client.get(f"/admin/{other}/").content.decode()


def test_a_sent_proposal_is_read_and_not_rewritten(client, sign_in, chair):
    sign_in("manager")
    sponsorship = factories.make_sponsorship(S.SUBMITTED, chair=chair)
    page = client.get(f"{LIST}{sponsorship.pk}/change/")
    assert "Better forecasts." in page.content.decode()
    assert client.post(f"{LIST}{sponsorship.pk}/change/", {"purpose": "Ours"}).status_code == 403


def test_the_record_shows_the_activitys_money(client, sign_in, chair):
    sign_in("reader")
    activity = factories.make_activity(chair)
    factories.make_sponsorship(S.ACCEPTED, chair=chair, activity=activity, cash_amount=30_000)
    sponsorship = factories.make_sponsorship(S.IN_REVIEW, chair=chair, activity=activity, cash_amount=80_000)
    money = [amount for _label, amount in client.get(f"{LIST}{sponsorship.pk}/change/").context["money"]]
    assert money == ["€100,000", "€30,000", "€80,000", "€70,000"]


def test_an_acceptance_beyond_the_target_says_why_not(client, sign_in, chair):
    sign_in("manager")
    activity = factories.make_activity(chair)
    sponsorship = factories.make_sponsorship(S.IN_REVIEW, chair=chair, activity=activity, cash_amount=100_001)
    assert "still needs" in client.get(url(sponsorship, "accept")).content.decode()
    client.post(url(sponsorship, "accept"))
    assert status_of(sponsorship) == S.IN_REVIEW


def draft_data(chair, partner, **overrides) -> dict:
    return {"chair": chair.pk, "partner": partner.pk, "purpose": "By telephone.", "cash_amount": "1000", **overrides}


@pytest.fixture
def known_partner(chair):
    return factories.make_sponsorship(S.SUBMITTED, chair=chair).partner


def test_staff_write_a_draft_down_for_a_partner_and_send_it(client, sign_in, chair, known_partner):
    user = sign_in("editor")
    assert client.post(f"{LIST}add/", draft_data(chair, known_partner)).status_code == 302
    draft = Sponsorship.objects.get(purpose="By telephone.")
    assert (draft.created_by, draft.status) == (user, S.DRAFT)
    assert "Choose between patronage" in client.get(url(draft, "submit")).content.decode()
    draft_page = f"{LIST}{draft.pk}/change/"
    rest = {"regime": "patronage", "proposal": "A thesis.", "starts_on": "2027-01-01", "ends_on": "2028-01-01"}
    signatory = known_partner.contacts.get().pk
    page = client.post(
        draft_page, draft_data(chair, known_partner, signatory=signatory, confidentiality="public", **rest)
    )
    assert page.status_code == 302, page.context["errors"]
    client.post(url(draft, "submit"))
    assert status_of(draft) == S.SUBMITTED
    assert client.post(draft_page, draft_data(chair, known_partner)).status_code == 403


@pytest.mark.parametrize("field", ["chair", "partner", "activity", "signatory"])
def test_a_record_of_elsewhere_in_the_post_is_refused(client, sign_in, chair, known_partner, field):
    sign_in("editor")
    other = factories.make_sponsorship(S.DRAFT)
    elsewhere = {
        "chair": other.chair,
        "partner": other.partner,
        "activity": factories.make_activity(other.chair),
        "signatory": other.signatory,
    }
    page = client.post(f"{LIST}add/", draft_data(chair, known_partner) | {field: elsewhere[field].pk})
    assert "not one of the records that you can choose" in page.content.decode()
    assert not Sponsorship.objects.filter(purpose="By telephone.").exists()


def test_an_activity_of_another_chair_of_the_cluster_is_refused(client, sign_in, chair, known_partner):
    sign_in("editor")
    activity = factories.make_activity(factories.make_chair("active", cluster=chair.cluster))
    page = client.post(f"{LIST}add/", draft_data(chair, known_partner, activity=activity.pk))
    assert "This activity belongs to another chair" in page.content.decode()


@pytest.mark.parametrize("amount", ["-1", "1e12", "many", "1.005", "NaN"])
def test_an_impossible_amount_is_refused_beside_the_field(client, sign_in, chair, known_partner, amount):
    sign_in("editor")
    page = client.post(f"{LIST}add/", draft_data(chair, known_partner, cash_amount=amount))
    assert "cash_amount" in page.context["adminform"].form.errors


@pytest.mark.parametrize(("verb", "state"), [("admit", ContactState.APPROVED), ("refuse", ContactState.REFUSED)])
def test_staff_answer_a_request_to_join_once(client, sign_in, known_partner, verb, state):
    sign_in("editor")
    contact = factories.make_contact(known_partner, state=ContactState.REQUESTED, is_primary=False)
    address = f"/admin/partners/contact/{contact.pk}/verb/{verb}/"
    assert client.get(address).status_code == 200
    assert client.post(address).status_code == 302
    assert Contact.objects.get(pk=contact.pk).state == state
    assert "already been answered" in client.post(address).content.decode()


@pytest.mark.parametrize(("role", "code"), [("reader", 403), ("finance", 403)])
def test_a_reader_does_not_answer_a_request(client, sign_in, known_partner, role, code):
    sign_in(role)
    contact = factories.make_contact(known_partner, state=ContactState.REQUESTED, is_primary=False)
    assert client.post(f"/admin/partners/contact/{contact.pk}/verb/admit/").status_code == code
    assert Contact.objects.get(pk=contact.pk).state == ContactState.REQUESTED


def test_a_request_elsewhere_or_an_unknown_verb_is_not_found(client, sign_in, known_partner):
    sign_in("manager")
    contact = factories.make_contact(state=ContactState.REQUESTED)
    assert client.post(f"/admin/partners/contact/{contact.pk}/verb/admit/").status_code == 404
    here = factories.make_contact(known_partner, state=ContactState.REQUESTED)
    assert client.post(f"/admin/partners/contact/{here.pk}/verb/promote/").status_code == 404
    assert client.post(f"/admin/partners/contact/{here.pk}/verb/admit/").status_code == 302
