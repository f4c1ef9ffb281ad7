import pytest

from tests import factories
from tests.chairs.admin.forms import make_cap_kind


@pytest.fixture(autouse=True)
def who_changed_what(field_history):
    """The forms of the panel say what somebody else saved meanwhile: they read the history."""


@pytest.fixture
def cluster():
    return factories.make_cluster()


@pytest.fixture
def editor(cluster, client):
    user = factories.make_staff(cluster, "editor")
    client.force_login(user)
    return user


@pytest.fixture
def kind():
    return make_cap_kind()
