"""What is wrong with a page: axe's rules, in light and in dark, and a page wider than the screen."""

import functools
from importlib.resources import files

from playwright.sync_api import BrowserContext, Page

# The rules of WCAG 2.2 and axe's own good practices; only what fails is worked out in full. axe is not to
# fetch the style sheets again.
RUN = "options => axe.run(document, options)"
EVERYTHING = {"resultTypes": ["violations"], "preload": False}
SCHEMES = ("light", "dark")
# All that changes from one to the other.
COLOURS = {**EVERYTHING, "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}


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
        page.emulate_media(color_scheme=scheme)
        found += run_axe(page, COLOURS if number else EVERYTHING, scheme)
    return found + too_wide(page)


def run_axe(page: Page, options: dict, scheme: str) -> list[str]:
    return [
        f"{violation['id']}, {scheme}: {violation['help']}: {' '.join(node['target'])}: {node['html'][:160]}"
        for violation in page.evaluate(RUN, options)["violations"]
        for node in violation["nodes"]
    ]


def too_wide(page: Page) -> list[str]:
    wide, screen = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    return [f"overflow: the page is {wide} px wide on a screen of {screen} px"] if wide > screen else []
