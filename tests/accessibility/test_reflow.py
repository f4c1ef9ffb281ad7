"""Pages lose nothing when a reader narrows the window, zooms, enlarges or spaces out the text, and they stand still when asked.

WCAG 1.4.10 (320 pixels), 1.4.12 (spacing), 1.4.4 (200 %: the whole page, then its text alone) and 2.3.3 (motion).
"""

import pytest

from tests.accessibility.faults import covered, too_wide
from tests.accessibility.panel_types import PARTS, page_types_of
from tests.accessibility.walking import looks

pytestmark = [pytest.mark.browser, pytest.mark.audit]
# A window of 1280 pixels that is zoomed to 200 % has half of them.
NARROW, ZOOMED, WIDE = 320, 640, 1280
SPACED_OUT = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
    p { margin-bottom: 2em !important; }"""
LARGE_TEXT = "html { font-size: 200% !important; }"
# At each width: as the page is, then with what a reader's own style sheet says.
STYLES = {NARROW: ("", SPACED_OUT), ZOOMED: ("",), WIDE: (LARGE_TEXT,)}
# The content policy refuses a style element, and has no say in a sheet that a script adopts.
ADOPT = """style => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style);
  document.adoptedStyleSheets = [sheet];
}"""
# Text that its own box cuts off, unless it is there for the ear alone or scrolls.
CUT_OFF = """() => [...document.querySelectorAll("main *, header *, footer *")].filter((one) => {
  const style = getComputedStyle(one), box = one.getBoundingClientRect();
  const hides = [style.overflowX, style.overflowY].some((way) => way === "hidden" || way === "clip");
  return hides && box.width > 2 && box.height > 2 && one.textContent.trim() && !one.closest("svg, .visually-hidden")
    && (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1);
}).map((one) => `cut off: ${one.outerHTML.slice(0, 120)}`)"""
# How many looks there are at each part at least: a walk that breaks off finds nothing.
FEWEST_LOOKS = {"public": 300, "my": 60, "panel": 400}
# What scrolls sideways in its own box is reached by keyboard, and says what it is.
REGIONS = """() => [...document.querySelectorAll("body *")].filter((one) => {
  const scrolls = ["auto", "scroll"].includes(getComputedStyle(one).overflowX) && one.scrollWidth > one.clientWidth + 1;
  const named = one.ariaLabel || document.getElementById(one.getAttribute("aria-labelledby"));
  return scrolls && one.checkVisibility() && !one.matches("textarea, pre, select") && !(one.tabIndex >= 0 && one.role && named);
}).map((one) => `scrolls without a name or out of reach: ${one.outerHTML.slice(0, 120)}`)"""
# Each look asks for less motion (walking.open_browser).
MOVES = """() => [...document.querySelectorAll("*")].filter((one) => {
  const style = getComputedStyle(one);
  const glides = style.transitionProperty !== "none" && style.transitionDuration.split(",").some((time) => parseFloat(time));
  return glides || style.animationName !== "none" || style.scrollBehavior === "smooth";
}).map((one) => `moves: ${one.outerHTML.slice(0, 120)}`)"""


@pytest.mark.parametrize("part", PARTS)
def test_pages_lose_nothing_narrow_zoomed_or_with_other_text_and_stand_still(browser, live_server, demonstration, part):
    found, looked_at = [], 0
    for look in looks(browser, live_server.url, page_types_of(part), widths=tuple(STYLES)):
        looked_at += 1
        for style in STYLES[look.width]:
            look.page.evaluate(ADOPT, style)
            found += [f"{look}, {style[:20]}: {fault}" for fault in lost(look.page)]
        if look.width == WIDE:
            found += [f"{look}: {fault}" for fault in look.page.evaluate(MOVES)]
    assert looked_at > FEWEST_LOOKS[part]
    assert not found, "\n".join(found)


def lost(page) -> list[str]:
    """Return what a reader of the page on the screen cannot reach, cannot see whole, or sees under something else."""
    return too_wide(page) + covered(page) + page.evaluate(CUT_OFF) + page.evaluate(REGIONS)
