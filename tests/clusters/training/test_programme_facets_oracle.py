"""Random lists of programmes, each against a brute force over every programme."""

import random
from collections import Counter

import pytest
from django.http import QueryDict

from clusters.models import TrainingProgramme
from clusters.training.listing import ProgrammeListing
from tests.clusters.training.catalogue import WORDS, has_words, make_catalogue, terms_of, values_of

FACETS = [facet.name for facet in ProgrammeListing.facets]
pytestmark = [pytest.mark.django_db, pytest.mark.database(quick=True)]


def listing(query: str, chosen: dict[str, list[str]]) -> ProgrammeListing:
    params = QueryDict(mutable=True)
    params["q"] = query
    for facet, values in chosen.items():
        params.setlist(facet, values)
    return ProgrammeListing(params)


def left(known, query, chosen, without=""):
    return {
        pk
        for pk, (values, words) in known.items()
        if has_words(words, query)
        and all(values[facet].intersection(asked) for facet, asked in chosen.items() if facet != without)
    }


@pytest.mark.parametrize("number", [30, pytest.param(300, marks=pytest.mark.exhaustive)])
def test_every_list_and_every_count_is_what_a_brute_force_finds(number):
    make_catalogue(40, seed=2)
    public = TrainingProgramme.objects.filter(is_published=True)
    known = {programme.pk: (values_of(programme), terms_of(programme)) for programme in public}
    assert len(known) == 32
    chance, empty = random.Random(3), 0
    for _time in range(number):
        query = chance.choice(["", "", *WORDS, "musée", "EVRY", "robot université"])
        chosen = {}
        for facet in chance.sample(FACETS, chance.randint(0, 3)):
            there = sorted({value for values, _words in known.values() for value in values[facet]})
            chosen[facet] = chance.sample(there, min(len(there), chance.randint(1, 2)))
        asked = listing(query, chosen)
        found = left(known, query, chosen)
        assert set(asked.page(0, 100)) == found, (query, chosen)
        assert asked.ignored == []
        for page in asked.facets_on_page:
            counts = {choice.value: choice.count for choice in page.choices if choice.count}
            others = left(known, query, chosen, without=page.facet.name)
            assert counts == Counter(v for one in others for v in known[one][0][page.facet.name]), (query, chosen)
        empty += not found
    assert 0 < empty < number * 0.9
