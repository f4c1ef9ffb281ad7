"""Charts obey the content policy, say what they show, and stand beside the table that they draw."""

import re
from decimal import Decimal
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from django.utils.translation import override

from core.svg_charts import LETTER, Series, bars
from figures.charts import values_in_words
from figures.formatting import ratio, short_euros
from figures.maps import Place, france
from figures.tables import Column, Row

ALLOWED = {"svg", "g", "rect", "path", "text", "title", "desc"}
SVG = "{http://www.w3.org/2000/svg}"


def drawn(values=(Decimal("100.10"), None, Decimal("-20")), labels=("Agreed <b>", "“Two” & more", "Three")):
    return bars("A title", "What it says.", labels, [Series("One", values), Series("Two", values)], short_euros)


def test_nothing_in_it_runs_or_styles():
    tree = ElementTree.fromstring(drawn())
    assert {"rect", "text"} <= {node.tag.removeprefix(SVG) for node in tree.iter()} <= ALLOWED
    names = {name for node in tree.iter() for name in node.attrib}
    assert not {name for name in names if name == "style" or name.startswith("on") or "href" in name}


def test_it_is_an_image_with_a_name_and_a_description():
    tree = ElementTree.fromstring(drawn())
    assert tree.get("role") == "img"
    said = [tree.find(f".//*[@id='{name}']").text for name in tree.get("aria-labelledby").split()]
    assert said == ["A title", "What it says."]


@pytest.mark.parametrize("count", [1, 2])
def test_a_long_name_is_written_whole_beside_its_bars(count):
    names = ["Starting point, April 2025", "Technologies génératives et de rupture pour la société de demain", "Target"]
    values = (Decimal(40), Decimal(70), Decimal(100))
    chart = ElementTree.fromstring(bars("T", "D", names, [Series("People", values)] * count, short_euros))
    lines = [(line.text, float(line.get("y"))) for line in chart.find(f".//{SVG}g[@class='axis y']")]
    assert " ".join(text for text, _y in lines) == " ".join(names) and len(lines) > len(names)
    for (_text, above), (_next, below) in pairwise(lines):
        assert below - above >= 16
    last = [y for text, y in lines if text == "Target"]
    tops = [float(bar.get("y")) for bar in chart.iter(f"{SVG}rect") if bar.get("x") == "0"]
    assert tops[2] - 14 < last[0] < tops[2] + 20 * count + 14


def test_numbers_of_the_axis_stand_apart():
    labels = ["A starting point, long ago", "A target"]
    chart = bars(
        "T", "D", labels, [Series("People", (Decimal(40_000), Decimal(100_000)))], lambda value: f"{value:,.0f}"
    )
    tree = ElementTree.fromstring(chart)
    axis = tree.find(f".//{SVG}g[@class='axis x']")
    places = sorted((float(text.get("x")), len(text.text)) for text in axis.iter(f"{SVG}text"))
    assert len(places) >= 2
    for (left, before), (right, after) in pairwise(places):
        assert right - left >= LETTER * (before + after) / 2


def test_what_a_chart_says_is_written_as_the_reader_writes():
    columns = {"Grant": Column("grant", "Grant")}
    rows = [Row("MIAI", values={"grant": Decimal(20)})]
    assert values_in_words(rows, columns) == ["MIAI: €20;"]
    with override("fr"):
        assert values_in_words(rows, columns) == ["MIAI\u00a0: 20\u00a0€\u00a0;"]


def test_the_name_of_a_place_on_the_map_and_its_value_are_two_words():
    """Whoever listens to the links hears “MIAI €70m”, and not “MIAI€70m”."""
    drawn = france("A map", "What it shows.", [Place("MIAI", "€70m", 45.2, 5.7, 1.0, "/miai/")])
    link = ElementTree.fromstring(str(drawn)).find(f".//{SVG}a")
    assert link.get("href") == "/miai/"
    assert "".join(link.itertext()).split() == ["MIAI", "€70m"]


def test_two_charts_of_a_page_share_no_id_and_one_chart_is_always_the_same():
    other = bars("T", "D", ["One"], [Series("S", (Decimal(1),))], short_euros)
    ids = re.findall(r' id="([^"]+)"', drawn() + other)
    assert len(ids) == len(set(ids)) == 4
    assert drawn() == drawn()


@pytest.mark.browser
def test_no_name_begins_left_of_the_picture(browser):
    names = [
        "Fondements mathématiques de l’IA",
        "Intelligence générative et technologies",
        "Mathematical foundations of AI",
    ]
    page = browser.new_page()
    chart = bars("A title", "What it says.", names, [Series("One", [Decimal(1)] * len(names))], short_euros)
    page.set_content(f"<style>text {{ font: 14px 'DejaVu Sans', sans-serif; text-anchor: end }}</style>{chart}")
    starts = page.evaluate(
        "[...document.querySelectorAll('.axis.y text')].map(name => name.getCTM().e / name.getCTM().a + name.getBBox().x)"
    )
    page.close()
    assert len(starts) >= len(names) and min(starts) >= 0


def test_what_labels_say_is_text_and_nothing_else():
    assert "<b>" not in drawn() and "&lt;b&gt;" in drawn()


@pytest.mark.parametrize("values", [(Decimal(0),), (None,), (Decimal("0.0001"),), (Decimal(10) ** 9,)])
def test_it_draws_whatever_the_numbers(values):
    assert "<svg" in bars("T", "D", ["One"], [Series("S", values)], short_euros)


@pytest.mark.parametrize(
    ("value", "said"),
    [("0.7208", "€0.72"), ("0.1", "€0.10"), ("0.0123", "€0.0123"), ("0", "€0"), ("2", "€2"), ("1.5", "€1.50")],
)
def test_leverage_is_written_to_the_cent_and_finer_below_ten_cents(value, said):
    assert ratio(Decimal(value)) == said
