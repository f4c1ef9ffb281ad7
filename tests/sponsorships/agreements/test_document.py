"""What an agreement's document says, by its regime, its choices and its language."""

import datetime
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format

from sponsorships.agreements.document import as_draft
from sponsorships.models import Agreement
from tests.factories import make_activity, make_agreement, make_chair, make_contact, make_partner, make_sponsorship
from tests.sponsorships.agreements.papers import amended, countersigned, drafted, text_of
from tests.verbs import perform

pytestmark = pytest.mark.django_db


def frozen(agreement: Agreement) -> dict:
    """Return the text that is kept once the draft is issued."""
    return Agreement.objects.get(pk=perform(agreement, "issue", by=agreement.created_by).pk).frozen


def part(document: dict, title: str) -> dict:
    return next(section for section in document["sections"] if section["title"] == title)


def test_it_names_the_parties_and_who_signs():
    contact = make_contact(make_partner(name="Quellis", country="FR", siren="552100554"), job_title="Director")
    agreement = drafted(contact=contact, other_parties="CNRS\nInria")
    facts = dict(part(frozen(agreement), "Parties")["facts"])
    assert facts["The partner"] == f"Quellis\nSIREN 552 100 554\nrepresented by {contact.user.name}, Director"
    assert agreement.managing_institution.name in facts["The managing institution"]
    assert facts["Other parties"] == "CNRS\nInria"


def test_each_contribution_stands_apart_net_of_vat():
    given = {"cash_amount": Decimal("50000.50"), "in_kind_amount": Decimal("2000"), "skills_amount": Decimal("0")}
    amounts = part(frozen(drafted(**given, in_kind_description="Sensors.")), "Amounts")
    assert amounts["table"]["rows"] == [["Cash", "€50,000.50"], ["In kind", "€2,000"]]
    assert "net of VAT" in amounts["table"]["head"][1]


def test_the_instalments_say_what_they_wait_for_and_add_up():
    agreement = drafted(parts=["20000.00", "30000.00"])
    agreement.instalments.filter(number=2).update(condition="report", milestone="Second year", due_on=None)
    schedule = part(frozen(agreement), "Instalments")
    assert [row[2] for row in schedule["table"]["rows"]] == ["€20,000", "€30,000"]
    assert schedule["table"]["rows"][1][1] == "An accepted report (Second year)"
    assert schedule["paragraphs"] == ["Total: €50,000, net of VAT."]


def test_it_is_written_in_its_own_language_whoever_asks():
    activity = make_activity(chair := make_chair("active"), title_fr="Une nuit", title_en="One night")
    agreement = drafted(language="fr", chair=chair, activity=activity)
    with translation.override("en"):
        text = text_of(frozen(agreement))
    assert "Convention de partenariat de recherche" in text and "Une nuit" in text
    assert "50\u202f000\u00a0€" in text
    with translation.override("fr"):
        assert "Research partnership agreement" in text_of(frozen(drafted(language="en")))


def test_a_demonstration_says_so_and_others_do_not():
    assert frozen(drafted())["mark"] == ""
    assert frozen(drafted(origin="demonstration"))["mark"].startswith("Demonstration")
    assert frozen(drafted(origin="demonstration", language="fr"))["mark"].startswith("Démonstration")


def test_a_draft_is_marked_and_its_clauses_are_models_to_check():
    draft = as_draft(drafted())
    assert draft["draft"] == "Draft" and "legal office" in draft["note"]


def test_a_draft_that_lacks_everything_can_be_looked_at(client):
    nothing = {"cash_amount": Decimal("0"), "starts_on": None, "ends_on": None, "signatory": None}
    agreement = drafted(parts=[])
    Agreement.objects.filter(pk=agreement.pk).update(managing_institution=None, **nothing)
    client.force_login(agreement.created_by)
    assert "not chosen yet" in client.get(agreement.get_absolute_url()).text
    preview = client.get(reverse("sponsorships:agreement_preview", args=[agreement.reference]))
    assert preview.content.startswith(b"%PDF-") and "attachment" in preview["Content-Disposition"]
    assert not Agreement.objects.get(pk=agreement.pk).file


def test_a_preview_that_cannot_be_printed_says_why(client):
    agreement = drafted(contact=make_contact(make_partner(name="日")))
    client.force_login(agreement.created_by)
    page = client.get(reverse("sponsorships:agreement_preview", args=[agreement.reference]), follow=True)
    assert "The document cannot show these characters: 日." in page.text


def test_an_amendment_says_what_it_changes_from_when_and_why():
    agreement = countersigned()
    day = agreement.effective_on + datetime.timedelta(days=151)
    change = {"cash_amount": Decimal("60000"), "effective_on": day, "reason": "A second thesis."}
    document = frozen(amended(agreement, parts=["60000.00"], **change))
    changed = part(document, "What this amendment changes")
    assert document["title"] == "Amendment no. 1 to the research partnership agreement"
    assert ["Cash (€)", "€50,000", "€60,000"] in changed["table"]["rows"]
    assert changed["paragraphs"] == [
        f"From {date_format(day)}, the terms below replace the previous ones.",
        "A second thesis.",
    ]


def test_an_amendment_keeps_what_was_invoiced_before_in_its_schedule():
    agreement = countersigned(parts=["10000.00", "40000.00"])
    perform(agreement.sponsorship, "activate", by=agreement.created_by)
    first = agreement.instalments.order_by("number").first()
    perform(first, "fall_due", by=agreement.created_by)
    perform(first, "invoice", by=agreement.created_by, details={"number": "F-1"})
    amendment = amended(agreement, parts=["50000.00"], cash_amount=Decimal("60000"))
    rows = part(frozen(amendment), "Instalments")["table"]["rows"]
    assert [row[2] for row in rows] == ["€10,000", "€50,000"]
    assert rows[0][1].startswith("invoiced or called on")


def test_one_signed_elsewhere_keeps_its_terms_without_our_words():
    agreement = make_agreement(make_sponsorship("accepted"))
    recorded = Agreement.objects.get(pk=perform(agreement, "record", by=agreement.created_by).pk)
    titles = [section["title"] for section in recorded.frozen["sections"]]
    assert "Montants" in titles and not any(title.startswith("Article") for title in titles)
