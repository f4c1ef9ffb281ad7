"""Every mail, as text and as HTML, in both languages: nothing missing, nothing fetched, a link that leads somewhere."""

import re
from copy import deepcopy

import pytest
from django.conf import settings
from django.test import override_settings
from django.urls import resolve, reverse
from django.utils import translation

from core.mail.queue import queue_mail
from tests import factories
from tests.accounts.mailbox import last_mail
from tests.sponsorships.mail_occasions import OCCASIONS, sample

pytestmark = pytest.mark.django_db
WIDTH = 72


@pytest.fixture(scope="module", autouse=True)
def telling():
    """Let a variable that a template lacks be seen."""
    templates = deepcopy(settings.TEMPLATES)
    templates[0]["OPTIONS"]["string_if_invalid"] = "MISSING(%s)"
    with override_settings(TEMPLATES=templates):
        yield


@pytest.fixture(params=["en", "fr"])
def reader(request):
    return factories.make_user(language=request.param, name="Grace <i>Hopper</i>")


@pytest.mark.parametrize("occasion", OCCASIONS)
def test_a_mail_is_whole(reader, occasion, everything_told):
    context, link = sample(everything_told, occasion)
    mail = queue_mail(reader, occasion, context, link=link)
    for text in (mail.subject, mail.text, mail.html):
        assert "MISSING" not in text
        assert "{{" not in text
        assert "{%" not in text
    assert mail.subject
    assert mail.text.count(reader.name) == 1
    address = re.search(rf"^{re.escape(settings.SITE_URL)}(\S+)$", mail.text, re.MULTILINE)[1]
    with translation.override(reader.language):
        assert resolve(address).view_name == link[0]
    assert f'href="{settings.SITE_URL}{address}"' in mail.html


@pytest.mark.parametrize("occasion", OCCASIONS)
def test_text_is_wrapped_and_html_fetches_nothing(reader, occasion, everything_told):
    context, link = sample(everything_told, occasion)
    mail = queue_mail(reader, occasion, context, link=link)
    long = [line for line in mail.text.splitlines() if len(line) > WIDTH and settings.SITE_URL not in line]
    assert long == []
    assert not re.search(r"<img|<link|url\(|@import|src=|<script", mail.html)
    assert "Grace &lt;i&gt;Hopper" in mail.html
    assert "prefers-color-scheme: dark" in mail.html
    assert len(mail.html) < 12_000


def test_sign_in_mails_wear_the_same_clothes(client):
    factories.make_user("ada@example.org", name="Ada", language="en")
    client.post(reverse("account_request_login_code"), {"email": "ada@example.org"})
    mail = last_mail()
    code = re.search(r"^[A-Z0-9-]{6,}$", mail.text, re.MULTILINE)[0]
    assert code in mail.html
    assert mail.text.startswith("Hello")
    assert "MISSING" not in mail.text + mail.html
    assert "Hello from" not in mail.text


def test_a_link_in_a_sign_in_mail_can_be_followed(client):
    factories.make_user("ada@example.org")
    client.post(reverse("account_reset_password"), {"email": "ada@example.org"})
    mail = last_mail()
    address = re.search(r"https?://\S+", mail.text)[0]
    assert f'href="{address}"' in mail.html


def test_somebody_unknown_is_greeted_all_the_same(client):
    client.post(reverse("account_reset_password"), {"email": "nobody@example.org"})
    mail = last_mail()
    assert mail.text.startswith("Hello,")
    assert "MISSING" not in mail.text
