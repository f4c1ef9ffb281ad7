"""What an address may get wrong, and the list all the same."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chairs.facets import CHAIR_FACETS
from tests.chairs.listing import URL, publish

pytestmark = [pytest.mark.django_db, pytest.mark.database(quick=True), pytest.mark.usefixtures("search_index")]


@pytest.mark.parametrize(
    "query",
    [
        "?cluster=nowhere&kind=%00&theme=a/b/c&institution=%F0%9F%A4%96&discipline='&status=draft&open=maybe",
        "?sort=price&page=0&phase=2030",
        "?page=99999",
        "?page=x&utm_source=mail",
        "?page=" + "9" * 5000,
        "?q=%00%FF%FE&cluster=" + "x" * 5000,
        "?" + "&".join(f"status=x{number}" for number in range(300)),
        "?q=" + "é" * 300_000,
    ],
)
def test_what_the_address_gets_wrong_is_left_out_and_never_an_error(client, query):
    publish("Robots")
    assert client.get(URL + query).status_code == 200


def test_an_unknown_value_is_said_to_be_left_out(client):
    publish("Robots")
    page = client.get(URL + "?status=draft&q=!!!").content.decode()
    assert "“draft” is not known under “Status”, so it was ignored." in page
    assert "“!!!” has no word to search for." in page
    assert "Robots" in page


@pytest.mark.exhaustive
@settings(
    max_examples=max(settings.default.max_examples // 4, 4),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.dictionaries(st.sampled_from(["q", "sort", "page", *(f.name for f in CHAIR_FACETS)]), st.text()))
def test_no_parameters_are_an_error(client, data):
    assert client.get(URL, data).status_code == 200
