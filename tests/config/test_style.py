"""The style page, its colours and their contrast, and the marks that browsers ask for."""

import re

import pytest
from django.contrib.staticfiles import finders

from config import palette
from tests import factories

pytestmark = pytest.mark.usefixtures("search_index")

FILES = {"/favicon.ico": "image/x-icon", "/apple-touch-icon.png": "image/png"}


@pytest.fixture
def directory(db):
    factories.make_activity(factories.make_chair("active", title_en="A chair to show", title_fr="Une chaire"))


@pytest.mark.parametrize(("language", "word"), [("en", "Buttons and links"), ("fr", "Boutons et liens")])
def test_anybody_opens_the_style_page_and_no_search_engine_keeps_it(client, directory, language, word):
    page = client.get(f"/{language}/style/").text
    assert word in page
    assert '<meta name="robots" content="noindex">' in page


def test_it_shows_a_chair_as_the_directory_does(client, directory):
    card = re.compile(r'<div class="entry-line">\s*<h3><a href="/en/chairs/.*?</p>', re.DOTALL)
    listed, shown = (card.search(client.get(there).text) for there in ("/en/chairs/", "/en/style/"))
    assert "A chair to show" in shown[0] and shown[0] == listed[0]


def test_it_shows_an_empty_directory_too(client, db):
    assert "No chair is published yet." in client.get("/en/style/").text


def test_its_pages_lead_nowhere_wrong(client, directory):
    page = client.get("/en/style/?page=7").text
    assert 'href="?page=4"' in page


@pytest.mark.parametrize("pair", palette.PAIRS, ids=lambda pair: f"{pair.front} on {pair.back}")
@pytest.mark.parametrize("theme", palette.THEMES)
def test_what_is_read_stands_out_from_its_ground(theme, pair):
    colours = palette.colours(theme)
    assert palette.contrast(colours[pair.front], colours[pair.back]) >= pair.needed


def test_contrast_is_what_the_standard_says():
    assert palette.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert palette.contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)
    assert palette.contrast("#abcdef", "#abcdef") == 1


def test_both_themes_have_every_colour():
    assert palette.colours("light").keys() == palette.colours("dark").keys()


def test_the_browser_s_frame_has_the_colour_of_the_paper(client, db):
    page = client.get("/en/style/").text
    themes = dict(re.findall(r'name="theme-color" media="\(prefers-color-scheme: (\w+)\)" content="(#\w+)"', page))
    assert themes == {theme: palette.colours(theme)["paper"] for theme in palette.THEMES}


@pytest.mark.parametrize(("address", "content_type"), FILES.items())
def test_what_browsers_ask_for_unasked_is_there(client, db, address, content_type):
    response = client.get(address)
    assert (response.status_code, response.headers["Content-Type"]) == (200, content_type)
    assert b"".join(response)


def test_the_mark_is_drawn_for_browsers_that_scale_it(client, db):
    name = re.search(r'href="/static/(img/favicon[^"]*\.svg)"', client.get("/en/style/").text)[1]
    assert finders.find(name)


def test_it_opens_at_its_top_though_it_shows_a_form_with_mistakes(client, directory):
    page = client.get("/en/style/").text
    assert 'role="alert"' in page and "autofocus" not in page
