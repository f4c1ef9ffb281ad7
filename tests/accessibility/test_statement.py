"""The accessibility statement says what the criteria say, counts nothing unchecked as met, and what is absent is absent."""

import copy
import re
from pathlib import Path

import pytest
from django.conf import settings

from config import accessibility

# The criteria of each of the RGAA's 13 themes.
THEMES = [9, 2, 3, 13, 8, 2, 5, 10, 4, 14, 13, 11, 12]
# What the criteria of which it is said to be "absent" are about.
ABSENT = {
    "templates": re.compile(r"<(video|audio|object|embed|canvas|marquee|blink)\b|captcha|sitemap", re.IGNORECASE),
    "static/js": re.compile(r"window\.open|devicemotion|deviceorientation|mousedown|pointerdown|touchstart|touchmove"),
    "static/css": re.compile(r"@keyframes|\banimation:(?! none)|orientation:|text-decoration: blink"),
}


@pytest.fixture
def found():
    return copy.deepcopy(accessibility.criteria())


def test_all_criteria_are_there_with_a_result_and_what_was_checked_says_how(found):
    numbers = [f"{theme}.{one}" for theme, count in enumerate(THEMES, 1) for one in range(1, count + 1)]
    assert [one["number"] for one in found["criteria"]] == numbers and len(numbers) == 106
    for one in found["criteria"] + found["documents"]:
        assert one["result"] in accessibility.RESULTS
        assert one["how"] or one["result"] == accessibility.NOT_CHECKED, one["number"]
        assert set(one["how"]) <= found["checks"].keys()
    assert all((settings.BASE_DIR / check["where"]).exists() for check in found["checks"].values())


def test_only_what_was_checked_counts_and_without_an_audit_the_site_is_not_compliant(found):
    for one in found["criteria"]:
        one["result"] = accessibility.CONFORMS
    found["criteria"][0]["result"] = accessibility.NOT_CHECKED
    found["criteria"][1]["result"] = accessibility.DOES_NOT_APPLY
    assert accessibility.share(found) == 99
    assert accessibility.state(found) == "none"
    assert accessibility.state(found | {"audited_by": "Somebody"}) == "part"
    found["criteria"][0]["result"] = accessibility.CONFORMS
    assert accessibility.state(found | {"audited_by": "Somebody"}) == "whole"


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        (
            "en",
            [
                "This site is <strong>not compliant</strong>",
                "Accessibility: not compliant</a>",
                "1.2 Each decorative image",
            ],
        ),
        ("fr", ["est <strong>non conforme</strong>", "Accessibilité : non conforme</a>", "Voies de recours"]),
    ],
)
@pytest.mark.django_db
@pytest.mark.usefixtures("search_index")
def test_the_page_states_it_in_the_words_of_the_law(client, language, sentences):
    page = client.get(f"/{language}/accessibility/").text.replace("\N{NO-BREAK SPACE}", " ")
    for sentence in [*sentences, "Libre réponse 71120", "formulaire.defenseurdesdroits.fr"]:
        assert sentence in page
    assert f"{accessibility.share(accessibility.criteria())}" in page


@pytest.mark.parametrize("folder", ABSENT)
def test_what_is_said_to_be_absent_is_absent(folder):
    files = [path for path in Path(settings.BASE_DIR / folder).rglob("*") if path.suffix in {".html", ".js", ".css"}]
    assert len(files) > 5
    found = {
        path.name: ABSENT[folder].findall(path.read_text()) for path in files if ABSENT[folder].search(path.read_text())
    }
    assert found == {}
