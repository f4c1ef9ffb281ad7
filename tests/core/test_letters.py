"""A letter to the people of a list: shown first, once to each, and not to who wants none."""

import html
import re
import uuid

import pytest
from django.core import mail as post
from django.test import Client

from clusters.enums import Role
from core.mail.letters import Letter
from core.mail.letters import send as write
from core.mail.outbox import send, take
from core.models.mail import OutgoingMail
from core.models.mail_opt_out import MailOptOut
from tests import factories

pytestmark = pytest.mark.django_db
THERE = "/admin/lists/partners/partner/write/"
TOKEN = "3f2504e0-4f89-41d3-9a0c-0305e82c3301"
WORDS = {"subject": "Open day", "text": "Come on Monday.\n{{ secret }}", "token": TOKEN}


@pytest.fixture
def contact(client):
    cluster = factories.make_cluster()
    found = factories.make_contact(user=factories.make_user("contact@example.org", name="Carl Contact"))
    chair = factories.make_chair("active", cluster=cluster)
    factories.make_sponsorship("submitted", contact=found, chair=chair)
    factories.make_sponsorship("submitted", contact=factories.make_contact(user=factories.make_user("x@example.org")))
    client.force_login(factories.make_staff(cluster, Role.MANAGER, name="Maria Manager"))
    return found


def sent(client, words):
    """Show the letter, then send what was shown. Return what was posted."""
    page = client.post(THERE, {**words, "show": "1"}).content.decode()
    posted = {**words, "stamp": re.search(r'name="stamp" value="(\w+)"', page)[1], "send": "1"}
    client.post(THERE, posted)
    return posted


def letters():
    return OutgoingMail.objects.filter(occasion="letters/letter")


@pytest.mark.database
def test_a_letter_is_shown_then_sent_once_with_a_way_to_refuse_more(client, contact):
    page = client.post(THERE, {**WORDS, "show": "1"}).content.decode()
    assert "Come on Monday." in page and "Carl Contact" in page and not letters().exists()
    posted = sent(client, WORDS)
    client.post(THERE, posted)  # the second click
    [letter] = letters()
    assert letter.recipient == contact.user and letter.subject == "Open day"
    assert "Maria Manager wrote this to you" in letter.text and "{{ secret }}" in letter.text
    send(take(letter.pk))
    headers = post.outbox[-1].extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    there = re.fullmatch(r"<https?://[^/]+(/\S+)>", headers["List-Unsubscribe"])[1]
    reader = Client(enforce_csrf_checks=True)
    assert "no more letters" in reader.get(there).content.decode() and not MailOptOut.objects.exists()
    assert reader.post(there, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert MailOptOut.objects.get().address == "contact@example.org"
    assert reader.post(there[:-2] + "/").status_code == 404


@pytest.mark.parametrize(
    "change",
    [{"text": "Come on Tuesday."}, {"subject": "A closed day"}, {"is_about_their_file": "on"}, {"stamp": ""}],
)
def test_what_changed_after_it_was_shown_is_shown_again_and_only_then_sent(client, contact, change):
    page = client.post(THERE, {**WORDS, "show": "1"}).content.decode()
    stamp = re.search(r'name="stamp" value="(\w+)"', page)[1]
    posted = {**WORDS, "stamp": stamp, "send": "1", **change}
    page = client.post(THERE, posted).content.decode()
    assert "Nothing was sent" in page and not letters().exists()
    assert posted["text"].splitlines()[0] in page and posted["subject"] in page
    client.post(THERE, {**posted, "stamp": re.search(r'name="stamp" value="(\w+)"', page)[1]})
    assert letters().get().subject == posted["subject"]


def test_who_joined_the_list_after_the_letter_was_shown_is_shown_first(client, contact):
    page = client.post(THERE, {**WORDS, "show": "1"}).content.decode()
    posted = {**WORDS, "stamp": re.search(r'name="stamp" value="(\w+)"', page)[1], "send": "1"}
    late = factories.make_user("late@example.org", name="Lena Late")
    factories.make_contact(user=late, partner=contact.partner)
    page = client.post(THERE, posted).content.decode()
    assert "Nothing was sent" in page and "Lena Late" in page and not letters().exists()
    sent(client, WORDS)
    assert letters().count() == 2


def test_what_is_shown_is_the_mail_that_leaves(client, contact):
    page = client.post(THERE, {**WORDS, "show": "1"}).content.decode()
    shown = html.unescape(re.search(r'<pre class="mail-text" data-verbatim>(.*?)</pre>', page, re.DOTALL)[1])
    sent(client, WORDS)
    left = letters().get()
    # All but the link by which its reader refuses more letters.
    assert left.unsubscribe_url in left.text and "/letters/" not in shown
    address = left.unsubscribe_url.partition("/letters/")[0]
    assert "Hello Carl Contact," in shown and shown == left.text.replace(left.unsubscribe_url, f"{address}/…")


def test_a_stand_in_s_letter_says_on_whose_behalf(contact):
    writer = factories.make_user("stand.in@example.org", name="Bela Between")
    writer.acts_for = factories.make_user("away@example.org", name="Anna Away")
    words = {"subject": "Open day", "text": "Come on Monday.", "is_about_their_file": True, "token": uuid.uuid4()}
    assert write(Letter(by=writer, **words), [("contact@example.org", "Carl Contact")]) == 1
    assert "Bela Between wrote this to you on Cathedra, on behalf of Anna Away." in letters().get().text


def test_who_refused_gets_only_what_is_about_their_own_file(client, contact):
    MailOptOut.objects.create(address="contact@example.org")
    page = client.post(THERE, {**WORDS, "show": "1"}).content.decode()
    assert "1 person wants no such letters." in page
    sent(client, WORDS)
    assert not letters().exists()
    sent(client, {**WORDS, "is_about_their_file": "on"})
    [letter] = letters()
    assert "no more letters" not in letter.text
    send(take(letter.pk))
    assert "List-Unsubscribe" not in post.outbox[-1].extra_headers


def test_who_may_not_write_to_the_people_of_a_list_sends_no_letter(client, contact):
    client.force_login(factories.make_staff(factories.make_cluster(), Role.READER))
    assert client.post(THERE, {**WORDS, "send": "1"}).status_code == 403
    assert not letters().exists()
