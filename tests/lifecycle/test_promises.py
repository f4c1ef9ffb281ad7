"""What a confirmation page promises is what happens: whom it names gets the mail, with the note where it says so."""

import re
from html import unescape

import pytest
from django.contrib import admin
from django.db import transaction

from chairs.models import Chair
from core.models.mail import OutgoingMail
from core.notices import told_of
from core.verbs import verbs_of
from progress.models import ProgressReport
from sponsorships.chair_endings import End, live_in
from sponsorships.models import Agreement, Instalment, Sponsorship
from tests import factories
from tests.lifecycle import expectations as expected
from tests.lifecycle import records
from tests.personas import FINANCE, MANAGER, PARTNER, PI, SECOND_MANAGER, appoint_investigator
from tests.verbs import perform
from yearly.models import ChairYearReport, YearReport

pytestmark = [pytest.mark.django_db, pytest.mark.database(quick=True), pytest.mark.usefixtures("field_history")]
NOTE = "Because the grant was cut."
LIVES = {life.name: life for life in expected.LIVES}
MODELS = {
    "chair": Chair,
    "sponsorship": Sponsorship,
    "agreement": Agreement,
    "instalment": Instalment,
    "report": ProgressReport,
    "chair_year": ChairYearReport,
    "year_report": YearReport,
}
# Who presses the button: the panel's verbs by staff who may, the others by those whose they are.
OTHERS = {PARTNER, PI}
CASES = [(name, verb) for name, life in LIVES.items() for verb in life.moves]
TELLING = re.compile(
    r"\b(told|mail|reads?|(?:the|your) note|prévenue?s?|e-mail|(?:la|votre) note|lit|lisent|lire)\b", re.IGNORECASE
)


def make(cast, name, verb):
    # An unsent draft that its partner throws away is told to nobody.
    status = next(status for status in LIVES[name].moves[verb] if (verb, status) != ("withdraw", "draft"))
    if name == "chair":
        chair = factories.make_chair(status, cluster=cast.cluster, registered_by=cast[MANAGER], with_pi=False)
        if status in {"approved", "active", "suspended"}:
            factories.make_sponsorship("active", cast.contact(PARTNER), chair=chair)
        appoint_investigator(cast, chair)
        return chair
    return getattr(records, f"make_{name}")(cast, status, verb)


def details(record, verb):
    """What runs in a chair is left to run out; what is pending is declined."""
    if not isinstance(record, Chair):
        return records.details(record, verb)
    if verb not in {"close", "withdraw", "suspend"}:
        return {}
    fates = {one.pk: End("leave" if one.status == "active" else "decline", NOTE) for one in live_in(record)}
    return {"ends": fates}


@pytest.mark.parametrize(("name", "verb"), CASES, ids=lambda value: value)
def test_whom_the_page_names_gets_the_mail_with_the_note_where_it_says_so(cast, client, name, verb):
    record = make(cast, name, verb)
    allowed = LIVES[name].allowed[verb]
    by = cast[next(persona for persona in (SECOND_MANAGER, FINANCE, PI, PARTNER) if persona in allowed)]
    page = admin.site.get_model_admin(MODELS[name])
    promised = [(notice, {user.pk for user in notice.whom(record, by)}) for notice in told_of(record, verb, by)]
    if not allowed & OTHERS:
        client.force_login(by)
        shown = client.get(page.verb_url(record, verb))
        assert shown.context["act"].told == [notice for notice, _users in promised]
        text = unescape(shown.text)
        for notice, _users in promised:
            assert str(notice.label) in text
            assert (f"{notice.label}, with your note" in text) or not notice.carries_note
        if not promised:
            assert "nobody" in text
    OutgoingMail.objects.all().delete()
    with transaction.atomic():
        perform(record, verb, by=by, note=NOTE, details=details(record, verb))
    for notice, users in promised:
        mails = OutgoingMail.objects.filter(occasion=notice.template, recipient__in=users)
        assert {mail.recipient_id for mail in mails} == users, notice.template
        for mail in mails:
            assert (NOTE in mail.text) is notice.carries_note, (notice.template, mail.text)
    told = {(mail.occasion, mail.recipient_id) for mail in OutgoingMail.objects.all()}
    assert told == {(notice.template, user) for notice, users in promised for user in users}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_effect_promises_in_words_of_its_own(language):
    from django.utils import translation

    with translation.override(language):
        pages = {name: admin.site.get_model_admin(MODELS[name]) for name in LIVES}
        effects = {(name, verb): page.effect(verb) for name, page in pages.items() for verb in LIVES[name].moves}
    assert any(effects.values())
    assert {move: effect for move, effect in effects.items() if TELLING.search(effect)} == {}


@pytest.mark.parametrize(
    ("name", "verb"),
    [
        ("sponsorship", "terminate"),
        ("sponsorship", "decline"),
        ("chair", "suspend"),
        ("chair", "close"),
        ("chair", "withdraw"),
        ("instalment", "refund"),
        ("instalment", "reverse_payment"),
        ("instalment", "cancel_invoice"),
    ],
)
def test_the_partner_is_told_and_finds_the_line_with_the_note_on_its_file(cast, client, name, verb):
    if (name, verb) == ("chair", "withdraw"):
        record = factories.make_chair("approved", cluster=cast.cluster, with_pi=False)
        factories.make_sponsorship("submitted", cast.contact(PARTNER), chair=record)
    else:
        record = make(cast, name, verb)
    assert any(notice.is_for_partner and notice.carries_note for notice in verbs_of(MODELS[name])[verb].tells)
    perform(record, verb, by=cast[SECOND_MANAGER], note=NOTE, details=details(record, verb))
    mail = OutgoingMail.objects.filter(recipient=cast[PARTNER]).latest("pk")
    assert NOTE in mail.text and cast[SECOND_MANAGER].name not in mail.text
    client.force_login(cast[PARTNER])
    file = Sponsorship.objects.get(partner=cast.company)
    page = client.get(f"/en/my/sponsorships/{file.reference}/").text
    assert NOTE in page and cast[SECOND_MANAGER].name not in page
