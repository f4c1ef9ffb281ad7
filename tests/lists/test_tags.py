"""A program that brings the tag of what it has is told that nothing has changed: until something does that it may read."""

import pytest

from tests import factories

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.database,
    pytest.mark.usefixtures("search_index", "field_history"),
]
ADDRESS = "/en/institutions.{}?q=x"


def read(client, form: str, tag: str = ""):
    response = client.get(ADDRESS.format(form), headers={"If-None-Match": tag} if tag else {})
    response.getvalue()
    return response


@pytest.mark.exhaustive
def test_a_tag_stays_until_something_changes_that_anybody_may_read(client):
    institution = factories.make_institution(name="X one")
    tags = {form: read(client, form)["ETag"] for form in ("json", "xlsx", "atom")}
    assert len(set(tags.values())) == len(tags)
    # A private file, another record, and one that is saved as it was.
    factories.make_sponsorship("draft")
    factories.make_institution(name="Y")
    institution.save()
    assert {form: read(client, form, tag).status_code for form, tag in tags.items()} == dict.fromkeys(tags, 304)
    assert {form: read(client, form)["ETag"] for form in tags} == tags
    institution.city = "Lyon"
    institution.save()
    for form, tag in tags.items():
        again = read(client, form, tag)
        assert again.status_code == 200 and again["ETag"] != tag
