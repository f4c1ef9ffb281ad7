"""Who funds what, in public: as the partner chose to show it."""

from decimal import Decimal

import pytest

from chairs.models import StatedPartner
from tests.factories import make_chair, make_contact, make_partner, make_sponsorship

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("search_index")]
SHOWN = ["accepted", "active", "completed"]
HIDDEN = ["draft", "submitted", "in_review", "changes_requested", "declined", "withdrawn", "terminated"]


def sponsor(status="accepted", name="Aciers du Rhône", **overrides):
    return make_sponsorship(status, make_contact(make_partner(name=name, slug="aciers")), **overrides)


@pytest.mark.parametrize("status", SHOWN)
def test_a_partner_that_agreed_is_shown_with_what_it_funds(client, status):
    file = sponsor(status, in_kind_amount=Decimal("1000.00"))
    assert "/en/partners/aciers/" in client.get("/en/partners/").text
    text = client.get("/en/partners/aciers/").text
    assert file.chair.title_en in text
    assert "€50,000" in text
    assert "€1,000" in text
    assert "€51,000" not in text
    assert "net of VAT" in text


@pytest.mark.parametrize("status", HIDDEN)
def test_nothing_is_told_before_acceptance_nor_after_an_early_end(client, status):
    file = sponsor(status)
    text = client.get("/en/partners/").text
    assert "0 partners" in text and "Aciers" not in text
    assert client.get("/en/partners/aciers/").status_code == 404
    make_sponsorship("accepted", file.signatory)
    assert "Aciers" in client.get("/en/partners/").text
    assert client.get("/en/partners/aciers/").status_code == 200


def test_an_anonymous_partner_leaves_no_trace(client):
    sponsor(confidentiality="anonymous")
    before = client.get("/en/partners/").text
    assert "0 partners" in before
    assert "Aciers" not in before
    assert client.get("/en/partners/aciers/").status_code == 404
    assert "Aciers" not in client.get("/en/partners/?q=aciers").text.replace('value="aciers"', "")


def test_an_anonymous_sponsorship_of_a_named_partner_is_not_counted(client):
    file = sponsor()
    hidden = make_sponsorship("active", file.signatory, confidentiality="anonymous", cash_amount=Decimal("77777.00"))
    assert "1 chair<" in client.get("/en/partners/").text
    text = client.get("/en/partners/aciers/").text
    assert hidden.chair.title_en not in text
    assert "77,777" not in text


def test_name_only_hides_the_amount(client):
    file = sponsor(confidentiality="name_only", cash_amount=Decimal("77777.00"))
    for address in ("/en/partners/aciers/", file.chair.get_absolute_url()):
        text = client.get(address).text
        assert "Aciers du Rhône" in text or "/partners/aciers/" in text
        assert "77,777" not in text.replace("€77,777</dd>", "")


def test_a_chair_that_is_not_public_is_not_told_of(client):
    file = sponsor(chair=make_chair("withdrawn", withdrawn_at="2026-01-01T00:00Z"))
    assert client.get("/en/partners/aciers/").status_code == 404
    make_sponsorship("accepted", file.signatory)
    text = client.get("/en/partners/aciers/").text
    assert "Aciers" in text and file.chair.title_en not in text


def test_the_chairs_page_leads_to_its_partners(client):
    file = sponsor()
    assert 'href="/en/partners/aciers/"' in client.get(file.chair.get_absolute_url()).text


@pytest.mark.parametrize(("query", "found"), [("acier rhone", True), ("RHÔNE", True), ("danube", False)])
def test_it_is_found_by_name_without_accents(client, query, found):
    sponsor()
    assert ("/en/partners/aciers/" in client.get("/en/partners/", {"q": query}).text) is found


def test_a_stated_partner_stands_apart_with_its_source_and_what_is_not_stated(client):
    chair = make_chair("sourced", origin="sourced", sources=["https://example.org/chair"])
    StatedPartner.objects.create(chair=chair, name="Oncopole")
    text = client.get("/en/partners/").text
    assert "Oncopole" in text
    assert "Whether it pays is not stated." in text
    assert "https://example.org/chair" in text
    assert "0 partners" in text
    assert "Oncopole" not in client.get("/en/partners/?q=danube").text


def test_made_up_partners_are_marked(client):
    file = sponsor(origin="demonstration")
    file.partner.origin = "demonstration"
    file.partner.save()
    for address in ("/en/partners/", "/en/partners/aciers/"):
        assert "origin-demonstration" in client.get(address).text


def test_contacts_and_numbers_stay_private(client):
    file = sponsor()
    text = client.get("/en/partners/aciers/").text
    assert file.chair.title_en in text
    assert file.signatory.user.email not in text
    assert file.signatory.user.name not in text
    assert file.purpose not in text
