import pytest

from tests.accessibility.faces import show_a_face
from tests.demonstration import demonstration as its_database


@pytest.fixture
def demonstration(transactional_db, settings, search_index, field_history):
    """The site of a first run: the real directory, the demonstration data, and the banner that says so."""
    settings.DEMONSTRATION = True
    with its_database():
        show_a_face()
        yield
