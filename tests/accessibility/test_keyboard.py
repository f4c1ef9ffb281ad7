"""The tab key leads through each public page, in the order of its code, shows where it is, and out again; and tables and
groups of fields have their names."""

import pytest

from tests.accessibility.page_types import public
from tests.accessibility.walking import looks

pytestmark = [pytest.mark.browser, pytest.mark.audit]
# A date's parts and a frame's page show the focus themselves.
# Each element's place in the code; the tab key begins at the page's top, also where a field has taken the focus.
NUMBER = """() => {
  [...document.querySelectorAll("*")].forEach((one, number) => { one.dataset.stop = number; });
  document.body.tabIndex = -1;
  document.body.focus();
}"""
FOCUSED = """() => {
  const one = document.activeElement;
  if (!one || one === document.body || one === document.documentElement) return null;
  const parts = [one, ...one.querySelectorAll(":scope > span")];
  const seen = parts.some((part) => {
    const style = getComputedStyle(part);
    return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
  });
  const own = one.matches("input[type=date], iframe");
  return {stop: Number(one.dataset.stop), seen: seen || own, code: one.outerHTML.slice(0, 120)};
}"""
MAX_STOPS = 1_000
UNNAMED = """() => [
  ...[...document.querySelectorAll("table")].filter((one) => !one.caption && !one.ariaLabel && !one.hasAttribute("aria-labelledby")),
  ...[...document.querySelectorAll("th")].filter((one) => !one.scope),
  ...[...document.querySelectorAll("table")].filter((one) => !one.querySelector("th")),
  ...[...document.querySelectorAll("fieldset")].filter((one) => !one.querySelector(":scope > legend")),
  ...[...document.querySelectorAll("input[type=radio]")].filter((one) => !one.closest("fieldset, [role=radiogroup]")),
].map((one) => `has no name, no scope or no headers: ${one.outerHTML.slice(0, 120)}`)"""


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("fr", 360)])
def test_the_tab_key_leads_through_each_page_and_shows_where_it_is(
    browser, live_server, demonstration, language, width
):
    found, stops = [], 0
    for look in looks(browser, live_server.url, public(), [language], [width]):
        walked, faults = walk(look.page)
        stops += walked
        found += [f"{look}: {fault}" for fault in faults + look.page.evaluate(UNNAMED)]
    assert stops > 1_000
    assert not found, "\n".join(found)


def walk(page) -> tuple[int, list[str]]:
    """Press the tab key until it leaves the page. Return how often, and what was wrong."""
    page.evaluate(NUMBER)
    stops, faults = [], []
    for _press in range(MAX_STOPS):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUSED)
        # Beyond the last one is the browser's own frame, or the first again.
        if at is None or (len(set(stops)) > 1 and at["stop"] == stops[0]):
            return len(stops), faults
        if not at["seen"]:
            faults.append(f"the focus cannot be seen: {at['code']}")
        if stops and at["stop"] < stops[-1]:
            faults.append(f"the focus jumps back to {at['code']}")
        stops.append(at["stop"])
    return MAX_STOPS, [*faults, f"the tab key does not leave the page: {at['code']}"]
