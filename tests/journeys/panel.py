"""The admin panel, as staff use it."""

from playwright.sync_api import expect

from tests.factories import PASSWORD
from tests.journeys.people import Person


class Staff(Person):
    """A member of staff: registers, looks records up, and performs verbs on their own pages."""

    def sign_in_to_the_panel(self, user) -> None:
        """By the link of the front page, with a password; the panel then asks for the second factor."""
        self.open(f"/{self.language}/")
        self.page.locator("header").get_by_role("link", name=self.word("Sign in"), exact=True).click()
        self.fill(login=user.email, password=PASSWORD)
        self.page.locator("main button[type='submit']").first.click()

    def go_to(self, english: str) -> None:
        """Take one of the sections at the side."""
        self.page.locator("#sections").get_by_role("link", name=self.word(english), exact=True).click()

    def look_up(self, field: str, words: str, name: str) -> None:
        """Choose a record in an autocomplete: open it, type, take the line that answers."""
        self.page.locator(f"#id_{field} + .select2-container .select2-selection").click()
        self.page.get_by_role("searchbox").last.fill(words)
        self.page.get_by_role("option", name=name, exact=True).click()
        self.has_looked_up(field, name)

    def has_looked_up(self, field: str, name: str) -> None:
        expect(self.page.locator(f"#id_{field} + .select2-container .select2-selection__rendered")).to_contain_text(
            name
        )

    def save(self) -> None:
        self.page.locator("input[name='_save']").click()

    def save_and_stay(self) -> None:
        self.page.locator("input[name='_continue']").click()

    def perform(self, verb: str, note: str = "") -> None:
        """Go to the verb's page, say why, confirm."""
        self.page.locator(".life .life-verbs").get_by_role("link", name=self.word(verb)).click()
        if note:
            self.fill(note=note)
        self.press(verb)
        self.page.locator(".life-status").wait_for()

    def is_kept_from(self, verb: str, because: str) -> None:
        expect(self.page.locator(".life .life-blocked")).to_contain_text(self.word(verb))
        expect(self.page.locator(".life .life-blocked")).to_contain_text(because)
        expect(self.page.locator(".life .life-verbs").get_by_role("link", name=self.word(verb))).to_have_count(0)

    def sees_status(self, english: str) -> None:
        expect(self.page.locator(".life-status")).to_contain_text(self.word(english))

    def choose_for_all(self, act: str) -> None:
        """Choose what to do with the whole list, and go on to the page that says what would happen."""
        self.tick("whole")
        self.page.get_by_label(self.word("With the chosen rows")).select_option(label=self.word(act))
        self.page.get_by_role("button", name=self.word("Go on")).click()
