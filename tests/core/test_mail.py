import pytest
from django.core import mail as outgoing
from django.db import transaction

from core.mail.queue import queue_mail
from core.models.mail import OutgoingMail
from tests.factories import make_chair, make_user

pytestmark = pytest.mark.django_db


def queue(user, **context):
    values = {"chair": make_chair(title_en="Robots", title_fr="Les robots"), "by": make_user(name="Ada"), "note": ""}
    return queue_mail(user, "chairs/approved", {**values, **context}, link=("profile",))


def test_a_mail_is_written_in_its_receivers_language():
    mail = queue(make_user(language="fr"))
    assert "Les robots" in mail.subject
    assert "http://localhost/fr/accounts/profile/" in mail.text
    assert '<html lang="fr">' in mail.html


def test_the_link_stands_in_both_forms():
    mail = queue(make_user(language="en"))
    assert "http://localhost/en/accounts/profile/" in mail.text
    assert 'href="http://localhost/en/accounts/profile/"' in mail.html


def test_markup_in_a_record_is_text_in_the_html_form_and_untouched_in_the_other():
    mail = queue(make_user(), by=make_user(name="<b>Ada & co</b>"))
    assert "<b>Ada & co</b>" in mail.text
    assert "&lt;b&gt;Ada &amp; co&lt;/b&gt;" in mail.html
    assert "<b>" not in mail.html


def test_a_subject_stays_one_short_line():
    chair = make_chair(title_en="Two\nlines " * 30)
    mail = queue(make_user(), chair=chair)
    assert "Two lines Two lines" in mail.subject and "\n" not in mail.subject
    assert len(mail.subject) <= 200


def test_nobody_writes_to_a_closed_account():
    assert queue(make_user(is_active=False)) is None
    assert not OutgoingMail.objects.exists()
    assert queue(make_user()) == OutgoingMail.objects.get()


def test_it_leaves_after_the_commit(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        queue(make_user("somebody@example.org"))
        assert outgoing.outbox == []
    [sent] = outgoing.outbox
    assert sent.to == ["somebody@example.org"]


def test_nothing_is_mailed_when_the_transaction_is_rolled_back(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        with pytest.raises(RuntimeError), transaction.atomic():
            queue(make_user())
            raise RuntimeError
    assert outgoing.outbox == []
    assert not OutgoingMail.objects.exists()
