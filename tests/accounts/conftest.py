import pytest
from django.core.cache import cache

from tests.accounts.provider import known_at, running


@pytest.fixture(scope="module")
def server():
    with running() as providers:
        yield providers


@pytest.fixture
def provider(server, settings):
    """The providers that the site knows, by name, as they are before anybody lies."""
    cache.clear()  # attempts are counted in it, and what a provider says of itself is kept
    settings.IDENTITY_PROVIDERS = known_at(server)
    for one in server.values():
        one.start_afresh()
    return server
