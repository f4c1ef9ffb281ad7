"""The tab key leads to everything on a page that can be pressed or filled in, in the order of its code, shows where it is, is
not covered there (WCAG 2.4.11), and leads out again; and tables and groups of fields have their names."""

import pytest

from tests.accessibility.panel_types import PARTS, page_types_of
from tests.accessibility.walking import LANGUAGES, WIDTHS, looks

pytestmark = [pytest.mark.browser, pytest.mark.audit]  # a few pages in CI: test_operating.py
# Each element's place in the code; the tab key begins at the page's top, also where a field has taken the focus.
NUMBER = """() => {
  [...document.querySelectorAll("*")].forEach((one, number) => { one.dataset.stop = number; });
  document.body.tabIndex = -1;
  document.body.focus();
}"""
# What shows can be pressed or filled in. Of a group of radio buttons the tab key reaches one, the arrows the others; what is
# left of a list that a richer one replaces is a pixel.
CONTROLS = """() => {
  const groups = new Set();
  return [...document.querySelectorAll(
    "a[href], button, input, select, textarea, summary, iframe, [tabindex='0'], [onclick], [role=button], [role=link]"
  )].filter((one) => {
    const box = one.getBoundingClientRect();
    if (one.matches(":disabled, [aria-disabled=true]") || !one.checkVisibility({visibilityProperty: true})) return false;
    if (box.width <= 2 || box.height <= 2 || one.closest("[inert], svg[aria-hidden=true]")) return false;
    if (!one.matches("input[type=radio]")) return true;
    const group = `${one.form?.dataset.stop} ${one.name}`;
    return !groups.has(group) && groups.add(group);
  }).map((one) => ({
    stops: one.matches("input[type=radio]")
      ? [...document.querySelectorAll("input[type=radio]")]
        .filter((other) => other.name === one.name && other.form === one.form).map((other) => Number(other.dataset.stop))
      : [Number(one.dataset.stop)],
    code: one.outerHTML.slice(0, 120),
  }));
}"""
# A date's parts and a frame's page show the focus themselves. Covered is what no point of any of its lines is on top of.
FOCUSED = """() => {
  const one = document.activeElement;
  if (!one || one === document.body || one === document.documentElement) return null;
  const parts = [one, ...one.querySelectorAll(":scope > span")];
  const seen = parts.some((part) => {
    const style = getComputedStyle(part);
    return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
  });
  const own = one.matches("input[type=date], iframe");
  const on = (x, y) => {
    const top = document.elementFromPoint(x, y);
    return top && (one.contains(top) || top.contains(one) || [...(one.labels ?? [])].some((label) => label.contains(top)));
  };
  const shows = [...one.getClientRects()].some((box) => [0.1, 0.5, 0.9].some((across) => [0.1, 0.5, 0.9].some(
    (down) => on(box.left + box.width * across, box.top + box.height * down)
  )));
  return {stop: Number(one.dataset.stop), seen: seen || own, shows, code: one.outerHTML.slice(0, 120)};
}"""
MAX_STOPS = 1_000
# Django's calendar is drawn by its script, without scopes.
UNNAMED = """() => [
  ...[...document.querySelectorAll("table")].filter((one) => !one.caption && !one.ariaLabel && !one.hasAttribute("aria-labelledby")),
  ...[...document.querySelectorAll("th")].filter((one) => !one.scope && !one.closest(".calendarbox")),
  ...[...document.querySelectorAll("table")].filter((one) => !one.querySelector("th")),
  ...[...document.querySelectorAll("fieldset")].filter(
    (one) => !one.querySelector(":scope > legend") && !document.getElementById(one.getAttribute("aria-labelledby")) && one.role !== "none"
  ),
  ...[...document.querySelectorAll("input[type=radio]")].filter((one) => !one.closest("fieldset, [role=radiogroup]")),
].map((one) => `has no name, no scope or no headers: ${one.outerHTML.slice(0, 120)}`)"""


# How often the tab key is pressed in each part at least: a walk that breaks off finds nothing.
FEWEST_STOPS = {"public": 1_000, "my": 500, "panel": 3_000}


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_tab_key_leads_to_all_that_a_page_offers_and_shows_where_it_is(
    browser, live_server, demonstration, language, width, part
):
    found, stops = [], 0
    for look in looks(browser, live_server.url, page_types_of(part), [language], [width]):
        walked, faults = walk(look.page)
        stops += walked
        found += [f"{look}: {fault}" for fault in faults + look.page.evaluate(UNNAMED)]
    assert stops > FEWEST_STOPS[part]
    assert not found, "\n".join(found)


def test_the_walk_finds_what_is_wrong(browser):
    """Else the one above would find nothing on any page whatever."""
    context = browser.new_context()
    page = context.new_page()
    page.set_content(
        "<style>a { outline: 1px solid } .over { position: fixed; inset: 0 0 auto; height: 99px; background: #fff }</style>"
        "<a href='/covered'>Covered</a><div class='over'></div><p style='height: 150px'></p>"
        "<button style='outline: none'>Without a mark</button><a href='/never' tabindex='-1'>Never reached</a>"
        "<input aria-label='Blameless'><table><tr><td>Without headers</td></tr></table>"
        "<a href='/early' tabindex='1'>Too early</a>"
    )
    found = [*walk(page)[1], *page.evaluate(UNNAMED)]
    context.close()
    for fault in (
        "cannot be seen: <button",
        "is covered: <a",
        'does not reach: <a href="/never',
        "/early",
        "has no name",
    ):
        assert any(fault in one for one in found), (fault, found)
    assert not any("Blameless" in one for one in found)


def walk(page) -> tuple[int, list[str]]:
    """Press the tab key until it leaves the page. Return how often, and what was wrong."""
    page.evaluate(NUMBER)
    controls = page.evaluate(CONTROLS)
    stops, faults = [], []
    while len(stops) < MAX_STOPS:
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUSED)
        # Beyond the last one is the browser's own frame, or the first again.
        if at is None or (len(set(stops)) > 1 and at["stop"] == stops[0]):
            break
        faults += faults_at(at, stops)
        stops.append(at["stop"])
    else:
        return MAX_STOPS, [*faults, f"the tab key does not leave the page: {at['code']}"]
    missed = [one["code"] for one in controls if not set(stops) & set(one["stops"])]
    return len(stops), faults + [f"the tab key does not reach: {code}" for code in missed]


def faults_at(at: dict, before: list[int]) -> list[str]:
    """Return what is wrong with where the focus is, having been at these."""
    wrong = {
        "the focus cannot be seen": not at["seen"],
        "what has the focus is covered": not at["shows"],
        "the focus jumps back to it": bool(before) and at["stop"] < before[-1],
    }
    return [f"{fault}: {at['code']}" for fault, holds in wrong.items() if holds]
