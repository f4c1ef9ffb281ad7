"""A collaboration's public page, and what it lends to the pages of its clusters and chairs."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from collaborations.models import Participant
from collaborations.money import amounts_of, why_not_shared
from collaborations.templatetags.collaboration_blocks import period_of
from tests import factories
from tests.collaboration_factory import make_collaboration, make_participant

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("search_index")]


@pytest.fixture
def here():
    return factories.make_cluster(slug="here", name="Here")


def page(client, one, language="en") -> str:
    response = client.get(f"/{language}/collaborations/{one.slug}/")
    assert response.status_code == 200
    return response.content.decode()


def test_shares_and_money_stand_beside_who_pays(client, here):
    one = make_collaboration(here, funding=Decimal("100.01"), title_en="Soils", people=12)
    make_participant(one, "33.33", cluster=here)
    make_participant(one, "66.67", institution=factories.make_institution(name="University of Somewhere"))
    make_participant(one, name="A friend", kind="company", country="JP")
    html = page(client, one)
    for text in ("€100.01", "33.33%", "€33.33", "66.67%", "€66.68", "100%", "University of Somewhere", "A friend"):
        assert text in html
    assert "Company, Japan" in html


def test_amounts_add_up_to_the_cent():
    one = make_collaboration(funding=Decimal("100.00"))
    rows = [make_participant(one, percent) for percent in ("33.33", "33.33", "33.34")]
    amounts = amounts_of(one, rows)
    assert sum(amounts.values()) == one.funding
    one.funding = Decimal("0.05")
    assert sum(amounts_of(one, rows).values()) == one.funding
    assert amounts_of(one, rows[:2]) == {}


@pytest.mark.parametrize(
    ("funding", "shares", "said"),
    [
        (None, [], ""),
        ("10", ["100"], ""),
        ("10", ["50", "49.99"], "99.99%"),
        ("10", [], "0%"),
        (None, ["100"], "no money"),
    ],
)
def test_why_shares_do_not_divide_the_money(funding, shares, said):
    reason = why_not_shared(funding and Decimal(funding), map(Decimal, shares))
    assert said in reason and bool(reason) == bool(said)


def test_what_is_not_known_is_said(client):
    one = make_collaboration(starts="", countries=[], funding=Decimal("1200000.00"), is_intended=True)
    make_participant(one)
    html = page(client, one)
    for text in (
        "dates not stated",
        "Not stated",
        "Which clusters take part is not stated.",
        "Who pays which share is not stated.",
        "An intention: it has been announced or wished for.",
        "€1,200,000",
    ):
        assert text in html


@pytest.mark.parametrize(
    ("starts", "ends", "said"),
    [
        ("2025-02-05", "", "à partir du 5 février 2025, fin non indiquée"),
        ("2025-02", "", "à partir de février 2025, fin non indiquée"),
        ("", "2025-02-05", "jusqu’au 5 février 2025"),
        ("", "2025", "jusqu’en 2025"),
    ],
)
def test_a_period_is_said_as_french_says_it(starts, ends, said):
    with translation.override("fr"):
        assert period_of(make_collaboration(starts=starts, ends=ends)) == said


def test_sources_notes_and_counts_are_shown(client, here):
    one = make_collaboration(
        here,
        origin="sourced",
        sources=["https://example.org/source"],
        notes=["Stated as an intention."],
        stated_counts=[{"value": 35, "as_of": "2025-06", "source": "https://example.org/count"}],
    )
    html = page(client, one)
    assert "https://example.org/source" in html and "Stated as an intention." in html and "June 2025" in html
    assert "Exprimé comme une intention." in page(client, one, "fr")


def test_only_public_chairs_are_named(client, here):
    shown = factories.make_chair("active", cluster=here, title_en="A public chair")
    draft = factories.make_chair(cluster=here, title_en="A secret chair")
    html = page(client, make_collaboration(here, chairs=[shown, draft]))
    assert "A public chair" in html and "A secret chair" not in html


def test_a_draft_has_no_page_and_an_earlier_address_leads_on(client, here):
    draft = make_collaboration(here, is_published=False)
    assert client.get(f"/en/collaborations/{draft.slug}/").status_code == 404
    one = make_collaboration(here, slug="before")
    one.slug = "after"
    one.save()
    response = client.get("/fr/collaborations/before/")
    assert (response.status_code, response["Location"]) == (301, "/fr/collaborations/after/")


def test_a_cluster_and_a_chair_show_what_they_take_part_in(client, here):
    chair = factories.make_chair("active", cluster=here)
    for number in range(6):
        make_collaboration(here, title_en=f"Joint {number}", starts=f"20{10 + number}")
    make_collaboration(here, title_en="Secret", is_published=False, chairs=[chair])
    make_collaboration(title_en="With the chair", chairs=[chair])
    cluster_page = client.get("/en/clusters/here/").content.decode()
    assert "Joint 5" in cluster_page and "Joint 0" not in cluster_page and "Secret" not in cluster_page
    assert "All collaborations of the cluster" in cluster_page and "/en/collaborations/?cluster=here" in cluster_page
    chair_page = client.get(chair.get_absolute_url()).content.decode()
    assert "With the chair" in chair_page and "Secret" not in chair_page


def test_a_cluster_without_any_says_nothing(client, here):
    assert "Collaborations</h2>" not in client.get("/en/clusters/here/").content.decode()


def test_the_sitemap_names_real_ones_alone(client, here):
    real = make_collaboration(here)
    invented = make_collaboration(here, origin="demonstration")
    draft = make_collaboration(here, is_published=False)
    xml = client.get("/sitemap-collaborations.xml").content.decode()
    assert f"/en/collaborations/{real.slug}/" in xml
    assert invented.slug not in xml and draft.slug not in xml


def test_a_participant_is_exactly_one_of_three(here):
    one = make_collaboration(here)
    for who in ({}, {"cluster": here, "name": "Somebody"}):
        row = Participant(collaboration=one, **who)
        with pytest.raises(ValidationError, match="one of the three"):
            row.full_clean()
