"""The mails of sign-in wait in the outbox, lead to the site, speak the reader's language, and keep no secret."""

import re
import smtplib
from datetime import timedelta
from unittest import mock

import pytest
from django.core import mail as outgoing
from django.core.cache import cache
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from accounts.models import User
from core.mail import outbox
from core.mail.tasks import attempt
from core.models.mail import MailState, OutgoingMail
from tests.accounts.mailbox import code_in_mail, last_mail, link_in_mail
from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db
NEW = {"name": "Ada", "email": "ada@example.org", "password1": PASSWORD, "password2": PASSWORD}
ASKS = {
    "signup/": NEW,
    "login/code/": {"email": "known@example.org"},
    "password/reset/": {"email": "known@example.org"},
}
NOBODY_S = {"login/code/": {"email": "nobody@example.org"}, "password/reset/": {"email": "nobody@example.org"}}


@pytest.fixture(autouse=True)
def nobody_has_tried_yet():
    cache.clear()


@pytest.fixture
def known():
    return make_user("known@example.org", name="Grace", language="fr")


@pytest.fixture
def server_away():
    with mock.patch.object(EmailBackend, "send_messages", side_effect=smtplib.SMTPConnectError(421, "away")):
        yield


@pytest.mark.parametrize("page", ASKS)
def test_with_the_mail_server_away_the_page_works_and_the_mail_waits(
    client, known, server_away, page, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(f"/en/accounts/{page}", ASKS[page]).status_code == 302
    mail = OutgoingMail.objects.with_state().get()
    assert mail.state == MailState.WAITING and "SMTPConnectError" in mail.last_error
    assert mail.text and outgoing.outbox == []


def test_a_code_that_waited_for_the_server_still_signs_in(
    client, known, server_away, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/en/accounts/login/code/", ASKS["login/code/"])
    client.post("/en/accounts/login/code/confirm/", {"code": code_in_mail()})
    assert client.get("/en/my/").status_code == 200


def test_signing_up_is_whole_or_not_at_all(client):
    with mock.patch("accounts.adapter.queue_account_mail", side_effect=RuntimeError("the disk is full")):
        with pytest.raises(RuntimeError):
            client.post("/en/accounts/signup/", NEW)
    assert not User.objects.filter(email="ada@example.org").exists()
    cache.clear()
    assert client.post("/en/accounts/signup/", NEW).status_code == 302


@pytest.mark.parametrize("page", ASKS)
def test_a_mail_leaves_in_both_forms_and_keeps_no_secret(client, known, page, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/en/accounts/{page}", ASKS[page])
    [message] = outgoing.outbox
    assert message.alternatives[0][1] == "text/html" and message.extra_headers["Message-ID"]
    mail = last_mail()
    assert (mail.text, mail.html) == ("", "") and mail.sent_at and mail.subject == message.subject


def test_what_never_left_is_erased_when_it_is_worn_out(client, known):
    client.post("/en/accounts/login/code/", ASKS["login/code/"])
    mail = last_mail()
    later = mail.secret_until + timedelta(seconds=1)
    assert outbox.take(mail.pk, at=later) is None
    OutgoingMail.objects.update(secret_until=timezone.now() - timedelta(seconds=1))
    call_command("deliver_mail")
    mail = OutgoingMail.objects.with_state().get()
    assert (mail.text, mail.html, mail.state) == ("", "", MailState.WORN_OUT)
    assert not attempt(mail.pk) and outgoing.outbox == []


def test_staff_never_read_a_code_or_a_link(client, known):
    found = []
    for page in ASKS:
        Client().post(f"/en/accounts/{page}", ASKS[page])
        found.append(link_in_mail() if page == "password/reset/" else code_in_mail())
    client.force_login(make_user(is_staff=True, is_superuser=True))
    pages = client.get("/admin/core/outgoingmail/").text
    pages += "".join(
        client.get(f"/admin/core/outgoingmail/{mail.pk}/change/").text for mail in OutgoingMail.objects.all()
    )
    assert "known@example.org" in pages and [secret for secret in found if secret in pages] == []


@pytest.mark.parametrize("asks", [ASKS, NOBODY_S])
def test_links_lead_to_the_site_whatever_host_was_asked(asks, known, settings):
    settings.ALLOWED_HOSTS = ["evil.example"]
    for page, data in asks.items():
        Client(headers={"host": "evil.example"}).post(f"/en/accounts/{page}", data)
    make_user("ada2@example.org")
    Client(headers={"host": "evil.example"}).post("/en/accounts/signup/", {**NEW, "email": "ada2@example.org"})
    mails = OutgoingMail.objects.all()
    assert len(mails) == len(asks) + 1
    for mail in mails:
        assert "evil" not in mail.subject + mail.text + mail.html
        for address in re.findall(r"https?://[^\s\"<]+", mail.text):
            assert address.startswith(settings.SITE_URL + "/")
    assert any(settings.SITE_URL in mail.text for mail in mails)


def test_the_link_chooses_a_new_password(client, known):
    client.post("/en/accounts/password/reset/", ASKS["password/reset/"])
    form = client.get(link_in_mail(), follow=True)
    new = {"password1": "another good password", "password2": "another good password"}
    client.post(form.redirect_chain[-1][0], new)
    known.refresh_from_db()
    assert known.check_password("another good password")


def test_a_mail_speaks_the_reader_s_language(known):
    Client().post("/en/accounts/login/code/", ASKS["login/code/"])
    assert last_mail().subject == "Votre code de connexion" and "Bonjour Grace" in last_mail().text
    Client().post("/fr/accounts/password/reset/", NOBODY_S["password/reset/"])
    assert last_mail().subject == "Aucun compte n’existe pour cette adresse"


def test_nobody_s_address_is_greeted_by_what_a_stranger_typed(client):
    client.post("/en/accounts/signup/", {**NEW, "name": "Win at www.evil.example"})
    mail = last_mail()
    assert mail.subject and code_in_mail() in mail.text
    assert "evil" not in mail.subject + mail.text + mail.html


@pytest.mark.parametrize(
    "lookalike", ["known@example.org".replace("k", "\u212a"), "known@example.org".replace("o", "ο")]
)
def test_an_address_that_only_looks_like_a_known_one_reads_nothing_of_it(client, known, lookalike):
    for address in (lookalike, known.email):
        client.post("/en/accounts/password/reset/", {"email": address})
    assert {mail.to for mail in OutgoingMail.objects.all() if "Grace" in mail.text} == {known.email}


def test_a_mail_that_the_library_adds_one_day_leaves_in_its_own_words(known, rf):
    from accounts.adapter import AccountAdapter

    AccountAdapter(rf.get("/")).send_mail(
        "account/email/password_reset_code", known.email, {"code": "AB", "user": known}
    )
    assert "AB" in last_mail().text and last_mail().to == known.email
