"""The counts beside the facets, against what the visitor gets who ticks the box."""

import itertools

import pytest
from django.http import QueryDict

from chairs.enums import ChairStatus
from chairs.listing import ChairListing
from chairs.models import Chair
from clusters.models import Institution
from core.facet_boxes import SHOWN_CHOICES
from tests.chairs.listing import make_directory
from tests.factories import make_appointment, make_chair, make_institution

pytestmark = [pytest.mark.django_db, pytest.mark.database(quick=True), pytest.mark.usefixtures("search_index")]


def listing(query=""):
    return ChairListing(QueryDict(query))


def choices_of(query=""):
    return {
        (page.facet.name, choice.value): choice for page in listing(query).facets_on_page for choice in page.choices
    }


def start_queries():
    """The opening page, then one value of each facet, alone and with a second one."""
    values = {}
    for (name, value), choice in choices_of().items():
        if choice.count:
            values[name] = f"{name}={value}"
    pairs = ["&".join(pair) for pair in itertools.combinations(values.values(), 2)]
    return ["", "q=robots", "q=robots+droit", "phase=all", *values.values(), *pairs[::3]]


@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.exhaustive)])
def test_each_count_is_what_ticking_only_that_box_of_its_facet_leaves(seed):
    make_directory(40, seed)
    assert len(choices_of()) > 20
    for number, query in enumerate(start_queries()):
        # Every third box, others at the next query.
        for (name, value), choice in list(choices_of(query).items())[number % 3 :: 3]:
            params = QueryDict(query, mutable=True)
            params.setlist(name, [value])
            assert choice.count == ChairListing(params).results().count(), (query, name, value)


def test_within_a_facet_values_add_up_and_between_facets_they_narrow():
    make_directory(40)
    clusters = [value for name, value in choices_of() if name == "cluster"]
    one, other = (set(listing(f"cluster={value}").results()) for value in clusters[:2])
    assert set(listing(f"cluster={clusters[0]}&cluster={clusters[1]}").results()) == one | other
    running = set(listing("status=active").results())
    assert set(listing(f"cluster={clusters[0]}&status=active").results()) == one & running


def test_a_value_that_leaves_nothing_is_shown_only_while_it_is_chosen():
    make_directory(12)
    empty = "q=robots&theme=" + next(value for name, value in choices_of() if name == "theme")
    for status in ("sourced", "closed", "suspended"):
        query = f"{empty}&status={status}&open=1"
        assert not listing(query).results().exists()
        assert choices_of(query)[("status", status)].is_chosen
    assert all(choice.count or choice.is_chosen for choice in choices_of(empty).values())


def test_a_chair_with_two_people_of_one_institution_counts_once():
    make_directory(40)
    counts = {value: choice.count for (name, value), choice in choices_of().items() if name == "institution"}
    assert max(counts.values()) > 1
    for slug, count in counts.items():
        assert count == Chair.objects.published().filter(appointments__affiliation__slug=slug).distinct().count()


@pytest.mark.exhaustive
def test_the_facets_cost_the_same_queries_for_twice_the_chairs(django_assert_max_num_queries):
    def queries():
        with django_assert_max_num_queries(40) as captured:
            assert listing("q=robots&status=active").facets_on_page
        return len(captured)

    make_directory(40)
    few = queries()
    make_directory(40, seed=2)
    assert queries() == few


@pytest.mark.exhaustive
@pytest.mark.database(long=True)
def test_every_value_is_reachable_also_those_that_are_folded(client):
    make_directory(40)
    for _number in range(12):
        make_appointment(make_chair(ChairStatus.ACTIVE), affiliation=make_institution())
    page = client.get("/en/chairs/?phase=all").content.decode()
    everything = Institution.objects.filter(appointments__chair__in=Chair.objects.published()).distinct()
    assert everything.count() > SHOWN_CHOICES
    assert all(f'name="institution" value="{institution.slug}"' in page for institution in everything)


def test_the_phase_that_is_shown_unasked_is_marked_but_not_ticked(client):
    make_directory(12)
    boxes = choices_of()
    assert boxes["phase", "cluster_2024"].is_shown and not boxes["phase", "cluster_2024"].is_chosen
    assert [choice.value for choice in boxes.values() if choice.is_shown] == ["cluster_2024"]
    assert "shown now" in client.get("/en/chairs/").content.decode()
    assert "shown now" not in client.get("/en/chairs/?phase=cluster_2024").content.decode()
    assert not any(choice.is_shown for choice in choices_of("q=robots").values())


def test_the_closed_filters_say_how_many_are_on(client):
    make_directory(12)
    chosen = 'Filters<span id="filters-chosen"> (2)</span></button>'
    assert chosen in client.get("/en/chairs/?status=active&open=1").content.decode()
    assert 'Filters<span id="filters-chosen"></span></button>' in client.get("/en/chairs/?q=robots").content.decode()
