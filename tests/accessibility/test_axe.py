"""axe finds no fault on any page, in light or in dark, and no page is wider than the screen."""

import pytest

from tests.accessibility.faults import faults
from tests.accessibility.panel_types import page_types
from tests.accessibility.walking import LANGUAGES, WIDTHS, looks

pytestmark = pytest.mark.browser


def test_axe_finds_nothing_on_any_sort_of_page(browser, live_server, demonstration):
    """Each once, the languages and the widths taking turns: `make audit` looks at all of them in all ways."""
    found, types = [], page_types()
    for turn, (language, width) in enumerate(zip(LANGUAGES, reversed(WIDTHS), strict=True)):
        found += faults_on(looks(browser, live_server.url, types[turn::2], [language], [width]))
    assert not found, "\n".join(found)


@pytest.mark.audit
def test_axe_finds_nothing_on_any_page_in_both_languages_at_both_widths(browser, live_server, demonstration):
    found = faults_on(looks(browser, live_server.url, page_types()))
    assert not found, "\n".join(found)


def faults_on(seen):
    return [f"{look}: {fault}" for look in seen for fault in faults(look.page)]
