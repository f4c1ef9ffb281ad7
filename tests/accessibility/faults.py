"""What is wrong with a page: axe's rules, in the colours that readers choose, a page wider than the screen; a covered title."""

import functools
from importlib.resources import files

from playwright.sync_api import BrowserContext, Page

# The rules of WCAG 2.2 and axe's own good practices; only what fails is worked out in full. axe is not to
# fetch the style sheets again.
RUN = "options => axe.run(document, options)"
LEAN = {"resultTypes": ["violations"], "preload": False}
# axe leaves out the size of what is pressed (WCAG 2.5.8: 24 pixels, or as much room around it) unless it is asked for.
EVERYTHING = {**LEAN, "rules": {"target-size": {"enabled": True}}}
SCHEMES = ("light", "dark")
# The words of a title, line by line, and whatever can be pressed that is on top of them and no part of it.
COVERED = """() => [...document.querySelectorAll("h1")].flatMap((title) => {
  const words = document.createRange();
  words.selectNodeContents(title);
  return [...words.getClientRects()].flatMap((line) => [...document.querySelectorAll("a, button, input")].filter((one) => {
    const box = one.getBoundingClientRect();
    return one.checkVisibility() && !title.contains(one) && getComputedStyle(one).position === "static"
      && Math.min(box.right, line.right) - Math.max(box.left, line.left) > 1
      && Math.min(box.bottom, line.bottom) - Math.max(box.top, line.top) > 1;
  }).map((one) => `on the title: ${one.outerHTML.slice(0, 120)}`));
})"""
# What else a reader may ask of the screen.
PREFERENCES = ("light, more contrast", "dark, more contrast", "forced colours")
# All that changes from one to the other.
COLOURS = {**LEAN, "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}


def bring_axe(context: BrowserContext) -> None:
    """Put axe on every page to come: the content policy refuses a script tag, and has no say in this."""
    context.add_init_script(axe())


@functools.cache
def axe() -> str:
    return files("axe_playwright_python").joinpath("axe.min.js").read_text()


def faults(page: Page, schemes=SCHEMES) -> list[str]:
    """Return what is wrong with the page on the screen, a sentence each."""
    found = []
    for number, scheme in enumerate(schemes):
        page.emulate_media(**asked_for(scheme))
        found += run_axe(page, COLOURS if number else EVERYTHING, scheme)
    return found + too_wide(page)


def asked_for(scheme: str) -> dict:
    """Return what the browser tells the page of a scheme, or of a preference besides."""
    forced = scheme == "forced colours"
    return {
        "color_scheme": "dark" if scheme.startswith("dark") else "light",
        "contrast": "more" if forced or scheme.endswith("more contrast") else "no-preference",
        "forced_colors": "active" if forced else "none",
    }


def run_axe(page: Page, options: dict, scheme: str) -> list[str]:
    return [
        f"{violation['id']}, {scheme}: {violation['help']}: {' '.join(node['target'])}: {node['html'][:160]}"
        for violation in page.evaluate(RUN, options)["violations"]
        for node in violation["nodes"]
    ]


def too_wide(page: Page) -> list[str]:
    wide, screen = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    return [f"overflow: the page is {wide} px wide on a screen of {screen} px"] if wide > screen else []


def covered(page: Page) -> list[str]:
    return page.evaluate(COVERED)
