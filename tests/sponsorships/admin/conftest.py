import pytest

from tests import factories


@pytest.fixture(autouse=True)
def who_changed_what(field_history):
    """The forms of the panel say what somebody else saved meanwhile: they read the history."""


@pytest.fixture
def running():
    """A sponsorship under way, of two instalments planned for today."""
    return factories.make_running(parts=["20000.00", "30000.00"])


@pytest.fixture
def sign_in_as(client):
    """Sign somebody in who has this role in a cluster; a manager of another one without."""

    def enter(role, cluster):
        user = factories.make_staff(cluster, role)
        client.force_login(user)
        return user

    return enter
