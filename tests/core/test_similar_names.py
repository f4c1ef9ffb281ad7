"""Names that are compared by their letters first are found as alike as those compared word by word, and not compared twice."""

from hypothesis import given
from hypothesis import strategies as st

from core import duplicates
from core.similar_names import are_alike, are_sketches_alike, sketch_of

# Few letters, so that names come near each other: initials, words left out, mistakes, words run together.
WORDS = st.text("abeé", min_size=1, max_size=6) | st.sampled_from(["marie", "martin", "universite", "de", "株式会社"])
NAMES = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)


@given(NAMES, NAMES, st.booleans())
def test_a_look_at_the_letters_leaves_out_no_pair(one, other, of_people):
    found = are_sketches_alike(sketch_of(one), sketch_of(other), of_people=of_people)
    assert found == are_alike(one, other, of_people=of_people)


@given(NAMES, st.data())
def test_one_letter_more_less_or_other_leaves_the_pair(name, data):
    """Two names by chance are seldom alike: here one is the other with a mistake in it."""
    place = data.draw(st.integers(0, len(name)))
    other = (
        name[:place] + data.draw(st.sampled_from(["", "a", "z", " "])) + name[place + data.draw(st.integers(0, 1)) :]
    )
    for of_people in (True, False):
        found = are_sketches_alike(sketch_of(name), sketch_of(other), of_people=of_people)
        assert found == are_alike(name, other, of_people=of_people), other


def test_of_many_names_few_are_compared_word_by_word(monkeypatch):
    compared = []
    monkeypatch.setattr(
        "core.similar_names.are_words_alike", lambda one, other, of_people: compared.append((one, other)) or False
    )
    families = "Abadie Bertin Chauvet Delmas Escoffier Ferrand Guyot Humbert Jourdain Kergoat Lemoine Morvan".split()
    lines = [
        {"pk": place, "name": f"{given} {family}", "orcid": None}
        for place, (given, family) in enumerate((one, other) for one in ("Marie", "Zoé", "Hugo") for other in families)
    ]
    assert not duplicates.has_probable_pair(lines, ["orcid"], frozenset(), of_people=True)
    assert 0 < len(compared) < len(lines)
