"""A cookie that no browser was given is nobody's session, whatever it holds."""

import pytest
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.database(quick=True), pytest.mark.usefixtures("search_index")]


@pytest.mark.parametrize("cookie", ['"abcdefgh\\000"', '"\\377\\376abcdefgh"', "é" * 20, "x" * 5_000, "short", '"'])
def test_it_leads_to_the_page_for_signing_in(cookie):
    client = Client()
    assert client.get("/en/my/", headers={"cookie": f"sessionid={cookie}"}).status_code == 302
    assert client.get("/en/", headers={"cookie": f"sessionid={cookie}"}).status_code == 200
