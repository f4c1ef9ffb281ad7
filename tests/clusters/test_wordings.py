"""The coordinator changes the words of a mail: known places alone, a preview, and a way back."""

import datetime
import re

import pytest

from clusters.enums import Role
from core.mail import wording
from core.mail.queue import queue_mail
from core.models.mail_wording import MailWording
from tests import factories

pytestmark = pytest.mark.django_db
THERE, OCCASION = "/admin/mails/reminders/chair_ends_staff/", "reminders/chair_ends_staff"
DAY = datetime.date(2027, 3, 31)
WORDS = {
    "subject_en": "{chair} ends",
    "body_en": "Mind {{ chair }} and {% now %}.",
    "subject_fr": "{chair} se termine",
    "body_fr": "Le {day}.",
}


@pytest.fixture
def coordinator(client):
    user = factories.make_staff(None, Role.COORDINATOR, name="Cora Coordinator")
    client.force_login(user)
    return user


def sent(language: str, title="A chair"):
    chair = factories.make_chair("active", title_en=title, title_fr=title)
    reader = factories.make_user(language=language)
    return queue_mail(reader, OCCASION, {"chair": chair, "day": DAY})


def test_every_mail_that_can_be_reworded_is_offered_in_words_that_would_be_taken():
    for occasion in wording.occasions():
        for language in ("en", "fr"):
            for words in wording.default_words(occasion, language):
                assert words, occasion
                wording.validate_words(words, occasion)
    assert len(wording.occasions()) > 60
    assert not any(one.startswith(("account/", "messages/")) for one in wording.occasions())


def test_unknown_places_and_open_braces_are_refused_with_a_sentence(client, coordinator):
    page = client.post(THERE, {**WORDS, "body_en": "To {secret_key}."}).content.decode()
    assert "{secret_key} is not known in this e-mail. Known: {chair}" in page
    page = client.post(THERE, {**WORDS, "body_en": "To {chair.registered_by}."}).content.decode()
    assert "A brace is open or empty" in page
    page = client.post(THERE, WORDS).content.decode()  # a template's braces are no place
    assert "A brace is open or empty" in page and "Mind {{ chair }}" in page
    assert not MailWording.objects.exists()


@pytest.mark.database
def test_words_are_shown_before_they_are_kept_then_sent_and_given_up(client, coordinator):
    # A mail is known by its subject, on the list and on its page.
    listed, own = client.get("/admin/mails/").text, client.get(THERE).text
    assert re.search(rf'<a href="{THERE}"[^>]*>{re.escape(wording.default_words(OCCASION, "en")[0])}</a>', listed)
    assert wording.default_words(OCCASION, "en")[0] in own and "<h1>Words of an e-mail</h1>" in own
    words = {**WORDS, "body_en": "Mind {chair}, until {day}."}
    page = client.post(THERE, {**words, "preview": "1"}).content.decode()
    assert "Mind Trustworthy AI for hospitals, until 31 March 2026." in page
    assert not MailWording.objects.exists()
    client.post(THERE, words)
    assert "Cora Coordinator" in client.get(THERE).content.decode()
    mail = sent("en", title="A {day} chair {% now %}")
    assert mail.subject == "A {day} chair {% now %} ends"
    assert "Mind A {day} chair {% now %}, until 31 March 2027." in " ".join(mail.text.split())
    assert "Le 31 mars 2027." in sent("fr").text
    client.post(THERE + "default/")
    assert "Mind" not in sent("en").text and "A chair" in sent("en").text


def test_a_place_where_nothing_stands_takes_its_line_along(client, coordinator):
    body = "It was accepted.\n\nTheir note:\n\n{note}\n\nGoodbye."
    MailWording.objects.create(
        occasion="sponsorships/accepted_partner", language="en", subject="Yes", body=body, by=coordinator
    )
    assert wording.own_words("sponsorships/accepted_partner", {"note": ""}) == ("Yes", "It was accepted.\n\nGoodbye.")
    assert "Their note:\n\nWell done" in wording.own_words("sponsorships/accepted_partner", {"note": "Well done"})[1]


def test_managers_read_what_was_sent_about_their_records_and_nothing_else(client):
    here = factories.make_cluster()
    chair = factories.make_chair("active", cluster=here, title_en="Chair here")
    reader = factories.make_user("reader@example.org", name="Rosa Reader", language="en")
    ours = queue_mail(reader, OCCASION, {"chair": chair, "day": DAY})
    theirs = sent("en", title="Chair elsewhere")
    client.force_login(factories.make_staff(here, Role.MANAGER))
    page = client.get("/admin/core/outgoingmail/").content.decode()
    assert "Chair here" in page and "Rosa Reader" in page
    assert "Chair elsewhere" not in page and "reader@example.org" not in page
    there = f"/admin/core/outgoingmail/{ours.pk}/change/"
    assert "Chair here" in client.get(there).content.decode()
    assert client.get(f"/admin/core/outgoingmail/{theirs.pk}/change/").status_code == 404
    assert client.post(f"/admin/core/outgoingmail/{ours.pk}/resend/").status_code == 403
    about = f"/admin/core/outgoingmail/?about=chairs.chair:{chair.pk}"
    assert "Chair here" in client.get(about).content.decode()
    other = factories.make_chair("active", cluster=here)
    assert "Chair here" not in client.get(f"/admin/core/outgoingmail/?about=chairs.chair:{other.pk}").content.decode()
    client.force_login(factories.make_staff(here, Role.EDITOR))
    assert client.get("/admin/core/outgoingmail/").status_code == 403
