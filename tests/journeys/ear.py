"""Somebody who sees nothing and has no mouse: the tab key, and what a screen reader says of where it leads."""

from dataclasses import dataclass

from playwright.sync_api import BrowserContext, expect

from tests.journeys.company import Company

# No way to a control is longer.
MOST_TABS = 60
# A list takes what is typed quickly for the beginning of one choice.
LETTERS = 4
WITH_CONTROL = "Control+a"


@dataclass(frozen=True)
class Heard:
    """What the browser tells a screen reader of what has the focus."""

    role: str
    name: str
    description: str
    is_invalid: bool


class Listener(Company):
    """Moves by keys alone, and knows of a page what is said of it: its title, where the focus is, what is announced."""

    def __init__(self, context: BrowserContext, language: str):
        super().__init__(context, language)
        self.tools = context.new_cdp_session(self.page)

    def heard(self) -> Heard:
        focused = self.tools.send("Runtime.evaluate", {"expression": "document.activeElement"})["result"]["objectId"]
        node = self.tools.send("Accessibility.getPartialAXTree", {"objectId": focused, "fetchRelatives": False})[
            "nodes"
        ][0]
        said = {one["name"]: one["value"].get("value") for one in node.get("properties", [])}
        texts = [node.get(part, {}).get("value", "") for part in ("role", "name", "description")]
        return Heard(*texts, is_invalid=said.get("invalid") == "true")

    def go_to(self, role: str, english: str) -> Heard:
        """Press the tab key until the screen reader says this role, and a name that begins so."""
        name, passed = self.word(english).casefold(), []
        for _press in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            passed.append(self.heard())
            if passed[-1].role == role and passed[-1].name.casefold().startswith(name):
                return passed[-1]
        raise AssertionError(f"No {role} “{name}” is on the way: {[(one.role, one.name) for one in passed]}")

    def type(self, english: str, text: str, role: str = "textbox") -> None:
        """Type into the field that is called so, instead of what is there; in a list, its words choose."""
        self.go_to(role, english)
        if role == "textbox":
            self.page.keyboard.press(WITH_CONTROL)
        self.page.keyboard.type(text[:LETTERS] if role == "combobox" else text)

    def press_by_key(self, english: str, role: str = "button") -> None:
        self.go_to(role, english)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def is_told_of_mistakes(self, *sentences: str) -> None:
        """Expect the title to begin with it, and the focus to be where all of it is said."""
        assert self.page.title().startswith(self.word("Error:")), self.page.title()
        assert self.heard().role == "alert" and self.heard().name, self.heard()
        for sentence in sentences:
            expect(self.page.locator("[role='alert']")).to_contain_text(sentence)

    def is_at(self, english: str) -> None:
        """Expect the title, which is said first on every page, to tell where one is."""
        alerts = self.page.locator("[role='alert']").all_inner_texts()
        assert self.page.title().startswith(self.word(english)), (self.page.title(), alerts)
