"""Both sides have signed: a page of its own says who, when, from where, over which bytes."""

from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from core.exceptions import Refused
from sponsorships.models import Agreement
from tests.sponsorships.agreements.papers import ADDRESS, countersigned, kept, signed
from tests.verbs import perform

pytestmark = pytest.mark.django_db
CODE = {"code_confirmed_at": timezone.now()}


def in_paris(at) -> str:
    """Return a moment as the page is to say it: to the second, with the distance from universal time."""
    local = at.astimezone(ZoneInfo("Europe/Paris"))
    return f"{local.day} {local:%B %Y, %H:%M:%S} (UTC{local.isoformat()[-6:]})"


def printed(**overrides) -> str:
    return kept(Agreement.objects.get(pk=countersigned(**overrides).pk).signature_page)


def test_it_is_made_with_the_countersignature_and_not_before():
    assert not signed().signature_page
    agreement = Agreement.objects.get(pk=countersigned().pk)
    with agreement.signature_page.open("rb") as file:
        content = file.read()
    assert content.startswith(b"%PDF-") and b"<pdfuaid:part>1</pdfuaid:part>" in content


def test_it_says_who_signed_when_and_from_where():
    agreement = Agreement.objects.get(pk=countersigned().pk)
    text = kept(agreement.signature_page)
    assert "Ada Partner" in text and "Max Manager" in text
    for signature, address in zip(agreement.signatures.all(), (ADDRESS, "192.0.2.8"), strict=True):
        assert f"Signed in as {signature.user} Signed on {in_paris(signature.at)} Network address {address}" in text
    assert agreement.sha256 in text
    assert str(agreement.managing_institution) in text and str(agreement.sponsorship.partner) in text


@pytest.mark.exhaustive(counted=True)
def test_it_says_what_the_signature_is_and_where_to_check():
    text = printed()
    assert "simple electronic signature" in text and "article 3(10)" in text and "910/2014" in text
    assert "http://localhost/en/agreements/check/" in text
    french = printed(language="fr")
    assert "signature électronique simple" in french and "http://localhost/fr/agreements/check/" in french


def test_it_leaves_the_document_as_it_was():
    agreement = signed()
    before = agreement.sha256
    after = perform(agreement, "countersign", by=agreement.created_by, details=CODE | {"name": "Max Manager"})
    assert after.sha256 == before and after.file.name == agreement.file.name


def test_a_name_that_cannot_be_printed_countersigns_nothing():
    agreement = signed()
    with pytest.raises(Refused, match="日"):
        perform(agreement, "countersign", by=agreement.created_by, details=CODE | {"name": "日"})
    again = Agreement.objects.get(pk=agreement.pk)
    assert again.status == "awaiting" and not again.signature_page and again.signatures.count() == 1


def test_the_partner_downloads_both_files_as_they_are_kept(client):
    agreement = countersigned()
    client.force_login(agreement.signatory.user)
    for name, stored in (
        ("sponsorships:agreement_document", agreement.file),
        ("sponsorships:agreement_signatures", agreement.signature_page),
    ):
        answer = client.get(reverse(name, args=[agreement.reference]))
        with stored.open("rb") as file:
            assert answer.content == file.read()
        assert answer["Content-Disposition"].startswith("attachment")
        assert answer["Content-Type"] == "application/pdf"
        assert answer["X-Content-Type-Options"] == "nosniff"


def test_the_page_of_one_in_force_says_who_signed(client):
    agreement = countersigned()
    client.force_login(agreement.signatory.user)
    page = client.get(agreement.get_absolute_url()).text
    assert "Ada Partner" in page and "Max Manager" in page and agreement.sha256 in page
    assert "192.0.2.8" not in page
