"""The staff guide names what is pressed as the site does, in both languages."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.conf import settings

GUIDE = Path(settings.BASE_DIR) / "docs" / "staff-guide.md"
CATALOGUE = Path(settings.BASE_DIR) / "locale" / "fr" / "LC_MESSAGES" / "django.po"
LABEL = re.compile(r"(?<![*\w])\*([^*]+)\*(?!\*)")


@pytest.fixture(scope="module")
def said():
    """What the site says, in English and in French."""
    with CATALOGUE.open("rb") as file:
        messages = [message for message in read_po(file) if message.id]
    return [{plain(text) for one in found for text in forms_of(one)} for found in both(messages)]


def both(messages):
    return [message.id for message in messages], [message.string for message in messages]


def forms_of(text) -> tuple:
    return text if isinstance(text, list | tuple) else (text,)


def plain(text: str) -> str:
    """Return a label without what a page adds to it or prints otherwise."""
    return re.sub(r"\s+", " ", text).replace("’", "'").rstrip("… ").lower()


def test_every_label_of_the_guide_is_one_of_the_site(said):
    parts = GUIDE.read_text().split("\n## En français\n")
    labels = [[plain(label) for label in LABEL.findall(part)] for part in parts]
    assert [len(found) > 40 for found in labels] == [True, True]
    assert [set(found) - known for found, known in zip(labels, said, strict=True)] == [set(), set()]
