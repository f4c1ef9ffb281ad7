"""Somebody blind finds a chair and sends a first proposal, by keys alone: each step says where one is and what is wrong."""

import pytest

from sponsorships.models import Sponsorship
from tests import factories
from tests.factories import PASSWORD
from tests.journeys.ear import Listener
from tests.journeys.mailbox import mailed_code
from tests.personas import make_cast

pytestmark = [pytest.mark.browser, pytest.mark.exhaustive]

EMAIL = "lea@example.org"
SUBJECT, PURPOSE = "Une thèse sur l’usure", "Des capteurs qui durent."


@pytest.fixture
def cast(transactional_db):
    cast = make_cast()
    factories.make_activity(cast.chair, title_fr=SUBJECT)
    return cast


@pytest.mark.parametrize("scripts", [True, False])
def test_a_proposal_is_sent_by_keys_alone_and_everything_is_said(come, cast, scripts):
    blind = come("fr", Listener, scripts=scripts)
    blind.open(cast.chair.get_absolute_url().replace("/en/", "/fr/"))
    begin(blind)
    make_an_account(blind)
    register(blind)
    write(blind)
    blind.is_at("Send the proposal")
    blind.press_by_key("Send the proposal")
    sent = Sponsorship.objects.get(purpose=PURPOSE)
    assert (sent.status, sent.activity.title_fr, str(sent.cash_amount)) == ("submitted", SUBJECT, "40000.50")
    blind.is_told(blind.word("Your proposal is sent. You will get an e-mail at each step."))
    blind.reads(sent.short_reference)


def begin(blind):
    blind.press_by_key("Fund research in this chair", role="link")
    blind.is_at("Fund research in this chair")
    blind.go_to("radio", "Something else: my own proposal")
    blind.page.keyboard.press("ArrowUp")
    assert blind.heard().name.startswith(SUBJECT)
    blind.type("Purpose", PURPOSE)
    blind.press_by_key("Continue with a new account")


def make_an_account(blind):
    blind.is_at("Create an account")
    blind.type("Your name", "Léa Martin")
    blind.type("E-mail", EMAIL)
    blind.type("Password", "court")
    blind.type("Password", "court")
    blind.press_by_key("Create the account")
    blind.is_told_of_mistakes("trop court")
    blind.go_to("link", "Password")
    blind.page.keyboard.press("Enter")
    assert blind.heard().is_invalid and "trop court" in blind.heard().description
    blind.page.keyboard.type(PASSWORD)
    blind.type("Password", PASSWORD)
    blind.press_by_key("Create the account")
    blind.type("Code", "WRONG")
    blind.press_by_key("Confirm")
    blind.is_told_of_mistakes()
    blind.type("Code", mailed_code())
    blind.press_by_key("Confirm")


def register(blind):
    blind.is_at("Your organisation")
    blind.press_by_key("Register the organisation")
    blind.is_told_of_mistakes(blind.word("Name"), "SIREN")
    blind.type("Name", "Aciers du Rhône")
    blind.type("SIREN", "732 829 320")
    blind.type("Sector", blind.word("Manufacturing"), role="combobox")
    blind.type("Size", blind.word("Mid-sized (250 to 4,999 people)"), role="combobox")
    blind.go_to("checkbox", "I may sign agreements for this organisation")
    blind.page.keyboard.press("Space")
    blind.press_by_key("Register the organisation")


def write(blind):
    blind.is_at("What")
    blind.holds(purpose=PURPOSE)
    blind.press_by_key("Continue")
    blind.is_at("How much and when")
    blind.press_by_key("Continue")
    blind.is_told_of_mistakes(blind.word("Enter a date."))
    blind.type("Cash (€)", "40 000,50")
    blind.type("from", "01012027", role="Date")
    blind.type("until", "12122029", role="Date")
    blind.press_by_key("Continue")
    blind.is_at("How")
    blind.go_to("radio", "")
    blind.page.keyboard.press("Space")
    blind.press_by_key("Continue")
    blind.is_at("Who signs, and what is said of it")
    blind.type("signatory", "Léa", role="combobox")
    blind.go_to("radio", "")
    blind.page.keyboard.press("Space")
    blind.press_by_key("Continue")
