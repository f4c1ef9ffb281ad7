"""Words of one stem and different meaning are told apart: core/word_families.toml."""

import tomllib
from collections import Counter
from pathlib import Path

import pytest
import Stemmer

from core import tokenizer
from core.text import fold
from core.tokenizer import FAMILIES, stems

FILE = Path(tokenizer.__file__).with_name("word_families.toml")
STEMMERS = [Stemmer.Stemmer(language) for language in ("french", "english")]


def lines() -> list[tuple[list[str], str]]:
    rows = tomllib.loads(FILE.read_text("utf-8"))["families"]
    return [([fold(word) for word in row["words"].split()], fold(row["apart_from"])) for row in rows]


@pytest.mark.parametrize(
    ("one", "other"),
    [("doctor", "doctorate"), ("univers", "université"), ("data", "date"), ("fairness", "faire"), ("don", "données")],
)
def test_they_do_not_find_each_other(one, other):
    assert set(stems(fold(one))).isdisjoint(stems(fold(other)))
    assert one not in stems(fold(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("doctors", "doctor"),
        ("doctorate", "doctoral"),
        ("doctorante", "doctorate"),
        ("universities", "université"),
        ("univers", "universe"),
        ("porter", "porte"),
        ("environmental", "environnement"),
        ("cancérologue", "cancérologie"),
        ("oncologist", "oncologie"),
        ("statisticienne", "statistics"),
        ("psychiatrist", "psychiatry"),
        ("agronomist", "agronomie"),
    ],
)
def test_what_is_of_one_meaning_still_does(one, other):
    assert set(stems(fold(one))) & set(stems(fold(other)))


def test_each_line_is_needed_and_holds():
    """Else the stemmers tell them apart by themselves, or the line does not."""
    for words, other in lines():
        assert len({word[0] for word in words}) == 1, f"{words} begin with several letters"
        assert FAMILIES.get(other) != words[0] and FAMILIES.get(words[-1]) == words[0]
        alike = {stem for word in words for stem in raw(word)} & set(raw(other))
        assert alike, f"{words[0]} and {other} have no stem in common"
        assert set(stems(other)).isdisjoint(words), f"{other} finds {words[0]}"


def test_no_word_is_of_two_families():
    assert [
        word for word, times in Counter(word for words, _other in lines() for word in set(words)).items() if times > 1
    ] == []
    assert len(FAMILIES) > 100


def raw(word: str) -> list[str]:
    """Return what the stemmers make of a word by themselves; the French one needs the accents of some endings."""
    return [fold(stemmer.stemWord(form)) for stemmer in STEMMERS for form in {word, tokenizer._with_known_ending(word)}]
