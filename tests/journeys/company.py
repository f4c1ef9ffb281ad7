"""A company's way: from nobody to a contact of a partner, then a proposal, written and sent."""

from playwright.sync_api import expect

from tests.factories import PASSWORD
from tests.journeys.mailbox import mailed_code
from tests.journeys.people import Person
from tests.sponsorships.agreements.papers import code_in_mail


class Company(Person):
    """Somebody who acts for a company: signs up, registers it, sees where a file stands."""

    def sign_up(self, name: str, email: str) -> None:
        """Make an account from the sign-in page, and prove the address with the mailed code."""
        if "/signup/" not in self.page.url:
            self.page.locator("main a[href*='/signup/']").first.click()
        self.fill(name=name, email=email, password1=PASSWORD, password2=PASSWORD)
        self.press("Create the account")
        self.page.locator("input[name='code']").wait_for()
        self.fill(code=mailed_code())
        self.press("Confirm")

    def register(self, name: str, siren: str, sector: str, size: str, signs=True) -> None:
        self.fill(name=name, siren=siren)
        self.choose(sector=self.word(sector), size=self.word(size))
        if signs:
            self.tick("is_signatory")
        self.press("Register the organisation")

    def ask_for(self, theme: str, **wish: str) -> None:
        """Say what one wants to support."""
        self.fill(**wish)
        self.page.locator("summary", has_text=self.word("Themes")).click()
        self.page.get_by_label(theme).check()
        self.press("Show what suits me")

    def sign(self, name: str) -> None:
        """Sign the agreement on the page, with the code that is mailed."""
        self.follow("Sign it")
        self.press("Send me the code")
        self.page.locator("main [name='code']").wait_for()
        self.fill(name=name, code=code_in_mail())
        self.tick("has_read")
        self.press("Sign")
        self.is_told(self.word("You have signed. The managing institution signs next; you will get an e-mail."))

    def sees_state(self, english: str) -> None:
        expect(self.page.locator("main .badge").first).to_have_text(self.word(english))

    def open_only_file(self) -> None:
        self.open(f"/{self.language}/my/")
        self.page.locator("main section[aria-labelledby='files'] h3 a").click()
