"""The public page that says whether a fingerprint is one of ours: yes or no, and nothing more."""

import hashlib

import pytest
from django.core.cache import cache
from django.urls import reverse

from tests.factories import make_agreement, make_sponsorship
from tests.sponsorships.agreements.papers import countersigned, issued, signed
from tests.verbs import perform

pytestmark = pytest.mark.django_db
YES, NO = "This is the document of an agreement in force.", "No agreement in force has this fingerprint."


@pytest.fixture(autouse=True)
def nobody_asked_yet():
    cache.clear()


def ask(client, sha256):
    return client.post(reverse("sponsorships:agreement_check"), {"sha256": sha256})


def test_yes_for_a_document_that_both_sides_signed(client):
    agreement = countersigned()
    with agreement.file.open("rb") as file:
        page = ask(client, hashlib.sha256(file.read()).hexdigest()).text
    assert YES in page and NO not in page
    assert agreement.sponsorship.partner.name not in page and str(agreement.reference) not in page


def test_yes_for_one_recorded_as_signed_elsewhere(client):
    agreement = make_agreement(make_sponsorship("accepted"))
    recorded = perform(agreement, "record", by=agreement.created_by)
    assert YES in ask(client, recorded.sha256).text


def test_no_until_both_have_signed(client):
    assert NO in ask(client, issued().sha256).text
    assert NO in ask(client, signed().sha256).text


def test_no_for_one_that_was_made_void(client):
    agreement = signed()
    perform(agreement, "void", by=agreement.created_by, note="Another amount.")
    assert NO in ask(client, agreement.sha256).text


def test_no_for_anything_else(client):
    countersigned()
    assert NO in ask(client, "0" * 64).text


def test_spaces_and_capitals_do_not_matter(client):
    sha256 = countersigned().sha256.upper()
    assert YES in ask(client, f" {sha256[:32]} {sha256[32:]}\n").text


@pytest.mark.parametrize("sha256", ["", "x" * 64, "0" * 63, "0" * 65, "'; --", "0" * 300, "\x00", "０" * 64])
def test_what_is_no_fingerprint_gets_a_sentence(client, sha256):
    page = ask(client, sha256)
    assert page.status_code == 200
    assert YES not in page.text and NO not in page.text
    assert 'role="alert"' in page.text


def test_it_takes_no_file(client):
    page = client.get(reverse("sponsorships:agreement_check")).text
    assert "multipart" not in page
    assert 'type="file"' in page and 'type="file" id="id_chosen" name' not in page


def test_an_address_that_asks_too_often_waits(client):
    for _question in range(30):
        assert ask(client, "0" * 64).status_code == 200
    slowed = ask(client, "0" * 64)
    assert slowed.status_code == 429
    assert "Wait a minute" in slowed.text and NO not in slowed.text
    assert client.get(reverse("sponsorships:agreement_check")).status_code == 200
