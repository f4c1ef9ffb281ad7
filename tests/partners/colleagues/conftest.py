import pytest

from tests import factories


@pytest.fixture
def partner():
    return factories.make_partner(name="Aciers du Rhône", slug="aciers")


@pytest.fixture
def primary(partner):
    return factories.make_contact(partner, factories.make_user("primary@example.org", name="Paula")).user


@pytest.fixture
def colleague(partner, primary):
    return factories.make_contact(partner, factories.make_user("col@example.org"), is_primary=False, is_signatory=True)
