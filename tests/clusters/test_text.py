"""Folding: what a reader takes for the same word is the same key."""

import pytest

from clusters.text import fold


@pytest.mark.parametrize(
    ("text", "key"),
    {
        "Université Côte d'Azur": "universite cote d azur",
        "Université Côte d’Azur": "universite cote d azur",
        "UNIVERSITÉ CÔTE D'AZUR": "universite cote d azur",
        "Universite\u0301 Co\u0302te d'Azur": "universite cote d azur",
        "cœur, CŒUR, coeur": "coeur coeur coeur",
        "Ægir et æther": "aegir et aether",
        "Straße": "strasse",
        "Søren Łukasz Đorđe": "soren lukasz dorde",
        "İstanbul ırmak": "istanbul irmak",
        "École  –  Ponts\u00a0ParisTech\t": "ecole ponts paristech",
        "IA & société (2024)": "ia societe 2024",
        "x² + ﬁn": "x2 fin",
        "Hi! PARIS": "hi paris",
        "PostGenAI@Paris": "postgenai paris",
        "": "",
        "…": "",
        "Αθήνα": "",
    }.items(),
)
def test_it_folds(text, key):
    assert fold(text) == key


def test_folding_twice_changes_nothing():
    assert fold(fold("Émilie du Châtelet — Cirey")) == fold("Émilie du Châtelet — Cirey")
