"""A company with no account finds what to support, and reads in time what came of it.

Its research director, a colleague who signs, the office, an investigator and the public sit each at a browser of their
own, and go where their mails lead. What other journeys walk through is brought about by the verbs themselves: the office
accepts, drafts and issues the agreement, countersigns it and starts the research (test_money_to_the_last_euro.py).
"""

import datetime
from decimal import Decimal

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from sponsorships.enums import AgreementPath
from sponsorships.models import Sponsorship
from tests import factories
from tests.journeys.company import Company
from tests.personas import EDITOR, MANAGER, PI, make_cast
from tests.verbs import perform

pytestmark = [pytest.mark.browser, pytest.mark.exhaustive]

COMPANY, DIRECTOR, SIGNATORY, OFFICE = "Marées Robotique", "ines@example.org", "paul@example.org", "editor@example.org"
CHAIR = {"title_en": "Robots at sea", "title_fr": "Des robots en mer", "starts_on": datetime.date(2026, 9, 1)}
PLAN, TIMETABLE, FIGURES = (factories.PDF + name for name in (b"%plan", b"%timetable", b"%figures"))
QUESTION, ANSWER = "Here is our plan of the quay.", "Thank you. Here is when we could begin."
RESULT, FOR_THE_PUBLIC = "Aucun choc en trois mois.", "Un robot apprend le port."


@pytest.fixture
def cast(transactional_db):
    """The cast; their chair works on the sea, and an activity in it needs €60,000."""
    cast = make_cast()
    for name, value in CHAIR.items():
        setattr(cast.chair, name, value)
    cast.chair.save()
    cast.chair.themes.add(factories.make_theme(cast.cluster, name_en="Ocean", name_fr="Océan"))
    factories.make_activity(cast.chair, title_en="A harbour robot", target=Decimal("60000.00"))
    return cast


def test_a_company_finds_proposes_invites_talks_reads_a_report_and_says_what_the_public_sees(come, come_staff, cast):
    director, signatory = come("en", Company), come("en", Company)
    find(director)
    begin(director)
    invite(director, signatory)
    send(director)

    editor = come_staff("en", cast[EDITOR])
    talk(director, editor)
    agree(signatory, cast[MANAGER])
    report(come("fr", as_user=cast[PI]), editor, director)
    publish(director, come("fr"))


def find(director):
    """From the home page, without an account: what suits the company, why, and what speaks against it."""
    director.open("/en/")
    director.follow("Fund research")
    director.reads("You need no account, and nothing is stored.")
    director.ask_for("Ocean", q="robots", budget="40,000", start="2026-01-01")
    director.reads("Matches your words: robots.")
    director.reads("It works on your theme: Ocean.")
    director.reads("Its target is €60,000: your €40,000 is within it.")
    director.reads("The chair begins on 1 September 2026, after your date.")
    director.follow("Propose to fund this activity")


def begin(director):
    """A first page, an account, an organisation for which she may not sign, and a draft of what she clicked on."""
    expect(director.page.get_by_role("radio", name="A harbour robot")).to_be_checked()
    director.press("Continue with a new account")
    director.sign_up("Inès Duval", DIRECTOR)
    director.register(COMPANY, "732 829 320", "Manufacturing", "Mid-sized (250 to 4,999 people)", signs=False)
    director.follow("Everything on one page")
    director.has_chosen(activity="A harbour robot (target €60,000)")
    director.fill(purpose="Fewer accidents.", cash_amount="40,000", starts_on="2026-10-01", ends_on="2028-09-30")
    director.tick("regime", "partnership")
    director.tick("confidentiality", "public")
    director.press("Save the draft")
    director.sees_state("Not yet sent")


def invite(director, signatory):
    director.follow("Go on writing")
    director.follow("Invite a colleague")
    director.fill(email=SIGNATORY)
    director.tick("is_signatory")
    director.press("Send the invitation")
    director.is_told(f"{SIGNATORY} is invited by e-mail.")

    signatory.open_mail(SIGNATORY, f"Inès Duval invites you to act for {COMPANY}", says="sign up with this address")
    signatory.sign_up("Paul Ferrand", SIGNATORY)
    signatory.reads(f"Inès Duval invites you to act for {COMPANY}.")
    signatory.reads("Signatory")
    signatory.press("Accept")
    signatory.is_told(f"You now act for {COMPANY}.")


