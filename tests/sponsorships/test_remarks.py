"""A request for changes names the parts that it is about; the partner reads each beside its field."""

import pytest
from django.core import mail as outgoing
from django.urls import reverse

from sponsorships.models import FieldRemark, Sponsorship
from sponsorships.proposals.remarks import open_remarks
from tests import factories
from tests.personas import EDITOR, MANAGER, PARTNER
from tests.verbs import perform

pytestmark = pytest.mark.usefixtures("whole_cast", "field_history")


@pytest.fixture
def file(cast):
    return factories.make_sponsorship("in_review", cast.contact(PARTNER), chair=cast.chair)


def ask(client, file, **typed):
    there = reverse("admin:sponsorships_sponsorship_verb", args=[file.pk, "request_changes"])
    return client.post(there, {"note": "Nearly there.", **typed}, follow=True)


def test_staff_tick_a_part_and_the_partner_reads_it_beside_its_field(client, cast, file):
    client.force_login(cast[EDITOR])
    ask(
        client,
        file,
        ask_cash_amount="on",
        remark_cash_amount="Half of it?",
        ask_documents="on",
        remark_documents="A plan?",
    )
    client.force_login(cast[PARTNER])
    form = client.get(reverse("sponsorships:edit", args=[file.reference])).text
    for words in ("Nearly there.", "Half of it?", "A plan?"):
        assert words in form
    assert form.index("Half of it?") < form.index('name="cash_amount"') < form.index('name="in_kind_amount"')
    assert "Half of it?" in client.get(file.get_absolute_url()).text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"ask_purpose": "on"}, "Say what should change here, or untick it."),
        ({"remark_purpose": "Why?"}, "Tick this part, or clear what you wrote about it."),
        ({"ask_purpose": "on", "remark_purpose": "x" * 2001}, "at most 2000 characters"),
        ({"note": "", "ask_purpose": "on", "remark_purpose": "Why?"}, "Say why"),
    ],
)
def test_half_a_remark_gets_a_sentence_and_nothing_happens(client, cast, file, typed, sentence):
    client.force_login(cast[EDITOR])
    assert sentence in ask(client, file, **typed).text
    assert Sponsorship.objects.get(pk=file.pk).status == "in_review"
    assert not FieldRemark.objects.exists()


def test_no_part_need_be_named(client, cast, file):
    client.force_login(cast[EDITOR])
    ask(client, file)
    assert Sponsorship.objects.get(pk=file.pk).status == "changes_requested"


def test_sending_it_again_clears_them_and_the_record_keeps_them(client, cast, file):
    perform(file, "request_changes", by=cast[MANAGER], note="See below.", details={"remarks": {"purpose": "Whose?"}})
    file = perform(file, "resubmit", by=cast[PARTNER])
    assert open_remarks(file) == []
    client.force_login(cast[PARTNER])
    assert "Whose?" in client.get(file.get_absolute_url()).text.partition("What has happened")[2]
    client.force_login(cast[MANAGER])
    assert "Whose?" in client.get(reverse("admin:sponsorships_sponsorship_change", args=[file.pk])).text


def test_the_mail_says_them_in_the_readers_language(cast, file, django_capture_on_commit_callbacks):
    cast[PARTNER].language = "fr"
    cast[PARTNER].save()
    with django_capture_on_commit_callbacks(execute=True):
        perform(file, "request_changes", by=cast[MANAGER], note="Ask.", details={"remarks": {"cash_amount": "Less?"}})
    [mail] = outgoing.outbox
    assert "Numéraire (€)" in mail.body
    assert "Less?" in mail.body


def test_a_remark_in_markup_is_text(client, cast, file):
    remark = {"purpose": "<img src=x onerror=alert(1)>{{ 1|add:1 }}"}
    perform(file, "request_changes", by=cast[MANAGER], note="Ask.", details={"remarks": remark})
    client.force_login(cast[PARTNER])
    text = client.get(reverse("sponsorships:edit", args=[file.reference])).text
    assert "<img src=x" not in text
    assert "{{ 1|add:1 }}" in text
