"""Nothing of a partner's file or of a cluster's drafts reaches the public, a rival or another cluster; `is_staff` opens nothing."""

import pytest
from django.test import Client

from tests import factories
from tests.matrix.rows_admin import ADMIN
from tests.matrix.test_matrix import ROWS, address
from tests.matrix.world import SECRETS, make_world
from tests.personas import ANONYMOUS, COORDINATOR, MANAGER, OTHER_MANAGER, PARTNER, PI, RIVAL

pytestmark = pytest.mark.django_db
# The panel's frame holds no records: a person without a role finds it empty.
FRAME = {"admin:index", "admin:jsi18n", "admin_login", "admin:login", "admin:logout"}


def signed_in(user) -> Client:
    client = Client()
    if user.is_authenticated:
        client.force_login(user)
    return client


def read(client, world, rows=ROWS):
    """Answer the text of every address, by row. Whatever it answers is read, error pages too."""
    return {str(row): client.get(address(row, world)).content.decode(errors="replace") for row in rows}


@pytest.mark.parametrize("stranger", [ANONYMOUS, RIVAL, OTHER_MANAGER])
def test_no_page_tells_a_stranger_a_secret(stranger):
    world = make_world()
    pages = read(signed_in(world.cast[stranger]), world)
    assert {(page, secret) for page, text in pages.items() for secret in SECRETS if secret in text} == set()


def test_the_secrets_are_there_to_be_read_by_whom_they_concern():
    world = make_world()
    text = "".join(text for who in (MANAGER, COORDINATOR) for text in read(signed_in(world.cast[who]), world).values())
    assert [secret for secret in SECRETS if secret not in text] == []


@pytest.mark.parametrize("somebody", [ANONYMOUS, PARTNER, PI, RIVAL])
def test_no_page_tells_another_persons_address(somebody):
    world = make_world()
    pages = read(signed_in(world.cast[somebody]), world)
    others = {user.email for name, user in world.users.items() if name not in {ANONYMOUS, somebody}}
    assert {(page, email) for page, text in pages.items() for email in others if email in text} == set()


def test_opening_the_panel_decides_nothing_else():
    world, client = make_world(), signed_in(factories.make_user(is_staff=True))
    rows = [row for row in ADMIN if row.name not in FRAME]
    found = {str(row): client.get(address(row, world)).status_code for row in rows}
    assert {name for name, status in found.items() if status not in {302, 403, 404}} == set()
