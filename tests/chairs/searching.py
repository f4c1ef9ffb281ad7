"""What the tests of the search index share."""

from chairs.enums import ChairStatus
from chairs.models import Chair
from chairs.search.matching import matching
from tests.factories import make_chair, make_cluster, make_kind


def finds(query):
    return matching(Chair.objects.published(), query).exists()


def make_springboard():
    """A chair whose cluster and kind have words that no other has."""
    cluster = make_cluster(name="Grenoble Alps", acronym="GRA", city="Meylan")
    return make_chair(ChairStatus.ACTIVE, cluster=cluster, kind=make_kind(name_en="Springboard", name_fr="Tremplin"))
