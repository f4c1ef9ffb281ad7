"""Somebody at a browser of their own: what a person does on a page, in the words that they read on it."""

import re

from django.conf import settings
from django.test import Client
from django.utils import translation
from playwright.sync_api import BrowserContext, expect

from tests.accessibility.faults import axe, faults
from tests.factories import PASSWORD
from tests.journeys.mailbox import mailed_link

# What htmx logs of a request that the browser gave up. One that failed says more: a status, or no connection.
LEFT_THE_PAGE = ("htmx:sendAbort", "htmx:afterRequest")

PASSKEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


class Person:
    """Reads one language, names what they press as the page does, and minds every error in the console."""

    def __init__(self, context: BrowserContext, language: str):
        self.context, self.language = context, language
        self.page = context.new_page()
        self.errors: list[str] = []
        self.page.on("console", self.hear)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def hear(self, message) -> None:
        """Keep an error of the console: every one but htmx's word that its request ended as the person left the page."""
        if message.type == "error" and not message.text.startswith(LEFT_THE_PAGE):
            self.errors.append(message.text)

    def word(self, english: str, **values) -> str:
        """Return what the site says for this in the person's language."""
        with translation.override(self.language):
            return translation.gettext(english) % values if values else translation.gettext(english)

    # Moving about.

    def open(self, address: str) -> None:
        self.page.goto(address)

    def open_mail(self, email: str, subject: str, says: str = "") -> None:
        """Follow the link in the last mail that came, which is on this subject and says this."""
        self.open(mailed_link(email, subject, says))

    def follow(self, english: str, within: str = "main") -> None:
        self.page.locator(within).get_by_role("link", name=self.word(english)).first.click()

    def press(self, english: str) -> None:
        self.page.get_by_role("button", name=self.word(english), exact=True).click()

    def status_of(self, address: str) -> int:
        """Return what this person gets at an address, whether a page links to it or not."""
        return self.context.request.get(address).status

    # Filling in.

    def fill(self, **values: str) -> None:
        """Fill fields by their names in the form."""
        for name, value in values.items():
            self.page.locator(f"main [name='{name}']").fill(value)

    def choose(self, **values: str) -> None:
        """Choose the option that begins with these words: some say more."""
        for name, value in values.items():
            choices = self.page.locator(f"main select[name='{name}']")
            option = choices.locator("option").filter(has_text=re.compile(rf"^\s*{re.escape(value)}"))
            choices.select_option(value=option.get_attribute("value"))

    def tick(self, name: str, value: str = "") -> None:
        self.page.locator(f"main [name='{name}']{f'[value={value}]' if value else ''}").check()

    def attach(self, name: str, content: bytes) -> None:
        """Choose a file of one's own, a PDF."""
        file = {"name": name, "mimeType": "application/pdf", "buffer": content}
        self.page.locator("main input[type='file']").set_input_files(file)

    def write(self, text: str, name: str, content: bytes) -> None:
        """Send a message with a file, from the page of the messages."""
        self.fill(text=text)
        self.attach(name, content)
        self.press("Send the message")
        self.reads(name)

    def holds(self, **values: str) -> None:
        """Expect fields to hold what was typed in them."""
        for name, value in values.items():
            expect(self.page.locator(f"main [name='{name}']")).to_have_value(value)

    def has_chosen(self, **values: str) -> None:
        """Expect lists to stand at these options."""
        for name, value in values.items():
            expect(self.page.locator(f"main select[name='{name}'] option:checked")).to_have_text(value)

    # Reading.

    def reads(self, text: str) -> None:
        expect(self.page.locator("main")).to_contain_text(text)

    def finds_no(self, text: str) -> None:
        expect(self.page.locator("main")).not_to_contain_text(text)

    def download(self, name: str) -> bytes:
        """Return what is in a file that a page offers."""
        with self.page.expect_download() as coming:
            self.page.locator("main").get_by_role("link", name=name, exact=True).click()
        return coming.value.path().read_bytes()

    def is_told(self, text: str) -> None:
        """Expect the site to say this of what was just done."""
        expect(self.page.locator(".messages, .messagelist")).to_contain_text(text)

    def download_by(self, english: str) -> bytes:
        """Return what is in a file that a button answers with."""
        with self.page.expect_download() as coming:
            self.press(english)
        return coming.value.path().read_bytes()

    def meets_no_barrier(self) -> None:
        """Expect axe to find nothing on a page that only a journey reaches, such as one full of errors."""
        self.page.evaluate(axe())
        found = faults(self.page)
        assert not found, found

    # Coming and going.

    def sign_in(self, user) -> None:
        """Through the door, as anybody would."""
        self.open(f"/{self.language}/accounts/login/")
        self.fill(login=user.email, password=PASSWORD)
        self.page.locator("main button[type='submit']").first.click()
        expect(self.page.locator("header")).to_contain_text(self.word("Sign out"))

    def holds_a_passkey(self) -> None:
        """Give the browser a telephone or a key of its own, whose holder says yes to all that it asks."""
        tools = self.context.new_cdp_session(self.page)
        tools.send("WebAuthn.enable")
        tools.send("WebAuthn.addVirtualAuthenticator", {"options": PASSKEY})

    def make_a_passkey(self, name: str) -> None:
        """From the page that asks staff for a second factor, once they gave their password again."""
        self.fill(password=PASSWORD)
        self.press("Confirm")
        self.follow("add a passkey instead")
        self.fill(name=name)
        self.press("Make the passkey")

    def sign_in_by_passkey(self) -> None:
        self.open(f"/{self.language}/")
        self.page.locator("header").get_by_role("link", name=self.word("Sign in")).click()
        self.press("Sign in with a passkey")

    def sign_out(self) -> None:
        self.page.locator("header").get_by_role("button", name=self.word("Sign out")).click()
        expect(self.page.locator("header")).to_contain_text(self.word("Sign in"))

    def is_signed_in_as(self, user, base_url: str) -> None:
        """With the cookie of a session: for those whose coming in is not the story."""
        type(user).objects.filter(pk=user.pk).update(language=self.language)
        client = Client()
        client.force_login(user)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        self.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": base_url}])
