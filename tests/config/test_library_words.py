"""The libraries' English is read as ours: “Sign in”, not “Sign In”; “e-mail address”, not “email address”."""

import re
from html import unescape

import pytest
from django.urls import reverse
from django.utils.translation import gettext

from config import library_translations
from tests import factories

TEXT = re.compile(r">([^<>]+)<")
FOR_ALL = ["account_request_login_code", "account_reset_password", "account_reset_password_done", "account_inactive"]
FOR_VISITORS = ["account_login", "account_signup", "account_reset_password_from_key_done", *FOR_ALL]
FOR_MEMBERS = [
    *("account_email", "account_change_password", "account_logout", "account_reauthenticate"),
    *("mfa_index", "mfa_list_webauthn", "mfa_activate_totp", *FOR_ALL),
]


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("Sign In", "Sign in"),
        ("Two-Factor Authentication", "Two-factor authentication"),
        ("Sign In Via %(provider)s", "Sign in via %(provider)s"),
        ("Confirm Email Address", "Confirm e-mail address"),
        ("Enter a valid email address.", "Enter a valid e-mail address."),
        # Names, what begins a sentence or a line of a list, and what is no word of a sentence.
        ("TOTP Authenticator", "TOTP authenticator"),
        ("This functionality requires JavaScript.", "This functionality requires JavaScript."),
        ("Confirmation email sent to %(email)s.", "Confirmation e-mail sent to %(email)s."),
    ],
)
def test_a_text_of_a_library_is_said_as_we_say_it(theirs, ours):
    assert gettext(theirs) == ours


def test_what_begins_a_sentence_or_a_line_keeps_its_capital():
    changed = {message.id: message.string for message in library_translations.corrected("en") if "\n" in message.id}
    assert len(changed) > 3
    for theirs, ours in changed.items():
        assert re.findall(r"(?:^|[.:]\s+|\n- ?|\n)[A-Z]", theirs) == re.findall(r"(?:^|[.:]\s+|\n- ?|\n)[A-Z]", ours)


@pytest.mark.django_db
@pytest.mark.parametrize("is_member", [False, True])
def test_no_page_of_accounts_shows_a_text_in_the_librarys_words(client, is_member):
    texts = {message.id for message in library_translations.corrected("en") if isinstance(message.id, str)}
    if is_member:
        client.force_login(factories.make_user("member@example.org"))
    shown = set()
    for name in FOR_MEMBERS if is_member else FOR_VISITORS:
        page = client.get(reverse(name), follow=True)
        assert page.status_code == 200
        shown |= {unescape(text).strip() for text in TEXT.findall(page.text)}
    assert (
        {"Change password", "Sign out"} <= shown
        if is_member
        else {"Sign in", "Reset my password", "Request code"} <= shown
    )
    assert not shown & texts
