import re

import pytest
from django.test import Client

from tests import factories
from tests.collaboration_factory import make_collaboration
from tests.innovation_factory import make_start_up
from tests.output_factory import make_output


class Api:
    """A program that reads the API: `get` returns what it says, `ask` the whole answer."""

    def __init__(self):
        self.client = Client()

    def ask(self, address, **headers):
        there = re.sub(r"^https?://[^/]+", "", address)
        there = there if there.startswith("/") else f"/api/v1/{there}"
        return self.client.get(there, headers=headers)

    def get(self, address, status=200, **headers):
        response = self.ask(address, **headers)
        assert response.status_code == status, response.content
        return response.json()

    def walk(self, address):
        """Yield each page from this one to the last."""
        while address:
            page = self.get(address)
            yield page
            address = page["next"]


@pytest.fixture
def api():
    return Api()


@pytest.fixture
def records(db, search_index, field_history):
    """One public record of each kind, by the name of its resource."""
    chair = factories.make_chair("active", title_en="Robots that listen", title_fr="Des robots qui écoutent")
    post = chair.appointments.first()
    sponsorship = factories.make_sponsorship("accepted", chair=chair, confidentiality="public")
    return {
        "chairs": chair,
        "clusters": chair.cluster,
        "themes": factories.make_theme(chair.cluster),
        "institutions": post.affiliation,
        "people": post.person,
        "partners": sponsorship.partner,
        "opportunities": factories.make_activity(chair),
        "training": factories.make_training(chair.cluster),
        "start-ups": make_start_up(chair.cluster, [chair], [post.person]),
        "outputs": make_output(chair),
        "collaborations": make_collaboration(chair.cluster, chairs=[chair]),
    }
