"""The list of chairs is searched through the index of their pages, and by the names that only staff read."""

import pytest

from chairs.enums import AppointmentRole
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("search_index")]


@pytest.fixture
def cluster():
    return factories.make_cluster()


@pytest.fixture(autouse=True)
def editor(client, cluster):
    user = factories.make_staff(cluster, "editor")
    client.force_login(user)
    return user


@pytest.fixture
def draft(cluster):
    chair = factories.make_chair(cluster=cluster, title_en="Robots that explain themselves", acronym="REX")
    chair.description_en = "Cooperation in hospitals."
    chair.save()
    return chair


def found(client, text: str) -> set:
    return set(client.get("/admin/chairs/chair/", {"q": text}).context["cl"].result_list)


@pytest.mark.parametrize("text", ["robots", "Robot", "rob", "explaining", "rex", "hospital coop", "REX robots"])
def test_a_draft_is_found_by_words_of_its_page_and_by_their_beginnings(client, draft, cluster, text):
    factories.make_chair("active", cluster=cluster, title_en="Something else")
    assert found(client, text) == {draft}


def test_every_word_must_be_there(client, draft):
    assert found(client, "robots") == {draft}
    assert found(client, "robots aeroplanes") == set()
    assert found(client, "obots") == set()  # the middle of a word is none


def test_somebody_is_found_before_the_public_may_read_their_name(client, draft):
    factories.make_appointment(draft, person=factories.make_person(name="Zoé Ñandú"), role=AppointmentRole.MEMBER)
    assert found(client, "nandu") == found(client, "zoe robots") == {draft}
    assert found(client, "zoe aeroplanes") == set()


def test_another_clusters_draft_cannot_be_spelt(client, draft):
    elsewhere = factories.make_chair(title_en="Secret robots")
    factories.make_appointment(elsewhere, person=factories.make_person(name="Zoé Ñandú"))
    assert found(client, "secret") == found(client, "secr") == found(client, "nandu") == set()
    assert found(client, "robots") == {draft}