def send(director):
    director.open_mail(DIRECTOR, f"Paul Ferrand now acts for {COMPANY}")
    director.follow("My pages", within="header")
    director.follow("Go on writing")
    director.choose(signatory="Paul Ferrand")
    director.press("Save and continue to sending")
    director.press("Send the proposal")
    director.sees_state("Sent")


def talk(director, editor):
    """She writes to the office, which answers under its own name; each hands the other a file."""
    director.follow("Read and write messages")
    director.write(QUESTION, "plan.pdf", PLAN)

    editor.open_mail(OFFICE, f"New message: {COMPANY} in “Robots at sea”", says=QUESTION)
    editor.reads(QUESTION)
    assert editor.download("plan.pdf") == PLAN
    editor.write(ANSWER, "timetable.pdf", TIMETABLE)

    director.open_mail(DIRECTOR, "New message about “Robots at sea”", says=ANSWER)
    director.reads("The office of Cluster of the cast")
    director.reads(ANSWER)
    assert director.download("timetable.pdf") == TIMETABLE


def agree(signatory, manager):
    """The colleague signs what the office issued; everything around it is told elsewhere."""
    for verb in ("review", "accept"):
        sponsorship = perform(Sponsorship.objects.get(), verb, by=manager)
    agreement = factories.make_agreement(sponsorship, by=manager, path=AgreementPath.GENERATED)
    perform(agreement, "issue", by=manager)

    signatory.open_mail(SIGNATORY, "To be signed: Research partnership agreement for “Robots at sea”")
    signatory.reads("Your signature is awaited.")
    signatory.sign("Paul Ferrand")
    signatory.follow("The proposal")
    signatory.reads("The managing institution signs next.")

    agreement.refresh_from_db()
    signature = {"name": "Max Manager", "address": "192.0.2.8", "code_confirmed_at": timezone.now()}
    perform(agreement, "countersign", by=manager, details=signature)
    perform(Sponsorship.objects.get(), "activate", by=manager)


def report(investigator, editor, director):
    """An investigator writes what was done, the office reads and accepts, the company reads it the same day."""
    investigator.open("/fr/my/")
    investigator.follow(COMPANY)
    investigator.follow("Write a report")
    investigator.fill(starts_on="2026-10-01", ends_on="2026-12-31", done="Un robot suit le quai.", result=RESULT)
    investigator.fill(public_paragraph_fr=FOR_THE_PUBLIC)
    investigator.attach("figures.pdf", FIGURES)
    investigator.press("Save")
    investigator.press("Hand in")
    investigator.is_told("Votre rapport est remis.")

    editor.open_mail(OFFICE, "A report on “Robots at sea” has been handed in")
    editor.reads(RESULT)
    editor.perform("Accept")

    director.open_mail(DIRECTOR, "What was done in “Robots at sea”: a report for you")
    director.reads(RESULT)
    assert director.download("figures.pdf") == FIGURES


def publish(director, visitor):
    """What a visitor reads of her company: all of it, then a band, then nothing, as her own page says each time."""
    visitor.open("/fr/")
    visitor.fill(q="robots mer")
    visitor.press("Search")
    visitor.follow("Des robots en mer")
    for told in (COMPANY, "40 000 €", FOR_THE_PUBLIC):
        visitor.reads(told)

    director.follow("The proposal")
    director.follow("Change what the public may see")
    director.reads("€40,000 in cash")
    director.tick("confidentiality", "band")
    director.press("Save")
    director.reads("€10,000 to €50,000 in cash")
    visitor.page.reload()
    visitor.reads("de 10 000 € à 50 000 €")
    visitor.finds_no("40 000 €")

    director.tick("confidentiality", "anonymous")
    director.press("Save")
    director.reads("Nothing at all: neither your name nor an amount.")
    visitor.page.reload()
    visitor.reads("Des robots en mer")
    for private in (COMPANY, "50 000 €", FOR_THE_PUBLIC):
        visitor.finds_no(private)
