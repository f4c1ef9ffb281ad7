"""The walk of the canaries (test_canaries.py) covers each text of each record: none is without a canary."""

import pytest

from tests.matrix.canaries import NO_WORDS, UNPLANTED, declared, our_models, texts
from tests.matrix.test_canaries import Planted
from tests.matrix.wordy import write_words

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.exhaustive(always=True),
    pytest.mark.usefixtures("search_index", "field_history"),
]


def test_each_text_holds_a_canary_or_says_why_not(world):
    write_words(world)
    planted = Planted()
    fields = {field for model in our_models() for field in texts(model) if not declared(NO_WORDS, field)}
    without = {f"{field.model._meta.label}.{field.name}" for field in fields - planted.fields}
    assert len(planted.fields) > 350
    assert without == set(UNPLANTED), (
        "write a record with words in it in tests/matrix/wordy.py, or say why there is none in tests/matrix/canaries.py"
    )
