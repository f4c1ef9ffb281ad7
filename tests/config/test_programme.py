"""The file that makes the site another country's: what it says, and nonsense refused in a sentence."""

import json

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import override

from config.programme import programme

GOOD = {
    "country": "MT",
    "country_in_three": "MLT",
    "languages": ["en", "mt"],
    "main_language": "mt",
    "time_zone": "Europe/Malta",
    "clusters_named": {"en": "Demonstria’s clusters"},
    "funding": "Demonstria 2040",
}
WRONG = [
    ("country", "XX"),
    ("country", "mt"),
    ("country_in_three", "FRA"),
    ("languages", []),
    ("languages", ["mt"]),
    ("languages", ["en", "en"]),
    ("languages", ["en", "zz"]),
    ("languages", ["en", "../.."]),
    ("languages", "en"),
    ("main_language", "fr"),
    ("time_zone", "Europe/Nowhere"),
    ("time_zone", "../etc"),
    ("clusters_named", {"mt": "Clusters"}),
    ("clusters_named", {"en": 1}),
    ("funding", ""),
    ("funding", None),
]


@pytest.fixture
def read_from(tmp_path, monkeypatch):
    """Return what the site reads from a file that holds this text."""

    def read(text: str):
        path = tmp_path / "elsewhere.json"
        path.write_text(text, "utf-8")
        monkeypatch.setenv("PROGRAMME_FILE", str(path))
        return programme(settings.PROGRAMME_FILE)

    return read


def test_the_file_says_whose_site_it_is(read_from):
    found = read_from(json.dumps({"programme": GOOD}))
    assert (found.country, found.languages, found.main) == ("MT", ("en", "mt"), "mt")
    assert str(found) == "Demonstria’s clusters"
    with override("mt"):
        assert str(found) == "Demonstria’s clusters", "a language without a name of its own"
        assert found.country_named() == "Malta"


def test_without_another_file_the_site_is_that_of_france():
    assert (settings.PROGRAMME.country, settings.PROGRAMME.languages) == ("FR", ("en", "fr"))
    with override("fr"):
        assert str(settings.PROGRAMME) == "clusters IA de France"


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_nonsense_is_refused_by_name(read_from, name, value):
    said = "country" if name == "country_in_three" else name
    with pytest.raises(ImproperlyConfigured, match=f"PROGRAMME_FILE.*elsewhere.json.*{said}"):
        read_from(json.dumps({"programme": GOOD | {name: value}}))


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"programme": []}'])
def test_what_is_no_programme_is_refused(read_from, text):
    with pytest.raises(ImproperlyConfigured, match="PROGRAMME_FILE.*elsewhere.json"):
        read_from(text)


def test_a_file_that_is_not_there_is_refused(monkeypatch, tmp_path):
    monkeypatch.setenv("PROGRAMME_FILE", str(tmp_path / "none.json"))
    with pytest.raises(ImproperlyConfigured, match="PROGRAMME_FILE.*none.json"):
        programme(settings.PROGRAMME_FILE)
