"""docs/glossary.md: the words of the models and of the roles are those that the site shows, in both languages."""

import re

import pytest
from django.apps import apps
from django.conf import settings
from django.utils.translation import override

from clusters.enums import Role
from config import catalogue

APPS = [
    "core",
    "accounts",
    "clusters",
    "chairs",
    "collaborations",
    "partners",
    "lists",
    "sponsorships",
    "conversations",
    "progress",
    "figures",
    "yearly",
    "imports",
    "rights",
]
GLOSSARY = settings.BASE_DIR / "docs" / "glossary.md"
ENTRY = re.compile(r"^\| \*\*(.+?)\*\* \| \*\*(.+?)\*\* \| (?:`(.+?)`)? *\| .+ \| .+ \|$", re.MULTILINE)
# One word for a thing: these are said otherwise.
NOT_OUR_WORDS = {"fr": ["courriel", "parrainage", "sponsoring"]}


def entries() -> list[tuple[str, str, str]]:
    """Return each entry's English, French and name in the code."""
    return ENTRY.findall(GLOSSARY.read_text("utf-8"))


def our_models():
    """Return the models that people meet: the others have no word of their own."""
    models = [model for app in APPS for model in apps.get_app_config(app).get_models()]
    return [model for model in models if "verbose_name" in model._meta.original_attrs and not is_history(model)]


def is_history(model) -> bool:
    return hasattr(model, "history_object")


def named(label, language: str) -> str:
    with override(language):
        return str(label).lower()


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model.__name__)
def test_a_model_goes_by_its_word(model):
    words = model._meta.verbose_name
    assert (named(words, "en"), named(words, "fr"), model.__name__) in entries()


@pytest.mark.parametrize("role", Role)
def test_a_role_goes_by_its_word(role):
    assert (named(role.label, "en"), named(role.label, "fr"), "Role") in entries()


def test_no_word_stands_twice():
    english = [entry[0] for entry in entries()]
    assert len(english) == len(set(english)) > 40


@pytest.mark.parametrize(("language", "words"), NOT_OUR_WORDS.items())
def test_the_site_keeps_to_its_words(language, words):
    said = " ".join(str(message.string) for message in catalogue.load(language)).lower()
    assert {"en": "research", "fr": "recherche"}[language] in said
    assert [word for word in words if word in said] == []
