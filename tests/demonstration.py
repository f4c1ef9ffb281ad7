"""The site of a first run, loaded once a run: whoever asks for it is given a copy of that database for a while."""

from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection
from django.test import override_settings

from core.data_triggers import say_that_everything_changed
from tests.template_database import connect_to, copy, drop, only_one_process, use_a_copy

FOLDER = Path(settings.VAR_DIR) / "demonstration"
LOADED = "demonstration"


@pytest.fixture(scope="module")
def demonstration_for_the_module(django_db_setup, django_db_blocker, search_index, field_history):
    """The real directory and the demonstration data; each test's own transaction undoes what it writes."""
    with django_db_blocker.unblock(), demonstration():
        yield


@contextmanager
def demonstration():
    """Work on a copy of the demonstration's database, then on the one of before. Not within a transaction."""
    own = connection.settings_dict["NAME"]
    own_copy = f"{own}_{LOADED}"
    with only_one_process(FOLDER):
        if not (FOLDER / "is_loaded").exists():
            _load()
        connection.close()
        copy(_template(), own_copy)
    _use(own_copy)
    try:
        yield
    finally:
        _use(own)
        say_that_everything_changed(connection)
        drop(own_copy)


def _load() -> None:
    """Load everything into a database of its own, which nobody uses afterwards: it is copied."""
    drop(_template())
    use_a_copy(_template())
    call_command("load_directory", verbosity=0)
    with override_settings(DEMONSTRATION=True):
        call_command("load_demo", verbosity=0)
    connection.close()
    (FOLDER / "is_loaded").touch()


def _template() -> str:
    return str(FOLDER / "loaded.sqlite3") if connection.vendor == "sqlite" else LOADED


def _use(name: str) -> None:
    connect_to(name)
    ContentType.objects.clear_cache()
