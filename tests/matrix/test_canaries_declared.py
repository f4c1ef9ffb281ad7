"""Each text of each record says who may read it (tests/matrix/canaries.py)."""

from tests.matrix.canaries import (
    KEPT_PUBLIC,
    NO_WORDS,
    PRIVATE,
    PUBLIC,
    STAFF,
    declared,
    is_of_history,
    our_models,
    texts,
    word_of,
)

LISTS = [PUBLIC, STAFF, PRIVATE, NO_WORDS]


def test_each_text_is_declared_once():
    fields = [field for model in our_models() if not is_of_history(model) for field in texts(model)]
    assert len(fields) > 300
    times = {".".join(word_of(field)): sum(declared(one, field) for one in LISTS) for field in fields}
    assert {name: number for name, number in times.items() if number != 1} == {}, (
        "say in tests/matrix/canaries.py who may read it: public, staff, private, or nobody's words"
    )


def test_nothing_is_declared_that_is_not_there():
    there = {word_of(field) for model in our_models() for field in texts(model)}
    said = {(label, name) for one in [*LISTS, KEPT_PUBLIC] for label, names in one.items() for name in names.split()}
    assert said - there == set() != said


def test_each_text_with_words_has_room_for_a_canary():
    fields = [field for model in our_models() for field in texts(model) if not declared(NO_WORDS, field)]
    short = {field for field in fields if field.max_length and field.max_length < len("canary12345x")}
    assert len(fields) > 200 and short == set()
