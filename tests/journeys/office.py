"""The office, as it follows money: agreements, instalments and the account of a sponsorship."""

from django.urls import reverse
from playwright.sync_api import expect

from core.exports import CONTENT_TYPES
from core.models.lists import ExportFormat
from tests.journeys.panel import Staff
from tests.sponsorships.agreements.papers import code_in_mail

XLSX = CONTENT_TYPES[ExportFormat.XLSX]


class Office(Staff):
    """A manager or a finance officer at the panel."""

    def open_record(self, record) -> None:
        meta = record._meta
        self.open(reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[record.pk]))

    def begin(self, what: str) -> None:
        """From the sponsorship's page to the draft of an agreement."""
        places = self.page.locator(".life, section[aria-labelledby='agreements-heading']")
        places.get_by_role("link", name=what).click()
        self.page.locator(".submit-row input[type='submit']").click()
        self.page.locator(".life-status").wait_for()

    def plan(self, parts: int, first: str) -> None:
        self.page.get_by_role("link", name="Propose the instalments").click()
        self.fill(parts=str(parts), first=first)
        self.press("Propose the instalments")
        self.reads("The instalments add up to the cent.")

    def act(self, verb: str, **typed: str) -> None:
        """Go to the verb's page, fill it in, confirm."""
        self.page.locator(".life .life-verbs").get_by_role("link", name=verb).click()
        self.fill(**typed)
        self.press(verb)
        self.page.locator(".life-status").wait_for()

    def countersign(self, name: str) -> None:
        """Ask for the code, read it in the mail, type it beside the name."""
        self.page.locator(".life .life-verbs").get_by_role("link", name="Countersign").click()
        self.press("Send me the code")
        self.reads("A code is on its way")
        self.fill(name=name, code=code_in_mail())
        self.press("Countersign")
        self.page.locator(".life-status").wait_for()

    def reads_figures(self, **amounts: str) -> None:
        """Expect the account to say these figures, and no others."""
        account = self.page.locator("section[aria-labelledby='account-heading'] dl")
        said = [f"{label.replace('_', ' ').capitalize()} {amount}" for label, amount in amounts.items()]
        expect(account.locator("> div")).to_have_text(said, use_inner_text=False)

    def bring(self, portfolio: bytes) -> None:
        """Bring a workbook to the page of imports."""
        file = {"name": "portfolio.xlsx", "mimeType": XLSX, "buffer": portfolio}
        self.page.locator("main input[type='file']").set_input_files(file)
        self.save()
