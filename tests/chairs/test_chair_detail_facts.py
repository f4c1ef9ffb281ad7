"""What a chair's page says, and says to be missing or disputed."""

import re
from decimal import Decimal

import pytest

from chairs.models import StatedPartner
from tests.chairs.chair_page import make_robots, make_sourced, page_of
from tests.factories import make_teaching, make_theme

pytestmark = pytest.mark.django_db


@pytest.fixture
def chair():
    return make_robots()


def test_what_is_not_stated_is_said(client):
    page = page_of(client, make_sourced(kind=None))
    assert "dates not stated" in page and "No available source says who holds this chair." in page
    assert "A research chair of the AI cluster" in page and "No available source says in plain words" in page


def test_what_is_disputed_stands_side_by_side_with_the_sources_of_each(client):
    conflicts = [
        {"field": "end_year", "value": 2024, "source": "https://other.example.net/"},
        {"field": "axis", "value": "Another axis", "source": None},
        {"field": "weather", "value": "<i>fine</i>", "source": "javascript:alert(1)"},
        "nonsense",
    ]
    chair = make_sourced(
        start_year=2019, end_year=2023, axis="Ethics", conflicts=conflicts, sources=["https://kept.example.org/"]
    )
    facts = page_of(client, chair).partition('id="facts"')[2]
    words = [
        "Last year",
        "2023",
        "kept.example.org",
        "2024",
        "other.example.net",
        "Ethics",
        "Another axis",
        "address not kept",
    ]
    places = [facts.index(word, facts.index("Sources differ") - 60) for word in words]
    assert places == sorted(places)
    assert facts.count("Sources differ") == 3 and "2019–2023" in facts
    assert "&lt;i&gt;fine" in facts and 'href="javascript' not in facts


def test_sources_notes_and_stated_partners_are_shown(client):
    chair = make_sourced(
        sources=["https://example.org/source", "javascript:alert(1)"],
        notes=["<b>A note.</b>"],
        axis="Ethics",
        programme="Acceptable AI",
    )
    StatedPartner.objects.create(chair=chair, name="Capgemini", unit="Sogeti")
    page = page_of(client, chair)
    assert 'href="https://example.org/source"' in page and 'href="javascript' not in page
    assert "&lt;b&gt;A note.&lt;/b&gt;" in page and "Ethics" in page and "Acceptable AI" in page
    assert "Capgemini" in page and "Sogeti" in page and "the source does not say whether it pays" in page


def test_themes_kind_teaching_and_summary_are_shown(client, chair):
    theme = make_theme(chair.cluster, name_en="Law", slug="law")
    chair.themes.add(theme)
    chair.kind.name_en = "Collaborative Acceleration Programme"
    chair.kind.save()
    chair.summary_en = "Plain words."
    chair.save()
    make_teaching(chair, title_en="Law and machines", hours_etd=Decimal("24"))
    make_teaching(chair, title_en="A seminar")
    page = page_of(client, chair)
    for text in ["Plain words.", "Collaborative Acceleration Programme", "Law and machines", "24 h ETD a year"]:
        assert text in page
    assert "hours not stated" in page and "?theme=here/law" in page
    assert page.index("Plain words.") < page.index('id="people"')


def test_text_in_the_other_language_is_marked_with_it(client, chair):
    chair.description_fr, chair.title_fr = "Le programme.", "Titre"
    chair.save()
    assert '<div class="prose" lang="fr"><p>Le programme.</p></div>' in page_of(client, chair)


def test_a_stranger_reads_the_page_in_order_and_finds_its_parts(client, chair):
    chair.summary_en, chair.description_en = "Plain words.", "The programme."
    chair.save()
    chair.themes.add(make_theme(chair.cluster, name_en="Law & <i>order</i>"))
    make_teaching(chair, title_en="Law and machines")
    page = page_of(client, chair)
    contents, _nav, rest = page.partition('aria-label="On this page"')[2].partition("</nav>")
    parts = re.findall(r'href="#([\w-]+)"', contents)
    assert parts == ["people", "themes", "teaching", "facts", "on-a-date", "cite"]
    assert page.index("Plain words.", page.index("<h1>")) < page.index("On this page")
    places = [rest.index(f'<h2 id="{part}">') for part in parts]
    assert places == sorted(places)
    assert "Law &amp; &lt;i&gt;order&lt;/i&gt;" in page and "<i>order" not in page
    assert page.count("<h1") == 1
