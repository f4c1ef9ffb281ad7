"""What the tests of the lists share: a small directory of chairs that differ in everything that a list asks about."""

import itertools
import random

from chairs.enums import PUBLIC_STATUSES, ChairStatus
from chairs.models import Chair
from chairs.search.index import rebuilt_afterwards
from clusters.enums import Origin
from tests.factories import (
    make_appointment,
    make_chair,
    make_cluster,
    make_discipline,
    make_institution,
    make_kind,
    make_phase,
    make_theme,
)

URL = "/en/chairs/"
WORDS = ["robots", "droit", "santé", "musée", "langage"]


def titles(client, query="", url=URL):
    """Return the English titles of the chairs on a page of the list, in its order."""
    pks = [entry.pk for entry in client.get(url + query).context["page_obj"]]
    return [Chair.objects.get(pk=pk).title_en for pk in pks]


def publish(title, **overrides):
    return make_chair(ChairStatus.ACTIVE, title_en=title, **overrides)


def publish_in_english(title, **overrides):
    return publish(title, title_fr="", **overrides)


@rebuilt_afterwards()
def make_directory(number: int, seed: int = 1) -> None:
    """Publish `number` chairs, with a few drafts among them, at random but always the same for a seed."""
    chance = random.Random(seed)
    phases = [make_phase(), make_phase(slug="institute_3ia_2019", start_year=2019, is_current=False)]
    clusters = [make_cluster() for _number in range(3)]
    themes = {cluster: [make_theme(cluster) for _number in range(3)] for cluster in clusters}
    kinds = [make_kind(), make_kind(), make_kind(rule={"is_open_to_partners": False})]
    institutions = [make_institution() for _number in range(4)]
    disciplines = [make_discipline() for _number in range(3)]
    for index, status in zip(range(number), itertools.cycle([*PUBLIC_STATUSES, ChairStatus.DRAFT]), strict=False):
        cluster = chance.choice(clusters)
        chair = make_chair(
            status,
            with_pi=False,
            cluster=cluster,
            kind=chance.choice(kinds),
            phase=chance.choice(phases),
            title_en=" ".join(chance.sample(WORDS, 2)),
            origin=Origin.SOURCED if status == ChairStatus.SOURCED else Origin.REGISTERED,
        )
        chair.themes.set(chance.sample(themes[cluster], index % 3))
        for _post in range(index % 4):
            make_appointment(
                chair, affiliation=chance.choice(institutions), discipline=chance.choice([None, *disciplines])
            )
