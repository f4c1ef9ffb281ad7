"""The partner's signatory signs on the site: a code by mail, a typed name."""

import datetime

import pytest
from django.core import mail as outgoing
from django.urls import reverse

from sponsorships.models import Agreement, Signature, SigningCode
from tests.factories import make_contact
from tests.sponsorships.agreements.papers import code_in_mail, drafted, issued, signed

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]
NAME = "Ada  Partner"


@pytest.fixture
def agreement():
    return issued()


@pytest.fixture
def signatory(client, agreement):
    client.force_login(agreement.signatory.user)
    return client


def ask(client, agreement):
    return client.post(reverse("sponsorships:agreement_code", args=[agreement.reference]), follow=True)


def sign(client, agreement, code, **overrides):
    values = {"name": NAME, "code": code, "has_read": "on", **overrides}
    return client.post(reverse("sponsorships:agreement_sign", args=[agreement.reference]), values, follow=True)


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06d}"


def test_the_code_comes_by_mail_and_only_its_digest_is_kept(signatory, agreement):
    assert "on its way to" in ask(signatory, agreement).text
    kept = SigningCode.objects.get()
    assert code_in_mail() not in kept.digest and len(kept.digest) == 64
    assert outgoing.outbox[-1].to == [agreement.signatory.user.email]
    assert code_in_mail() not in outgoing.outbox[-1].subject


def test_name_and_code_sign(signatory, agreement):
    ask(signatory, agreement)
    page = sign(signatory, agreement, code_in_mail())
    assert "You have signed" in page.text
    signature = Signature.objects.get()
    assert signature.name == "Ada Partner" and signature.side == "partner"
    assert signature.address == "127.0.0.1"
    assert signature.code_confirmed_at is not None
    assert signature.sha256 == agreement.sha256
    assert SigningCode.objects.get().used_at is not None


def test_a_second_submit_signs_nothing_twice(signatory, agreement):
    ask(signatory, agreement)
    sign(signatory, agreement, code_in_mail())
    page = sign(signatory, agreement, code_in_mail())
    assert "Your side has already signed." in page.text
    assert Signature.objects.count() == 1


def test_a_wrong_code_signs_nothing_and_is_counted(signatory, agreement):
    ask(signatory, agreement)
    page = sign(signatory, agreement, wrong(code_in_mail()))
    assert "This is not the code" in page.text and not Signature.objects.exists()
    assert SigningCode.objects.get().attempts == 1


def test_five_wrong_codes_wear_it_out(signatory, agreement):
    ask(signatory, agreement)
    code = code_in_mail()
    for _attempt in range(5):
        sign(signatory, agreement, wrong(code))
    page = sign(signatory, agreement, code)
    assert "There is no code to enter any more" in page.text and not Signature.objects.exists()


def test_an_old_code_signs_nothing(signatory, agreement):
    ask(signatory, agreement)
    SigningCode.objects.update(sent_at=SigningCode.objects.get().sent_at - datetime.timedelta(minutes=11))
    assert "There is no code to enter any more" in sign(signatory, agreement, code_in_mail()).text
    assert not Signature.objects.exists()


def test_a_newer_code_takes_the_place_of_the_one_before(signatory, agreement):
    ask(signatory, agreement)
    first = code_in_mail()
    ask(signatory, agreement)
    assert first != code_in_mail()
    sign(signatory, agreement, first)
    assert not Signature.objects.exists()
    sign(signatory, agreement, code_in_mail())
    assert Signature.objects.exists()


def test_a_code_signs_no_other_agreement(signatory, agreement):
    other = issued(contact=agreement.signatory)
    ask(signatory, agreement)
    page = sign(signatory, other, code_in_mail())
    assert "There is no code to enter any more" in page.text and not Signature.objects.exists()


def test_another_signatory_cannot_enter_it(client, signatory, agreement):
    ask(signatory, agreement)
    colleague = make_contact(agreement.sponsorship.partner)
    client.force_login(colleague.user)
    sign(client, agreement, code_in_mail())
    assert not Signature.objects.exists()
    client.force_login(agreement.signatory.user)
    sign(client, agreement, code_in_mail())
    assert Signature.objects.get().user == agreement.signatory.user


def test_only_a_few_codes_an_hour(signatory, agreement):
    for _code in range(5):
        ask(signatory, agreement)
    assert "Several codes were sent" in ask(signatory, agreement).text
    assert SigningCode.objects.count() == 5


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"name": ""}, "Type your name"),
        ({"name": "…"}, "at least 2 characters"),
        ({"name": "12 34"}, "A name must contain letters."),
        ({"name": "Ada 😀"}, "cannot print these characters: 😀"),
        ({"name": "x" * 201}, "at most 200 characters"),
        ({"has_read": ""}, "Tick this once you have read"),
        ({"code": "12345"}, "The code is six digits."),
        ({"code": "１２３４５６"}, "The code is six digits."),
    ],
)
def test_bad_input_is_refused_and_costs_no_attempt(signatory, agreement, values, sentence):
    ask(signatory, agreement)
    page = sign(signatory, agreement, **{"code": code_in_mail(), **values})
    assert sentence in page.text
    assert not Signature.objects.exists() and SigningCode.objects.get().attempts == 0


def test_a_colleague_reads_why_they_cannot_sign(client, agreement):
    colleague = make_contact(agreement.sponsorship.partner, is_signatory=False, is_primary=False)
    client.force_login(colleague.user)
    page = client.get(reverse("sponsorships:agreement", args=[agreement.reference])).text
    assert "You cannot sign it" in page and agreement.signatory.user.name in page
    assert client.get(reverse("sponsorships:agreement_sign", args=[agreement.reference])).status_code == 403
    assert client.post(reverse("sponsorships:agreement_code", args=[agreement.reference])).status_code == 403


def test_a_document_that_was_altered_cannot_be_signed(signatory, agreement):
    with agreement.file.storage.open(agreement.file.name, "wb") as file:
        file.write(b"%PDF-another")
    ask(signatory, agreement)
    assert "not the one that was kept" in sign(signatory, agreement, code_in_mail()).text
    assert not Signature.objects.exists()
    assert SigningCode.objects.get().used_at is None


def test_a_draft_is_no_partners_business(client):
    draft = drafted()
    client.force_login(draft.signatory.user)
    names = (
        "sponsorships:agreement",
        "sponsorships:agreement_sign",
        "sponsorships:agreement_document",
        "sponsorships:agreement_preview",
    )
    for name in names:
        assert client.get(reverse(name, args=[draft.reference])).status_code == 404
    sent = issued(contact=draft.signatory)
    found = [client.get(reverse(name, args=[sent.reference])).status_code for name in names]
    assert found == [200, 200, 200, 404]


def test_who_signed_is_led_back(client):
    agreement = signed()
    client.force_login(agreement.signatory.user)
    page = client.get(reverse("sponsorships:agreement_sign", args=[agreement.reference]), follow=True)
    assert page.redirect_chain[-1][0] == agreement.get_absolute_url()
    assert Agreement.objects.get(pk=agreement.pk).status == "awaiting"
