"""Work that makes many objects switches the collector off for itself alone."""

import gc
import weakref

import pytest

from core.garbage import collect_new, collected_by_hand


class Record:
    """A record that refers to itself, as a chair and its appointments do to each other."""

    def __init__(self):
        self.itself = self


@pytest.fixture(autouse=True)
def _collector_as_it_was():
    was_on = gc.isenabled()
    yield
    (gc.enable if was_on else gc.disable)()


@pytest.mark.parametrize("switch", [gc.enable, gc.disable])
def test_the_collector_is_as_before_afterwards_even_after_an_error(switch):
    switch()
    before = gc.isenabled()
    with pytest.raises(ValueError, match="stop"), collected_by_hand():
        assert not gc.isenabled()
        raise ValueError("stop")
    assert gc.isenabled() is before


def test_records_that_refer_to_each_other_are_freed_part_by_part():
    with collected_by_hand():
        seen = weakref.ref(Record())
        assert seen() is not None
        collect_new()
        assert seen() is None
