"""Without the second factor, whoever acts as staff reaches nothing: what is not exempt is guarded by existing."""

import pytest

from clusters.middleware import EXEMPT
from tests.matrix.rows import ROWS
from tests.matrix.visits import address, client_of
from tests.matrix.walk import names
from tests.personas import PARTNER

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("field_history")]
TO_THE_FACTOR = "/accounts/2fa/totp/activate/?next="


@pytest.fixture(autouse=True)
def required(settings):
    settings.STAFF_SECOND_FACTOR = "required"


def led_away(world, persona, method: str, rows) -> dict:
    """Return where each row leads the persona, its own status where it leads nowhere else."""
    client, found = client_of(world, persona), {}
    for row in rows:
        response = getattr(client, method)(address(row, world))
        found[str(row)] = TO_THE_FACTOR in response.headers.get("Location", "")
    return found


# An auditor only reads, and an account that installs the site has no role: both act as staff. They try a part of what a
# manager tries: who is staff is decided before any address is looked at.
@pytest.mark.exhaustive
@pytest.mark.parametrize(("persona", "one_of"), [("manager", 1), ("auditor", 6), ("superuser", 6)])
@pytest.mark.parametrize("method", ["get", "post"])
def test_staff_without_it_are_led_to_it_from_every_address(world, persona, one_of, method):
    guarded = [row for row in ROWS if row.name not in EXEMPT][::one_of]
    assert len(guarded) > 150 / one_of
    assert [name for name, led in led_away(world, persona, method, guarded).items() if not led] == []


@pytest.mark.exhaustive
def test_who_is_not_staff_is_led_nowhere_else(world):
    led = led_away(world, PARTNER, "get", ROWS)
    assert set(led.values()) == {False}, [name for name, is_led in led.items() if is_led]


def test_what_is_exempt_is_an_address_of_the_site():
    assert "account_logout" in EXEMPT and EXEMPT <= set(names())
