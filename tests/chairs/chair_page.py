"""What the tests of a chair's page share."""

from chairs.enums import ChairStatus
from clusters.enums import Origin
from tests.factories import make_chair, make_cluster


def page_of(client, chair):
    response = client.get(chair.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


def make_robots():
    """A chair that runs, without people: /chairs/here/robots/."""
    return make_chair(ChairStatus.ACTIVE, with_pi=False, cluster=make_cluster(slug="here"), slug="robots")


def make_sourced(**overrides):
    return make_chair(ChairStatus.SOURCED, with_pi=False, origin=Origin.SOURCED, **overrides)
