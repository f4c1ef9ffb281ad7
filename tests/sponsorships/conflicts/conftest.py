import pytest

from tests import factories


@pytest.fixture
def chair():
    return factories.make_chair("active")


@pytest.fixture
def manager(chair):
    return factories.make_staff(chair.cluster)


@pytest.fixture
def proposal(chair):
    """A proposal in review, by a partner in energy."""
    return factories.make_sponsorship("in_review", chair=chair)
