"""Nothing on a page moves as it opens: what a script adds or takes away has its place from the start."""

import pytest

from tests.accessibility.page_types import public
from tests.accessibility.walking import HEIGHT, LANGUAGES, WIDTHS, open_browser

pytestmark = pytest.mark.browser

# `buffered` tells of what moved before this is asked, too. The last frames may still be on their way.
MOVED = """async () => {
  const moved = [];
  const told = (entries) => moved.push(...entries);
  const observer = new PerformanceObserver((list) => told(list.getEntries()));
  observer.observe({type: "layout-shift", buffered: true});
  for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
  told(observer.takeRecords());
  return moved.map((one) => `moved by ${one.value.toFixed(4)}: ` + one.sources.map(({node}) =>
    (node?.outerHTML ?? node?.textContent ?? "").slice(0, 80)).join(" | "));
}"""
# Where a script changes the page as it opens: it offers a chooser, takes a button away, fills a menu.
WHERE_SCRIPTS_ACT = ("agreement-check", "home", "chairs", "opportunities", "training", "frame-code")


def moved(browser, base_url: str, types, language: str, width: int) -> list[str]:
    """Return what moves on these pages, each opened anew at this width."""
    found, page = [], open_browser(browser, base_url, "", language)
    page.set_viewport_size({"width": width, "height": HEIGHT})
    for one in types:
        assert page.goto(one.address(language)).status == one.status
        found += [f"{one.name} ({language}, {width} px): {fault}" for fault in page.evaluate(MOVED)]
    page.context.close()
    return found


def test_what_moves_is_noticed(browser):
    """Else the tests below would find nothing on any page whatever."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(
        "data:text/html,<title>A page</title><p id=one hidden>One<br>Two<br>Three</p><p>A text that is moved.</p>"
    )
    page.evaluate("new Promise((done) => setTimeout(done, 200))")
    page.evaluate("document.getElementById('one').hidden = false")
    page.evaluate("new Promise((done) => setTimeout(done, 200))")
    assert page.evaluate(MOVED)
    context.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_moves_where_a_script_changes_the_page(browser, live_server, demonstration, width):
    types = [one for one in public() if one.name in WHERE_SCRIPTS_ACT]
    assert len(types) == len(WHERE_SCRIPTS_ACT)
    found = moved(browser, live_server.url, types, "fr", width)
    assert not found, "\n".join(found)


@pytest.mark.audit
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_moves_on_any_public_page(browser, live_server, demonstration, language):
    found = [fault for width in WIDTHS for fault in moved(browser, live_server.url, list(public()), language, width)]
    assert not found, "\n".join(found)
