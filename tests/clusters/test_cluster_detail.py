import pytest

from chairs.enums import ChairStatus
from clusters.enums import DirectorRole, MembershipRole, Qualifier
from clusters.models import Director, Figure, Membership
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("search_index")]


@pytest.fixture
def cluster():
    return factories.make_cluster(slug="here", name="Here", duration_years=5)


def make_figure(cluster, value, **overrides) -> Figure:
    values = {
        "label_en": "Total budget",
        "label_fr": "Budget total",
        "unit": "EUR",
        "source": f"https://example.org/{value}",
        "phase": factories.make_phase(),
        **overrides,
    }
    return Figure.objects.create(cluster=cluster, value=value, **values)


def page_of(client, language="en") -> str:
    return client.get(f"/{language}/clusters/here/").text


def test_an_unknown_cluster_is_not_found(client, cluster):
    assert client.get("/en/clusters/here/").status_code == 200
    assert client.get("/en/clusters/nowhere/").status_code == 404


def test_it_begins_with_what_the_cluster_is(client, cluster):
    assert "Here is one of France’s AI clusters, at Paris (" in " ".join(page_of(client).split())
    assert "Here est l’un des clusters IA de France, à Paris (" in " ".join(page_of(client, "fr").split())


def test_the_grant_stands_with_its_source_in_the_readers_writing(client, cluster):
    assert "€20,000,000" in page_of(client)
    assert "20\u202f000\u202f000\u00a0€" in page_of(client, "fr")
    assert 'href="https://example.org/grant"' in page_of(client)


def test_values_on_which_sources_differ_stand_side_by_side(client, cluster):
    make_figure(cluster, 67_000_000)
    make_figure(cluster, 60_000_000, qualifier=Qualifier.ABOUT)
    page = page_of(client)
    assert page.count("Total budget") == 1
    block = page[page.index("Total budget") :]
    assert "Sources differ" in block
    assert block.index("€67,000,000") < block.index("about €60,000,000")


def test_the_same_label_in_another_phase_is_another_figure(client, cluster):
    make_figure(cluster, 67_000_000)
    make_figure(cluster, 5, phase=factories.make_phase(slug="before", is_current=False, start_year=2019))
    assert page_of(client).count("Total budget") == 2
    assert "Sources differ" not in page_of(client)


def test_two_sources_that_agree_do_not_differ(client, cluster):
    make_figure(cluster, 18, unit="chairs")
    make_figure(cluster, 18, unit="chairs", source="https://example.org/second")
    assert "Sources differ" not in page_of(client)
    assert "https://example.org/second" in page_of(client)


def test_a_figure_has_its_qualifier_unit_and_date(client, cluster):
    make_figure(cluster, 1300, qualifier=Qualifier.MORE_THAN, unit="articles", as_of="2025-04")
    page = page_of(client)
    assert "more than 1,300 articles" in page
    assert "as of April 2025" in page


def test_several_members_of_a_role_stand_under_a_plural(client, cluster):
    for number in range(3):
        role = MembershipRole.FOUNDING if number else MembershipRole.LEAD
        Membership.objects.create(cluster=cluster, institution=factories.make_institution(), role=role)
    page = page_of(client, "fr")
    assert 'Membres fondateurs <span class="note">(2)' in page
    assert 'Établissement porteur <span class="note">(1)' in page


def test_members_stand_under_their_role_with_the_founding_ones_marked(client, cluster):
    lead, partner = factories.make_institution(name="The lead"), factories.make_institution(name="The partner")
    Membership.objects.create(cluster=cluster, institution=partner, role=MembershipRole.OTHER)
    Membership.objects.create(cluster=cluster, institution=lead, role=MembershipRole.LEAD, is_founding=True)
    page = page_of(client)
    assert page.index("The lead") < page.index("founding") < page.index("The partner")


def test_a_director_stands_with_role_date_and_source(client, cluster):
    person = factories.make_person(name="Grace Jour")
    Director.objects.create(
        cluster=cluster,
        person=person,
        role=DirectorRole.COORDINATOR,
        as_of="2024",
        is_current=False,
        source="https://example.org/news",
    )
    page = page_of(client)
    for shown in ("Grace Jour", "Coordinator", "as of 2024", "no longer in office", "https://example.org/news"):
        assert shown in page


def test_a_theme_in_the_other_language_is_marked_as_such(client, cluster):
    factories.make_theme(cluster, name_en="Health", name_fr="")
    assert '<span lang="en">Health</span>' in page_of(client, "fr")


def test_a_source_that_is_not_a_web_address_does_not_become_a_link(client, cluster):
    cluster.sources = ["javascript:alert(1)", "An interview in print"]
    cluster.save()
    page = page_of(client)
    assert "An interview in print" in page
    assert 'href="javascript:' not in page


def test_its_published_chairs_are_shown_and_no_draft_is(client, cluster):
    factories.make_chair(ChairStatus.ACTIVE, cluster=cluster, title_en="Running chair")
    factories.make_chair(ChairStatus.DRAFT, cluster=cluster, title_en="Secret draft")
    page = page_of(client)
    assert "Running chair" in page
    assert "Secret draft" not in page


def test_it_begins_with_what_the_cluster_is_and_ends_with_its_lists(client, cluster):
    roles = (MembershipRole.LEAD, MembershipRole.FOUNDING, MembershipRole.OTHER, MembershipRole.INCUBATOR)
    for role in roles:
        institution = factories.make_institution(name=f"The {role}")
        is_founding = role in (MembershipRole.LEAD, MembershipRole.FOUNDING)
        Membership.objects.create(cluster=cluster, institution=institution, role=role, is_founding=is_founding)
    cluster.acronym, cluster.website = "HERE!", "https://www.here.example.org/"
    cluster.save()
    factories.make_theme(cluster, name_en="Health")
    Director.objects.create(cluster=cluster, person=factories.make_person(name="Grace Jour"), source="x")
    page = page_of(client)
    opening = page.partition("<h1>")[2].partition('id="facts"')[0]
    assert opening.startswith('HERE! <span class="note">Here</span>')
    assert "It is led by The lead, with 2 more institutions." in opening and "for 5 years." in opening
    assert 'href="https://www.here.example.org/"' in opening
    assert "The lead is a founding member too: 2 founding members in all." in page
    parts = [page.index(f'<h2 id="{part}">') for part in ("themes", "people", "chairs", "members")]
    assert parts == sorted(parts)
