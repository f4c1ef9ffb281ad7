import pytest
from django.core.management import call_command
from django.db import connection


@pytest.fixture
def demonstration(db, settings):
    """The site of a first run: the real directory, the demonstration data, and the banner that says so."""
    if connection.vendor != "sqlite":
        pytest.skip("what a page looks like does not depend on the database")
    settings.DEMONSTRATION = True
    call_command("load_directory", verbosity=0)
    call_command("load_demo", verbosity=0)
