import pytest
from django.core.files.storage import FileSystemStorage
from django.db import transaction

from tests.matrix.visits import cookies_of
from tests.matrix.world import make_world
from tests.personas import PERSONAS


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, search_index, field_history):
    """One world for all rows, and a signed-in browser for each persona: making them is slower than any page.

    Each test's own transaction, inside this one, undoes what its pages write.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        world = make_world()
        world.cookies = {persona: cookies_of(world, persona) for persona in PERSONAS}
        yield world
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def no_file_of_last_night(monkeypatch, tmp_path):
    """In no test is there the file of all data that another one made, in its turn or at the same time."""
    monkeypatch.setattr("api.dump.published", lambda: FileSystemStorage(tmp_path / "public"))
