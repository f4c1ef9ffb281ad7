"""What the tests of the search index share."""

from django.http import QueryDict
from django.utils.translation import override

from chairs.enums import ChairStatus
from chairs.listing import ChairListing
from chairs.models import Chair
from chairs.search.matching import matching
from tests.factories import make_chair, make_cluster, make_kind


def finds(query):
    return matching(Chair.objects.published(), query).exists()


def ranked(query, language="en"):
    """Return the titles that the directory lists for a query, in its order."""
    params = QueryDict(mutable=True)
    params["q"] = query
    with override(language):
        listing = ChairListing(params)
        titles = Chair.objects.in_bulk(listing.found)
        return [getattr(titles[pk], f"title_{language}") for pk in listing.pks(0, listing.count)]


def make_springboard():
    """A chair whose cluster and kind have words that no other has."""
    cluster = make_cluster(name="Grenoble Alps", acronym="GRA", city="Meylan")
    return make_chair(ChairStatus.ACTIVE, cluster=cluster, kind=make_kind(name_en="Springboard", name_fr="Tremplin"))
