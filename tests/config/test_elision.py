"""French sentences that are completed with a name: « d’Anna », « qu’Airbus », « l’équipe d’ENACT »."""

import pytest
from django.template import Context, Template
from django.utils import translation
from django.utils.translation import gettext, gettext_lazy

from config.elision import ElidingText
from core.on_behalf import names_of


@pytest.fixture(autouse=True)
def in_french():
    with translation.override("fr"):
        yield


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Anna", "d’Anna"),
        ("Élodie", "d’Élodie"),
        ("Œuvres unies", "d’Œuvres unies"),
        ("Yves", "d’Yves"),
        ("<em>Anna</em>", "d’<em>Anna</em>"),
        ("Yann", "de Yann"),
        ("Zoé", "de Zoé"),
        ("Hi! PARIS", "de Hi! PARIS"),
        ("3IA Côte d’Azur", "de 3IA Côte d’Azur"),
        ("", "de "),
    ],
)
def test_de_loses_its_vowel_before_another(name, said):
    assert names_of("Bela", name or None) == ("Bela" if not name else f"Bela, au nom {said}")
    assert ElidingText("au nom de %(name)s") % {"name": name} == f"au nom {said}"


def test_que_does_too_and_whatever_stands_between_stays():
    text = ElidingText("ce que %(by)s dit de <strong>%(name)s</strong> à %(other)s, %(rate)d %%")
    said = text % {"by": "Ada", "name": "Odile", "other": "Anna", "rate": 5}
    assert said == "ce qu’Ada dit d’<strong>Odile</strong> à Anna, 5 %"


def test_an_article_elides_and_a_possessive_stays():
    assert ElidingText("la %(what)s, sa %(what)s") % {"what": "unité"} == "l’unité, sa unité"


def test_amounts_and_days_stay():
    assert ElidingText("plus de %(sum)s le %(day)s") % {"sum": "8 €", "day": "11 mai"} == "plus de 8 € le 11 mai"


def test_a_template_and_a_lazy_sentence_elide():
    page = Template("{% load i18n %}{% blocktranslate %}Team of {{ cluster }}{% endblocktranslate %}")
    assert page.render(Context({"cluster": "ENACT"})) == "Équipe d’ENACT"
    assert str(gettext_lazy("Team of %(cluster)s") % {"cluster": "ANITI"}) == "Équipe d’ANITI"


def test_english_keeps_its_words():
    with translation.override("en"):
        assert gettext("Team of %(cluster)s") % {"cluster": "ENACT"} == "Team of ENACT"
