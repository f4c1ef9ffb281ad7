"""Public pages fit a window of 320 pixels, and their text can be spaced out (WCAG 1.4.10 and 1.4.12), without loss."""

import pytest

from tests.accessibility.faults import too_wide
from tests.accessibility.page_types import public
from tests.accessibility.walking import looks

pytestmark = [pytest.mark.browser, pytest.mark.audit]
NARROW = 320
# As WCAG 1.4.12 asks. The content policy refuses a style element, and has no say in a sheet that a script adopts.
SPACE_OUT = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
    p { margin-bottom: 2em !important; }`);
  document.adoptedStyleSheets = [sheet];
}"""
# Text that its own box cuts off, unless it is there for the ear alone or scrolls.
CUT_OFF = """() => [...document.querySelectorAll("main *, header *, footer *")].filter((one) => {
  const style = getComputedStyle(one), box = one.getBoundingClientRect();
  const hides = [style.overflowX, style.overflowY].some((way) => way === "hidden" || way === "clip");
  return hides && box.width > 2 && box.height > 2 && one.textContent.trim() && !one.closest("svg")
    && (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1);
}).map((one) => `cut off: ${one.outerHTML.slice(0, 120)}`)"""


def test_public_pages_fit_a_narrow_window_and_their_text_can_be_spaced_out(browser, live_server, demonstration):
    found, looked_at = [], 0
    for look in looks(browser, live_server.url, public(), widths=(NARROW,)):
        looked_at += 1
        faults = too_wide(look.page)
        look.page.evaluate(SPACE_OUT)
        faults += [f"spaced out, {fault}" for fault in too_wide(look.page) + look.page.evaluate(CUT_OFF)]
        found += [f"{look}: {fault}" for fault in faults]
    assert looked_at > 100
    assert not found, "\n".join(found)
