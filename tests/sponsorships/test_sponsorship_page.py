import pytest

from core.verbs import verbs_of
from sponsorships.enums import PARTNER_STATUS_LABELS, SponsorshipStatus
from sponsorships.models import Sponsorship
from sponsorships.timeline import NEXT_STEPS, STEPS
from tests.factories import make_contact, make_sponsorship, make_staff
from tests.sponsorships.agreements import papers
from tests.verbs import perform

pytestmark = pytest.mark.django_db
S = SponsorshipStatus


@pytest.fixture
def contact(client):
    contact = make_contact()
    client.force_login(contact.user)
    return contact


@pytest.mark.parametrize("status", list(S))
def test_each_status_is_told_in_the_partners_words_with_what_comes_next(client, contact, status):
    file = make_sponsorship(status, contact=contact)
    text = client.get(file.get_absolute_url()).text
    assert str(PARTNER_STATUS_LABELS[status]) in text
    assert str(NEXT_STEPS[status]).replace("'", "&#x27;") in text


@pytest.mark.parametrize(
    ("paper", "next_step"),
    [
        (papers.drafted, "office prepares the agreement with you."),
        (papers.issued, "signatory reads and signs it."),
        (papers.signed, "The managing institution signs next."),
        (papers.countersigned, "office starts the sponsorship next."),
    ],
)
def test_an_accepted_file_says_for_whose_signature_it_waits(client, contact, paper, next_step):
    assert next_step in client.get(paper(contact=contact).sponsorship.get_absolute_url()).text


def test_every_verb_has_its_line_in_the_timeline():
    assert {"submit", "accept"} <= set(verbs_of(Sponsorship)) <= set(STEPS)


def test_staff_appear_as_the_office_and_colleagues_by_name(client, contact):
    file = make_sponsorship(contact=contact)
    manager = make_staff(file.chair.cluster, name="Mona Manager", email="mona@example.org")
    perform(file, "submit", by=contact.user)
    perform(file, "review", by=manager, note="Between us: looks weak.")
    perform(file, "decline", by=manager, note="Outside the programme.")
    text = client.get(file.get_absolute_url()).text
    assert contact.user.name in text
    assert f"office of {file.chair.cluster}" in text
    assert "Outside the programme." in text
    for private in ("Mona Manager", "mona@example.org", "Between us"):
        assert private not in text


@pytest.mark.parametrize("state", ["requested", "refused"])
def test_staff_who_only_asked_to_join_stay_the_office(client, contact, state):
    file = make_sponsorship(contact=contact)
    manager = make_staff(file.chair.cluster, name="Mona Manager")
    make_contact(contact.partner, manager, state=state, is_primary=False)
    perform(file, "submit", by=contact.user)
    perform(file, "review", by=manager, note="Between us: looks weak.")
    text = client.get(file.get_absolute_url()).text
    assert f"office of {file.chair.cluster}" in text
    assert "Mona Manager" not in text and "Between us" not in text


def test_a_rival_and_another_clusters_staff_find_nothing(client):
    file = make_sponsorship(S.IN_REVIEW)
    for stranger in (make_contact().user, make_staff(make_sponsorship().chair.cluster)):
        client.force_login(stranger)
        assert client.get(file.get_absolute_url()).status_code == 404
    for reader in (file.signatory.user, make_staff(file.chair.cluster)):
        client.force_login(reader)
        assert client.get(file.get_absolute_url()).status_code == 200


def test_the_list_shows_ones_own_files_only(client, contact):
    mine, theirs = make_sponsorship(contact=contact), make_sponsorship(S.SUBMITTED)
    text = client.get("/en/my/").text
    assert mine.get_absolute_url() in text
    assert theirs.get_absolute_url() not in text
    assert "Not yet sent" in text


@pytest.mark.exhaustive
@pytest.mark.parametrize("address", ["/en/my/", "/en/my/?page=2", "/en/my/?page=nonsense"])
def test_the_list_costs_the_same_for_many_files_as_for_few(client, contact, address, django_assert_max_num_queries):
    for _file in range(2):
        make_sponsorship(contact=contact)
    with django_assert_max_num_queries(50) as few:
        client.get(address)
    for _file in range(10):
        make_sponsorship(contact=contact)
    with django_assert_max_num_queries(len(few)):
        client.get(address)


@pytest.mark.exhaustive
def test_the_colleagues_page_costs_the_same_for_many_as_for_few(client, contact, django_assert_max_num_queries):
    address = f"/en/my/partners/{contact.partner.slug}/"
    make_contact(contact.partner), make_contact(contact.partner, state="requested")
    with django_assert_max_num_queries(50) as few:
        client.get(address)
    for _colleague in range(5):
        make_contact(contact.partner), make_contact(contact.partner, state="requested")
    with django_assert_max_num_queries(len(few)):
        client.get(address)


def test_somebody_without_anything_is_told_where_to_begin(client, django_user_model):
    client.force_login(make_contact(state="refused").user)
    assert "Where to begin" in client.get("/en/my/").text
