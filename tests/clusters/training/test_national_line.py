"""From the people trained in a year to those wanted: stated, counted, and made up are never added."""

import pytest

from clusters.enums import Origin, StatedKind, StatedSubject
from clusters.models import StatedCount
from tests.factories import make_cluster, make_intake, make_overlap, make_training

pytestmark = [pytest.mark.django_db, pytest.mark.database]
URL = "/en/training/"


def make_stated(value, kind, *clusters, **overrides):
    values = {"subject": StatedSubject.TRAINED_A_YEAR, "source": f"https://example.org/{value}", **overrides}
    stated = StatedCount.objects.create(value=value, kind=kind, **values)
    stated.clusters.set(clusters)
    return stated


@pytest.fixture
def line(client):
    def part(language="en") -> str:
        return client.get(f"/{language}/training/").text.partition('id="trained"')[2]

    return part


@pytest.fixture
def nation():
    make_stated(40_000, StatedKind.BASELINE, as_of="2025-04")
    make_stated(100_000, StatedKind.TARGET, as_of="2030")


def test_it_goes_from_the_start_to_the_target_with_their_sources(nation, line):
    text = line()
    assert "train 40,000 people a year, and want to train 100,000 by 2030" in text
    assert 'href="https://example.org/40000"' in text and 'href="https://example.org/100000"' in text
    assert "April 2025" in text
    assert "40\u202f000" in line("fr")
    assert '<svg xmlns="http://www.w3.org/2000/svg" class="chart"' in text


def test_its_column_says_in_french_what_sort_of_figure_it_is(nation, line):
    assert "Nature du chiffre" in line("fr") and "Ce qu’est la chaire" not in line("fr")


def test_a_clusters_stated_number_is_its_own(nation, line):
    make_stated(2_500, StatedKind.BASELINE, make_cluster(name="Enact", acronym=""), qualifier="about")
    text = line()
    assert "about 2,500" in text and "Enact" in text
    assert "42,500" not in text


def test_people_of_two_clusters_are_counted_once_and_the_overlap_is_shown(nation, line):
    first, second = make_cluster(name="Nord", acronym=""), make_cluster(name="Sud", acronym="")
    programme = make_training(first, [second])
    make_overlap(make_intake(programme, enrolled=300), make_intake(programme, second, enrolled=200), people=50)
    make_intake(make_training(first), year=2024, enrolled=80)
    text = line()
    for cell in (">300<", ">200<", ">−50<", ">450<", ">80<"):
        assert cell in text, cell
    assert ">500<" not in text


def test_made_up_people_are_added_to_nothing(nation, line):
    make_intake(make_training(), enrolled=111)
    make_intake(make_training(origin=Origin.DEMONSTRATION), enrolled=222)
    text = line()
    real, _mark, invented = text.partition("Made up, and added to nothing above.")
    assert ">111<" in real and ">222<" not in real
    assert ">222<" in invented and ">111<" not in invented
    assert ">333<" not in text


def test_where_nobody_counts_it_says_so(nation, line):
    assert "No programme of the directory has entered how many people it trains yet." in line()
    make_intake(make_training(is_published=False), enrolled=987)
    assert ">987<" not in line()


def test_it_stands_below_the_whole_list_only_and_other_pages_lead_to_it(client, nation):
    assert 'id="trained"' in client.get(URL).text
    narrowed = client.get(f"{URL}?level=master").text
    assert 'id="trained"' not in narrowed
    assert 'href="/en/training/#trained"' in narrowed
