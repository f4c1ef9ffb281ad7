"""What one's own page costs: so many queries and bytes at most, the same with many files as with a few."""

import pytest

from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.mark.parametrize("files", [1, 15])
def test_a_partners_page(client, files, django_assert_max_num_queries):
    contact = factories.make_contact()
    for _number in range(files):
        factories.make_sponsorship("in_review", contact)
    client.force_login(contact.user)
    client.get("/en/my/")
    with django_assert_max_num_queries(14):
        page = client.get("/en/my/").content
    assert len(page) < 6_000 + 800 * files


def test_a_page_of_somebody_new(client, django_assert_max_num_queries):
    client.force_login(factories.make_user())
    client.get("/en/my/")
    with django_assert_max_num_queries(13):
        assert len(client.get("/en/my/").content) < 7_000


@pytest.mark.parametrize("others", [0, 15])
def test_the_form_of_a_proposal(client, others, django_assert_max_num_queries):
    contact, chair = factories.make_contact(), factories.make_chair("active")
    for _number in range(others):
        factories.make_activity(chair)
        factories.make_contact(contact.partner, is_primary=False)
    client.force_login(contact.user)
    there = f"/en/chairs/{chair.cluster.slug}/{chair.slug}/fund/?form=whole"
    first = client.get(there).text
    with django_assert_max_num_queries(9):
        again = client.get(there).text
    assert len(again) < 18_000 + 200 * others
    assert first.count("<option") == again.count("<option") == 3 + 2 * others
