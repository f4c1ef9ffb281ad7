"""A program that brings the tag of what it has is told that nothing has changed: until something does."""

import pytest

from tests.factories import make_institution

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]


@pytest.mark.exhaustive
def test_a_tag_stays_until_something_changes(client):
    first = client.get("/en/institutions.json?q=x")
    assert client.get("/en/institutions.json?q=x", headers={"If-None-Match": first["ETag"]}).status_code == 304
    make_institution()
    again = client.get("/en/institutions.json?q=x", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 200 and again["ETag"] != first["ETag"]
