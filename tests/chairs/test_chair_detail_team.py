"""A chair's team, the organisations that take part in it, its start-ups, and what is counted of it."""

import datetime

import pytest

from tests.chairs.chair_page import make_robots, page_of
from tests.days import YESTERDAY
from tests.factories import make_appointment, make_institution, make_person
from tests.innovation_factory import make_counted, make_organisation, make_start_up

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("search_index")]


@pytest.fixture
def chair():
    return make_robots()


def test_the_team_stands_by_role_below_those_who_hold_the_chair(client, chair):
    make_appointment(chair, person=make_person(name="Ada Held"))
    first = datetime.date(2025, 10, 1)
    make_appointment(chair, person=make_person(name="Bob Engineer"), role="engineer", starts_on=first)
    make_appointment(chair, person=make_person(name="Cleo Student"), role="doctoral_student")
    for role in ("doctoral_student", "doctoral_student"):
        make_appointment(chair, person=make_person(name="Eve Silent"), role=role, consent_given_on=None)
    make_appointment(chair, person=make_person(name="Dan Gone"), role="postdoc", ends_on=YESTERDAY())
    make_appointment(
        chair, person=make_person(name="Flo Forgotten"), role="postdoc", ends_on=YESTERDAY(), consent_given_on=None
    )
    page = page_of(client, chair)
    places = [page.index(text) for text in ("Ada Held", 'id="team"', "Cleo Student", "Bob Engineer", "Dan Gone")]
    assert places == sorted(places)
    assert "2 people to be announced" in page and "from 1 October 2025" in page
    assert "Silent" not in page and "Forgotten" not in page and "Postdoctoral researcher" in page[places[-1] :]


def test_a_list_shows_who_holds_the_chair_and_not_its_team(client, chair):
    make_appointment(chair, person=make_person(name="Ada Held"))
    make_appointment(chair, person=make_person(name="Bob Engineer"), role="engineer")
    page = client.get("/en/chairs/?phase=all").text
    assert "Ada Held" in page and "Bob Engineer" not in page
    # They are found all the same, as on the page of all people.
    assert client.get("/en/chairs/?q=bob+engineer").context["page_obj"].paginator.count == 1
    assert "Bob Engineer" in client.get("/en/people/?q=engineer").text


def test_organisations_are_named_once_they_agreed(client, chair):
    school = make_institution(name="School of Machines", slug="school-of-machines")
    make_organisation(chair, institution=school, role="industrial_partner")
    make_organisation(chair, name="Users United", website="https://example.org/users")
    make_organisation(chair, name="Silent Works", consent_given_on=None)
    make_organisation(chair, name="Former Works", ends_on=YESTERDAY())
    page = page_of(client, chair)
    assert "School of Machines" in page and 'href="https://example.org/users"' in page
    assert "1 organisation to be announced" in page and "Silent" not in page and "Former Works" not in page
    assert "Industrial partner" in client.get(school.get_absolute_url()).text


def test_start_ups_and_counts_stand_on_the_pages_of_chair_cluster_and_incubator(client, chair):
    incubator = make_institution(kind="incubator")
    start_up = make_start_up(chair.cluster, [chair], name="Alpha", founded_year=2024, incubator=incubator)
    make_start_up(chair.cluster, [chair], name="Draft", is_published=False)
    make_counted(chair, kind="patent", year=2024, number=3)
    make_counted(chair, kind="licence", year=2025, number=2)
    for address in (chair.get_absolute_url(), chair.cluster.get_absolute_url()):
        page = client.get(address).text
        assert start_up.get_absolute_url() in page and "Draft" not in page
        assert (
            "Patents filed" in page
            and "Licences granted" in page
            and "Software transferred" not in page.replace("software transferred", "")
        )
    assert start_up.get_absolute_url() in client.get(incubator.get_absolute_url()).text


def test_a_chair_of_which_nothing_of_this_is_known_has_no_such_sections(client, chair):
    page = page_of(client, chair)
    for section in ("team", "organisations", "innovation"):
        assert f'id="{section}"' not in page


def test_an_agreement_taken_back_takes_the_name_away_everywhere(client, chair):
    post = make_appointment(chair, person=make_person(name="Ada Canary"), role="doctoral_student")
    organisation = make_organisation(chair, name="Canary Works")
    start_up = make_start_up(chair.cluster, [chair], [post.person])
    addresses = [
        *(chair.get_absolute_url(), chair.cluster.get_absolute_url(), start_up.get_absolute_url()),
        *("/en/people/?q=ada", "/en/chairs/?q=ada+can", "/en/chairs/suggestions/?q=ada", "/sitemap-people.xml"),
    ]

    def public():
        return "".join(client.get(address).text for address in addresses).lower()

    assert public().count("canary") >= 5
    post.consent_given_on = organisation.consent_given_on = None
    post.save(), organisation.save()
    assert "canary" not in public()
    assert client.get(f"/en/people/{post.person.slug}/").status_code in {404, 410}
