"""Whoever changes a password, an address or a factor gives theirs again; the owner is told, wherever it was done."""

import re
import time

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client

from core.models.mail import OutgoingMail
from tests.accounts.mailbox import code_in_mail, last_mail, link_in_mail, subjects_to
from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db
NEW_PASSWORD = {"password1": "another good password", "password2": "another good password"}
OLD, NEW = "owner@example.org", "second@example.org"
EMAIL, TWO_FACTORS = "/en/accounts/email/", "/en/accounts/2fa/"
TELLS = {
    "password": "Your password was changed",
    "added": "An address was added to your account",
    "changed": "The address of your account was changed",
    "removed": "An address was removed from your account",
    "factor": "A second factor was set up",
    "no factor": "Your second factor was removed",
    "codes": "New recovery codes were made",
}


@pytest.fixture(autouse=True)
def nobody_has_tried_yet():
    cache.clear()


@pytest.fixture
def owner():
    return make_user(OLD)


def again(client):
    client.post("/en/accounts/reauthenticate/", {"password": PASSWORD})


def change_password(client, owner):
    client.post("/en/accounts/password/change/", {"oldpassword": PASSWORD, **NEW_PASSWORD})


def set_password(client, owner):
    owner.set_unusable_password()
    owner.save()
    client.force_login(owner)
    page = client.get("/en/accounts/password/set/", follow=True).redirect_chain[-1][0]
    client.post(page, {"recipient": OLD})
    client.post("/en/accounts/reauthenticate/code/confirm/", {"code": code_in_mail()})
    client.post("/en/accounts/password/set/", NEW_PASSWORD)


def reset_password(client, owner):
    stranger = Client()
    stranger.post("/en/accounts/password/reset/", {"email": OLD})
    form = stranger.get(link_in_mail(), follow=True)
    stranger.post(form.redirect_chain[-1][0], NEW_PASSWORD)


def add_address(client, owner):
    again(client)
    client.post(EMAIL, {"action_add": "", "email": NEW})
    client.post("/en/accounts/confirm-email/", {"code": code_in_mail()})


def change_address(client, owner):
    owner.emailaddress_set.create(email=NEW, verified=True)
    again(client)
    client.post(EMAIL, {"action_primary": "", "email": NEW})


def remove_address(client, owner):
    owner.emailaddress_set.create(email=NEW, verified=True)
    again(client)
    client.post(EMAIL, {"action_remove": "", "email": NEW})


def set_factor(client, owner):
    again(client)
    secret = client.get(f"{TWO_FACTORS}totp/activate/").context["form"].secret
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    client.post(f"{TWO_FACTORS}totp/activate/", {"code": code})


def remove_factor(client, owner):
    TOTP.activate(owner, generate_totp_secret())
    again(client)
    client.post(f"{TWO_FACTORS}totp/deactivate/")


def make_codes(client, owner):
    TOTP.activate(owner, generate_totp_secret())
    RecoveryCodes.activate(owner)
    again(client)
    client.post(f"{TWO_FACTORS}recovery-codes/generate/")


CHANGES = [
    (change_password, "password", [OLD]),
    (set_password, "password", [OLD]),
    (reset_password, "password", [OLD]),
    (add_address, "added", [OLD, NEW]),
    (change_address, "changed", [OLD, NEW]),
    (remove_address, "removed", [OLD, NEW]),
    (set_factor, "factor", [OLD]),
    (remove_factor, "no factor", [OLD]),
    (make_codes, "codes", [OLD]),
]


@pytest.mark.parametrize(("change", "kind", "told"), CHANGES, ids=[change.__name__ for change, _kind, _told in CHANGES])
def test_the_owner_is_told(client, owner, change, kind, told):
    client.force_login(owner)
    change(client, owner)
    assert {address for address in (OLD, NEW) if TELLS[kind] in subjects_to(address)} == set(told)
    assert [subject for address in told for subject in subjects_to(address)].count(TELLS[kind]) == len(told)
    text = " ".join(last_mail().text.split())
    assert "127.0.0.1" in text and "security@localhost" in text
    assert link_in_mail() == "/en/accounts/password/reset/"


@pytest.mark.parametrize("change", [change for change, _kind, _told in CHANGES], ids=lambda change: change.__name__)
def test_in_french_too(client, owner, change):
    owner.language = "fr"
    owner.save()
    client.force_login(owner)
    change(client, owner)
    text = last_mail().text
    assert "Si c’était vous" in text and "/fr/accounts/password/reset/" in text
    assert not re.search(r"\b(was|your|the)\b", text)


ASKING = [
    (EMAIL, {"action_add": "", "email": NEW}),
    (EMAIL, {"action_primary": "", "email": "third@example.org"}),
    (EMAIL, {"action_remove": "", "email": "third@example.org"}),
    (f"{TWO_FACTORS}totp/activate/", {"code": "123456"}),
    (f"{TWO_FACTORS}totp/deactivate/", {}),
    (f"{TWO_FACTORS}recovery-codes/generate/", {}),
    (f"{TWO_FACTORS}recovery-codes/download/", {}),
]


@pytest.mark.parametrize(("there", "data"), ASKING)
def test_a_change_asks_for_the_password_again(client, owner, there, data):
    owner.emailaddress_set.create(email="third@example.org", verified=True)
    if "activate/" not in there or "deactivate" in there:
        TOTP.activate(owner, generate_totp_secret())
        RecoveryCodes.activate(owner)
    client.force_login(owner)
    ask = client.get if "download" in there else client.post
    assert ask(there, data)["Location"].startswith("/en/accounts/reauthenticate/?next=")
    assert not OutgoingMail.objects.exists()
    assert owner.emailaddress_set.count() == 2 and owner.emailaddress_set.get(primary=True).email == OLD


def test_the_password_is_not_changed_without_the_old_one(client, owner):
    client.force_login(owner)
    client.post("/en/accounts/password/change/", {"oldpassword": "a guess", **NEW_PASSWORD})
    owner.refresh_from_db()
    assert owner.check_password(PASSWORD) and not OutgoingMail.objects.exists()


def test_a_mailed_code_does_not_stand_for_the_password(client, owner):
    """Who holds an open session and the mailbox holds one secret, not two."""
    client.force_login(owner)
    response = client.get("/en/accounts/reauthenticate/code/?next=/en/accounts/email/")
    assert response["Location"].startswith("/en/accounts/reauthenticate/?next=")


def test_a_change_that_cannot_be_told_is_not_made(client, owner, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("the disk is full")

    client.force_login(owner)
    monkeypatch.setattr("accounts.adapter.queue_account_mail", fail)
    with pytest.raises(RuntimeError):
        change_password(client, owner)
    owner.refresh_from_db()
    assert owner.check_password(PASSWORD)


def test_a_factor_that_is_removed_for_somebody_who_lost_it_is_told_too(owner):
    TOTP.activate(owner, generate_totp_secret())
    RecoveryCodes.activate(owner)
    call_command("remove_second_factor", "Owner@example.org")
    assert not owner.authenticator_set.exists() and subjects_to(OLD) == [TELLS["no factor"]]
    for nobody in (OLD, "nobody@example.org"):
        with pytest.raises(CommandError, match=nobody):
            call_command("remove_second_factor", nobody)
