import copy

import pytest

from tests.personas import Cast


@pytest.fixture
def cast(whole_cast, db) -> Cast:
    """These tests try one thing after another on the same people."""
    return copy.deepcopy(whole_cast)
