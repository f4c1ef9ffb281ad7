"""What is the same for everybody is rendered once, and never for somebody else's language or place."""

from django.template import Context, Template
from django.utils.translation import override

TEMPLATE = "{% load fragments i18n %}{% rendered_once place %}{{ word }} {% translate 'Chairs' %}{% endrendered_once %}"


def shown(template, language="en", **context) -> str:
    with override(language):
        return template.render(Context(context))


def test_it_is_rendered_once():
    template = Template(TEMPLATE)
    assert shown(template, place=1, word="first") == "first Chairs"
    assert shown(template, place=1, word="second") == "first Chairs"


def test_each_language_and_each_value_has_its_own():
    template = Template(TEMPLATE)
    assert shown(template, place=1, word="one") == "one Chairs"
    assert shown(template, place=2, word="two") == "two Chairs"
    assert shown(template, "fr", place=1, word="three") == "three Chaires"


def test_what_is_kept_is_bounded():
    template = Template(TEMPLATE)
    for place in range(2_000):
        assert shown(template, place=place, word=place) == f"{place} Chairs"
    node = template.nodelist.get_nodes_by_type(type(template.nodelist[-1]))[-1]
    assert len(node.kept) < 1_000
