"""Whoever searches is told by e-mail of what is new: confirmed by a link, ended by a click, without an account."""

import datetime
import re

import pytest
from django.core.management import call_command
from django.utils import timezone

from core.mail.resending import masked
from core.models import OutgoingMail
from lists import alerts
from lists.models import LASTS, SearchAlert
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("search_index")]
READER = "Reader@example.org"
ASKED = "/en/lists/chairs/alert/?q=glaciers&page=3&sort=title&colour=red"


@pytest.fixture(autouse=True)
def fresh_limits(settings):
    settings.ACCOUNT_RATE_LIMITS = {}


def ask(client, address=READER, page=ASKED):
    return client.post(page, {"address": address}, follow=True)


def link_in(mail) -> str:
    return re.search(r"http://localhost(/\S+)", mail.text)[1]


def mails(occasion: str):
    return OutgoingMail.objects.filter(occasion=f"alerts/{occasion}").order_by("pk")


def publish(title: str, **overrides):
    return factories.make_chair("active", title_en=title, title_fr=title, **overrides)


def subscribed(client) -> SearchAlert:
    ask(client)
    client.post(link_in(mails("confirm").last()))
    return SearchAlert.objects.get()


def test_a_search_is_subscribed_to_and_ended_without_an_account_or_a_script(client):
    publish("Known glaciers")
    page = client.get("/en/chairs/?q=glaciers").content.decode()
    assert 'href="/en/lists/chairs/alert/?q=glaciers"' in page
    assert "Chairs: glaciers" in client.get(ASKED).content.decode()
    assert "on its way" in ask(client).content.decode() and not SearchAlert.objects.exists()
    [mail] = mails("confirm")
    assert mail.address == READER and mail.secret_until > timezone.now()
    # Whoever typed the address could have typed any words for whoever reads it.
    assert "“Chairs”" in mail.text and "glaciers" not in mail.subject + mail.text
    assert "Do you want to be told" in client.get(link_in(mail)).content.decode() and not SearchAlert.objects.exists()
    assert "You will be told" in client.post(link_in(mail)).content.decode()
    alert = SearchAlert.objects.get()
    assert (alert.address, alert.query, alert.language) == (READER.lower(), "q=glaciers", "en")
    assert alerts.send_due() == 0
    publish("New glaciers")
    publish("New deserts")
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    assert alerts.send_due() == 0, "at most once a day"
    assert (alerts.send_due(tomorrow), alerts.send_due(tomorrow)) == (1, 0)
    [found] = mails("found")
    assert found.subject == "1 new result: Chairs: glaciers" and found.address == READER.lower()
    assert "New glaciers" in found.text and "Known" not in found.text and "deserts" not in found.text
    assert (
        found.unsubscribe_url == f"http://localhost/en/alerts/{alert.token.hex}/end/"
        and found.unsubscribe_url in found.text
        and alert.token.hex not in masked(found)
    )
    end = found.unsubscribe_url.removeprefix("http://localhost")
    assert "Do you want no more alerts" in client.get(end).content.decode() and SearchAlert.objects.exists()
    # As a mail program does it, in the reader's place.
    assert client.post(end, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not SearchAlert.objects.exists() and "has ended" in client.get(end).content.decode()


def test_each_page_is_called_by_what_has_happened(client):
    """Who hears the pages, or has no scripts, presses a button and must know that it worked."""
    asked = ask(client)
    confirm = link_in(mails("confirm").last())
    pages = [asked, client.get(confirm), client.post(confirm)]
    end = alerts.end_url(SearchAlert.objects.get())
    pages += [client.get(end), client.post(end)]
    called = [
        "Open the link that we sent",
        "Confirm the alert",
        "The alert is confirmed",
        "End this alert",
        "The alert has ended",
    ]
    for page, name in zip(pages, called, strict=True):
        assert f"<title>{name} · " in page.text and f"<h1>{name}</h1>" in page.text


def test_what_was_told_is_not_told_again_and_what_is_made_up_never(client):
    alert = subscribed(client)
    chair = publish("Glaciers that come and go")
    publish("Invented glaciers", origin="demonstration")
    days = [timezone.localdate() + datetime.timedelta(days=number) for number in (1, 2, 3)]
    assert alerts.send_due(days[0]) == 1
    chair.__class__.objects.filter(pk=chair.pk).update(title_en="Other", title_fr="Autre")
    assert alerts.send_due(days[1]) == 0
    chair.title_en = chair.title_fr = "Glaciers again"
    chair.save()
    assert alerts.send_due(days[2]) == 0 and SearchAlert.objects.get(pk=alert.pk).looked_on == days[2]
    assert "Invented" not in mails("found").get().text


def test_nobody_learns_who_has_an_alert_and_no_mailbox_is_filled(client):
    subscribed(client)
    known, unknown = ask(client), ask(client, "somebody@example.org")
    assert known.content == unknown.content and mails("confirm").count() == 3
    for _time in range(3):
        ask(client)
    assert mails("confirm").filter(address=READER).count() == alerts.MAX_ASKED_A_DAY
    # Confirmed again, it is the same alert.
    client.post(link_in(mails("confirm").filter(address=READER).last()))
    assert SearchAlert.objects.count() == 1


def test_what_is_wrong_is_said_beside_the_field_and_no_link_can_be_made_up(client, settings):
    page = ask(client, "not an address").content.decode()
    assert "Enter a valid e-mail address" in page and 'value="not an address"' in page
    assert not mails("confirm").exists() and "too many words" in client.get(f"{ASKED}&q={'x' * 700}").content.decode()
    assert client.get("/en/alerts/confirm/x:y:z/").status_code == 404
    settings.ACCOUNT_RATE_LIMITS = {"ask_alert": "1/h/ip"}
    assert [ask(client, f"{one}@example.org").status_code for one in "ab"] == [200, 429]
    assert mails("confirm").count() == 1


def test_an_alert_of_a_list_that_is_gone_can_be_ended_and_ends(client):
    alert = subscribed(client)
    SearchAlert.objects.update(list_name="vanished")
    assert alerts.send_due() == 0
    end = f"/en/alerts/{alert.token.hex}/end/"
    assert "no more alerts of this search" in client.get(end).text
    SearchAlert.objects.update(ends_on=timezone.localdate() - datetime.timedelta(days=1))
    assert alerts.end_old() == 1 and not SearchAlert.objects.exists() and not mails("ended").exists()
    assert "has ended" in client.get(end).text


def test_nothing_is_kept_longer_than_is_said(client):
    alert = subscribed(client)
    publish("New glaciers")
    alerts.send_due()
    alert.ends_on = timezone.localdate() - datetime.timedelta(days=1)
    alert.save()
    call_command("send_alerts", verbosity=0)
    assert not SearchAlert.objects.exists() and "Your alert has ended" in mails("ended").get().subject
    now = timezone.now()
    assert LASTS.days == 365 and alerts.forget_mails(now) == 0
    assert alerts.forget_mails(now + alerts.CONFIRMED_WITHIN) == 1 and not mails("confirm").exists()
    assert (
        alerts.forget_mails(now + alerts.MAILS_KEPT) == 2
        and not OutgoingMail.objects.filter(address__iexact=READER).exists()
    )


def test_a_subject_stays_on_one_line(client):
    client.post("/en/lists/people/alert/?q=grass%0Amoss", {"address": READER})
    client.post(link_in(mails("confirm").get()))
    SearchAlert.objects.update(ends_on=timezone.localdate() - datetime.timedelta(days=1))
    alerts.end_old()
    assert mails("ended").get().subject == "Your alert has ended: People: grass moss"


def test_a_french_reader_is_written_to_in_french(client):
    client.post("/fr/lists/people/alert/", {"address": READER})
    mail = mails("confirm").get()
    assert mail.subject.startswith("Confirmez votre alerte") and "/fr/alerts/confirm/" in mail.text
    assert "Vous serez averti" in client.post(link_in(mail)).content.decode()
