"""Folding: what a reader takes for the same word is the same key."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text import _folded, fold, name_key


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
        "Αθήνα": "αθηνα",
        "ΑΘΗΝΑ": "αθηνα",
        "Сбербанк": "сбербанк",
        "Ёлка и йод": "елка и йод",
        "株式会社日立製作所": "株式会社日立製作所",
        "ﾊﾞｽ": "バス",
        "が か": "が か",
        "李晓明": "李晓明",
        "شَرِكة": "شركة",
        "हिन्दी कि की": "हिन्दी कि की",
        "한국전자": "한국전자",
        "١٢٣": "123",
        "d\u02bcAzur": "d azur",
        "🚀 Rocket\ufe0f": "rocket",
        "🚀": "",
    }.items(),
)
def test_it_folds(text, key):
    assert fold(text) == key


@pytest.mark.parametrize(
    "text", ["Émilie du Châtelet — Cirey", "株式会社日立製作所", "Сбербанк", "Αθήνα", "हिन्दी", "ﾊﾞｽ"]
)
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


def test_no_two_names_share_an_empty_key():
    keys = [name_key(name) for name in ("🚀", "🎉", "…", "C", "李", "Ли")]
    assert len(set(keys)) == len(keys) and all(keys)


@pytest.mark.exhaustive(counted=True)
@given(st.text(alphabet=st.characters(max_codepoint=0x250) | st.sampled_from("’“”…–€ \u202f\u0301ΩжИ"), max_size=8))
def test_the_quick_way_folds_as_the_other_does(text):
    assert fold(text) == (_folded(text) if not text.isascii() else fold(f"{text}\u00a0"))
