"""A company finds a chair and proposes to fund research in it; staff answer; nobody else sees any of it."""

import pytest
from django.urls import reverse

from accounts.models import User
from sponsorships.models import Sponsorship
from tests import factories
from tests.journeys.company import Company
from tests.journeys.mailbox import mails_to
from tests.personas import EDITOR, MANAGER, OTHER_MANAGER, RIVAL, make_cast

pytestmark = pytest.mark.browser

EMAIL = "lea@example.org"
COMPANY, PURPOSE = "Aciers du Rhône", "Des capteurs qui durent."
SUBJECT = "Une thèse sur l’usure"
QUESTION, ANSWER = "Combien de doctorants ?", "Un doctorant, trois ans."


@pytest.fixture
def cast(transactional_db):
    """The cast, and an activity of its chair that can be funded."""
    cast = make_cast()
    factories.make_activity(cast.chair, title_fr=SUBJECT)
    return cast


def test_a_company_proposes_comes_back_revises_and_is_accepted_and_no_stranger_sees_it(come, come_staff, cast):
    company = come("fr", Company)
    begin(company, cast.chair)
    come_back_and_send(company)

    editor = come_staff("fr", cast[EDITOR])
    open_in_panel(editor)
    editor.perform("Start the review")
    editor.perform("Request changes", note=QUESTION)

    company.open_only_file()
    company.sees_state("Your answer is awaited")
    company.reads(QUESTION)
    revise(company)

    manager = come_staff("fr", cast[MANAGER])
    open_in_panel(manager)
    manager.reads(ANSWER)
    manager.perform("Accept")

    company.open_only_file()
    company.sees_state("Accepted")
    assert len(mails_to(EMAIL)) >= 4, mails_to(EMAIL)  # the code, then a mail at each step
    see_nothing(come("fr", Company, cast[RIVAL]), come_staff("fr", cast[OTHER_MANAGER]))


def begin(company, chair):
    """From the chair's page to a first page, an account, an organisation, and a draft that is not complete."""
    company.open(f"/fr/chairs/{chair.cluster.slug}/{chair.slug}/")
    company.follow("Fund research in this chair")
    company.page.locator(".activity-card").filter(has_text=SUBJECT).click()
    company.fill(purpose=PURPOSE)
    company.press("Continue with a new account")
    company.sign_up("Léa Martin", EMAIL)
    company.register(COMPANY, "732 829 320", "Manufacturing", "Mid-sized (250 to 4,999 people)")
    company.holds(purpose=PURPOSE)
    company.press("Continue")
    company.fill(cash_amount="40 000,50")
    company.press("Save the draft")
    company.sees_state("Not yet sent")
    company.sign_out()


def come_back_and_send(company):
    company.sign_in(User.objects.get(email=EMAIL))
    company.open_only_file()
    company.follow("Go on writing")  # at the step in which something is missing
    company.fill(starts_on="2027-01-01")
    company.press("Continue")
    company.reads(company.word("Enter a date."))
    company.meets_no_barrier()
    company.fill(ends_on="2029-12-31")
    company.press("Continue")
    company.tick("regime", "partnership")
    company.press("Back")
    company.holds(ends_on="2029-12-31")
    company.press("Continue")
    company.press("Continue")
    company.tick("confidentiality", "public")
    company.choose(signatory="Léa Martin")
    company.press("Continue")
    company.press("Send the proposal")
    company.sees_state("Sent")


def revise(company):
    company.follow("Change the proposal")
    company.fill(purpose=ANSWER)
    company.press("Save and continue to sending")
    company.press("Send the revised proposal")
    company.sees_state("Under review")


def open_in_panel(staff):
    """From the list to the file."""
    staff.open("/admin/sponsorships/sponsorship/")
    row = staff.page.locator("#result_list tr").filter(has_text=COMPANY)
    row.locator("th a").click()


def see_nothing(rival, other_staff):
    """Neither in their lists nor at the addresses that others use."""
    file = Sponsorship.objects.get(partner__name=COMPANY)
    rival.open("/fr/my/")
    other_staff.open("/admin/sponsorships/sponsorship/")
    for stranger in (rival, other_staff):
        stranger.finds_no(COMPANY)
        for name in ("sponsorships:detail", "sponsorships:edit", "sponsorships:withdraw"):
            assert stranger.status_of(reverse(name, args=[file.reference])) == 404, name
    assert rival.status_of(reverse("partners:detail", args=[file.partner.slug])) == 404
    for address in (f"{file.pk}/change/", f"{file.pk}/history/", f"{file.pk}/verb/accept/"):
        assert other_staff.status_of(f"/admin/sponsorships/sponsorship/{address}") == 404, address
