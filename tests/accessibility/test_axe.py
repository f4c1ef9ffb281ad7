"""axe finds no fault on any page, in whatever colours a reader asks for, and no page is wider than the screen."""

import pytest

from accounts.models import User
from chairs.models import Chair
from clusters.models import Institution
from tests.accessibility.faults import PREFERENCES, SCHEMES, bring_axe, covered, faults
from tests.accessibility.page_types import public
from tests.accessibility.panel_types import PARTS, outside_the_panel, page_types, page_types_of
from tests.accessibility.walking import LANGUAGES, looks

pytestmark = pytest.mark.browser

# What the sorts of page take turns in.
TURNS = [("en", 360, "dark"), ("fr", 1280, "light"), ("en", 1280, "dark"), ("fr", 360, "light")]


def test_axe_finds_what_is_wrong(browser):
    """Else the two below would find nothing on any page whatever."""
    context = browser.new_context()
    bring_axe(context)
    page = context.new_page()
    page.goto(
        "data:text/html,<title>A page</title><img><div style='width:3000px'>Wide.</div><p style='color:%23eee'>Pale.</p>"
        "<h1>A title</h1><p style='margin-top:-4em'><a href='/'>A link over it</a></p>"
        "<button style='font-size:8px;padding:0;border:0'>OK</button><button style='font-size:8px;padding:0;border:0'>No</button>"
    )
    found = faults(page, SCHEMES) + covered(page)
    context.close()
    assert {"image-alt", "color-contrast", "overflow", "on the title", "target-size"} <= {
        fault.partition(",")[0].partition(":")[0] for fault in found
    }


@pytest.mark.exhaustive
def test_axe_finds_nothing_on_any_sort_of_page(browser, live_server, demonstration, everything):
    """Each once, in CI those of the panel too (of some models): `make audit` looks at all of them in all ways."""
    found, types = [], page_types([Chair, Institution, User]) if everything else outside_the_panel()
    for turn, (language, width, scheme) in enumerate(TURNS):
        seen = looks(browser, live_server.url, types[turn :: len(TURNS)], [language], [width])
        found += faults_on(seen, [scheme])
    assert not found, "\n".join(found)


@pytest.mark.audit
@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_on_any_page_at_both_widths(browser, live_server, demonstration, language, part):
    found = faults_on(looks(browser, live_server.url, page_types_of(part), [language]))
    assert not found, "\n".join(found)


@pytest.mark.audit
def test_axe_finds_nothing_where_readers_ask_for_more_contrast_or_force_their_colours(
    browser, live_server, demonstration
):
    found = faults_on(looks(browser, live_server.url, public()), PREFERENCES)
    assert not found, "\n".join(found)


def faults_on(seen, schemes=SCHEMES):
    return [f"{look}: {fault}" for look in seen for fault in faults(look.page, schemes)]
