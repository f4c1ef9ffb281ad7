"""Whatever name the server is asked by, it names itself by SITE_URL: in pages, feeds, exports and redirects."""

import pytest

from tests.matrix.rows import BILINGUAL, PROGRAMS
from tests.matrix.visits import address, client_of
from tests.personas import ANONYMOUS, PARTNER

pytestmark = [pytest.mark.django_db, pytest.mark.exhaustive]
HOST = "evil.example"


@pytest.mark.parametrize("persona", [ANONYMOUS, PARTNER])
def test_no_answer_repeats_the_host_that_was_asked(world, persona, settings):
    settings.ALLOWED_HOSTS = [HOST]
    client, found, links = client_of(world, persona), [], 0
    for row in [*PROGRAMS, *BILINGUAL]:
        response = client.get(address(row, world), headers={"host": HOST})
        said = response.getvalue().decode(errors="replace") + response.headers.get("Location", "")
        found += [str(row)] if HOST in said else []
        links += settings.SITE_URL in said
    assert found == []
    assert links > 20, "the answers name the site"
