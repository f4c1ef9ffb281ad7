"""Random lists, each against a brute force over every chair."""

import pytest
from django.http import QueryDict

from chairs.listing import ChairListing
from tests.chairs import oracle
from tests.chairs.listing import make_directory

pytestmark = [pytest.mark.django_db, pytest.mark.database(quick=True), pytest.mark.usefixtures("search_index")]


def listing(query, chosen):
    params = QueryDict(mutable=True)
    params["q"] = query
    for facet, values in chosen.items():
        params.setlist(facet, values)
    return ChairListing(params)


@pytest.mark.parametrize("number", [30, pytest.param(300, marks=pytest.mark.exhaustive)])
def test_every_list_and_every_count_is_what_a_brute_force_finds(number):
    make_directory(48, seed=5)
    chairs = oracle.known_chairs()
    empty = 0
    for query, chosen in oracle.random_queries(chairs, number=number, seed=6):
        asked = listing(query, chosen)
        found = {chair.pk for chair in oracle.left(chairs, query, chosen)}
        assert set(asked.results().values_list("pk", flat=True)) == found, (query, chosen)
        shown = {(page.facet.name, choice.value): choice for page in asked.facets_on_page for choice in page.choices}
        numbers = {key: choice.count for key, choice in shown.items() if choice.count}
        assert numbers == oracle.counts(chairs, query, chosen), (query, chosen)
        # What is chosen can be taken off, even where it leaves nothing.
        assert {key for key, choice in shown.items() if choice.is_chosen} == {
            (facet, value) for facet, values in chosen.items() for value in values
        }
        empty += not found
    assert 0 < empty < number * 0.9, "the queries should find something, and not always"
