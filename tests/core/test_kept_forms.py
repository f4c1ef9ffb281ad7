"""Nothing typed is lost: a form that came after its session had ended, or after another sign-in, is there again."""

import re
from html import unescape

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from clusters.models import Person
from core import kept_forms
from sponsorships.models import Sponsorship
from tests import factories
from tests.personas import MANAGER, PARTNER, PI, RIVAL
from tests.sponsorships.uploads import upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("whole_cast", "field_history", "search_index")]
SENTENCE = {
    "en": "Not saved yet: check what you had typed and press Save.",
    "fr": "Pas encore enregistré",
}
TEXT = 'Thèse <b>"longue"</b> & patiente\nsur deux lignes'


def browser(user=None) -> Client:
    client = Client(enforce_csrf_checks=True)
    if user is not None:
        client.force_login(user)
    return client


def form_of(client, there) -> dict:
    """Return the hidden fields of a page's own form, as the browser would send them."""
    page = client.get(there).text
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    hidden += re.findall(r'<input type="hidden" name="([^"]+)"[^>]* value="([^"]*)"', page)
    return {name: unescape(value) for name, value in hidden}


def end_session(client):
    Session.objects.all().delete()
    client.cookies.pop("sessionid")


@pytest.fixture
def page(cast):
    return reverse("sponsorships:new", args=[cast.chair.cluster.slug, cast.chair.slug]) + "?form=whole"


def typed(client, there, **more):
    return {**form_of(client, there), "purpose": TEXT, "cash_amount": "12 000,50", "regime": "patronage", **more}


def test_a_session_that_ended_loses_nothing_of_a_proposal(cast, page):
    client = browser(cast[PARTNER])
    sent = typed(client, page, is_exclusive="on")
    end_session(client)
    answer = client.post(page, sent)
    assert answer.status_code == 302 and "/accounts/login/" in answer.url
    assert not Sponsorship.objects.filter(purpose=TEXT).exists()
    client.force_login(cast[PARTNER])
    again = client.get(page).text
    assert SENTENCE["en"] in again
    assert "Thèse &lt;b&gt;&quot;longue&quot;&lt;/b&gt; &amp; patiente\nsur deux lignes" in again.replace(
        '"longue"', "&quot;longue&quot;"
    )
    assert re.search(r'<input[^>]*name="cash_amount"[^>]*value="12 000,50"', again)
    assert re.search(r'<input[^>]*value="patronage"[^>]* checked', again)
    assert re.search(r'<input[^>]*name="is_exclusive"[^>]* checked', again)
    client.post(page, {**typed(client, page), "cash_amount": "100"})
    assert (
        Sponsorship.objects.filter(purpose=TEXT.replace("\n", "\r\n")).exists()
        or Sponsorship.objects.filter(purpose=TEXT).exists()
    )
    assert SENTENCE["en"] not in client.get(page).text


def test_it_is_said_in_french(cast):
    client = browser(cast[PARTNER])
    there = reverse("sponsorships:new", args=[cast.chair.cluster.slug, cast.chair.slug]).replace("/en/", "/fr/")
    there += "?form=whole"
    sent = typed(client, there)
    end_session(client)
    client.post(there, sent)
    client.force_login(cast[PARTNER])
    assert SENTENCE["fr"] in client.get(there).text


def test_a_token_of_before_a_new_sign_in_leads_back_to_the_filled_form(cast, page):
    client = browser(cast[PARTNER])
    sent = typed(client, page)
    client.logout()
    client.force_login(cast[PARTNER])
    client.cookies["csrftoken"] = "x" * 32
    answer = client.post(page, sent, follow=True)
    assert answer.redirect_chain == [(page, 302)]
    assert SENTENCE["en"] in answer.text and "Thèse" in answer.text


def test_another_person_on_that_browser_sees_nothing(cast, page):
    client = browser(cast[PARTNER])
    sent = typed(client, page)
    end_session(client)
    client.post(page, sent)
    client.force_login(cast[RIVAL])
    again = client.get(page).text
    assert 'name="purpose"' in again
    assert "Thèse" not in again and SENTENCE["en"] not in again
    client.cookies["csrftoken"] = "x" * 32
    assert client.post(page, sent).status_code == 403
    assert "Thèse" not in client.get(page).text


def test_a_form_that_nobody_of_ours_gave_out_is_not_kept(cast, page):
    client = browser()
    for mark in ("", "forged", kept_forms.mark_of(cast[RIVAL])):
        client.post(page, {"purpose": TEXT, "typed_by": mark})
    client.force_login(cast[PARTNER])
    again = client.get(page).text
    assert 'name="purpose"' in again and "Thèse" not in again
    client.cookies["csrftoken"] = "x" * 32
    assert client.post(page, {"purpose": TEXT, "typed_by": "forged"}).status_code == 403


def test_neither_secrets_nor_files_nor_floods_are_kept(cast, page):
    client = browser(cast[PARTNER])
    sent = typed(client, page, password="secret-word", code="123-456", documents=upload())
    end_session(client)
    client.post(page, sent)
    held = str(client.session[kept_forms.SESSION_KEY])
    assert (
        "Thèse" in held
        and "secret-word" not in held
        and "123-456" not in held
        and sent["csrfmiddlewaretoken"] not in held
    )
    client.force_login(cast[PARTNER])
    assert "Files must be chosen again." in client.get(page).text
    client = browser(cast[PARTNER])
    sent = typed(client, page, purpose="x" * (kept_forms.MAX_LETTERS + 1))
    end_session(client)
    client.post(page, sent)
    assert kept_forms.SESSION_KEY not in client.session


def test_what_was_kept_is_forgotten_after_an_hour(cast, page, monkeypatch):
    client = browser(cast[PARTNER])
    sent = typed(client, page)
    end_session(client)
    client.post(page, sent)
    client.force_login(cast[PARTNER])
    monkeypatch.setattr(kept_forms, "LASTS", -1)
    again = client.get(page).text
    assert 'name="purpose"' in again and "Thèse" not in again


def test_the_text_of_a_chairs_page_is_kept(cast):
    client = browser(cast[PI])
    there = reverse("chairs:page_text", args=[cast.chair.cluster.slug, cast.chair.slug])
    sent = {**form_of(client, there), "summary_en": TEXT}
    end_session(client)
    client.post(there, sent)
    client.force_login(cast[PI])
    again = client.get(there).text
    assert SENTENCE["en"] in again and "patiente" in again


def test_the_panels_long_forms_are_kept_with_their_rows_and_what_they_searched(cast):
    client = browser(cast[MANAGER])
    there = reverse("admin:chairs_chair_add", query={"step": "all"})
    person = factories.make_person(name="Ada Exemple")
    Person.objects.filter(pk=person.pk).update(registered_in=cast.chair.cluster)
    sent = {**form_of(client, there), "title_en": "Typed & kept", "summary_en": TEXT}
    sent |= {
        "appointments-TOTAL_FORMS": "4",
        "appointments-INITIAL_FORMS": "0",
        "appointments-3-person": str(person.pk),
    }
    sent |= {"appointments-3-laboratory": "Laboratory of row four", "cluster": str(cast.chair.cluster_id)}
    end_session(client)
    assert client.post(there, sent).status_code == 302
    client.force_login(cast[MANAGER])
    again = client.get(there).text
    assert SENTENCE["en"] in again
    assert 'value="Typed &amp; kept"' in again
    assert 'value="Laboratory of row four"' in again
    assert re.search(rf'<option value="{person.pk}" selected[^>]*>[^<]*Ada Exemple', again)
