import pytest


@pytest.fixture(autouse=True)
def who_changed_what(field_history):
    """The forms of the panel say what somebody else saved meanwhile: they read the history."""
