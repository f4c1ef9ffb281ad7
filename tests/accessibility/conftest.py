import pytest
from django.core.management import call_command


@pytest.fixture
def demonstration(db, settings):
    """The site of a first run: the real directory, the demonstration data, and the banner that says so."""
    settings.DEMONSTRATION = True
    call_command("load_directory", verbosity=0)
    call_command("load_demo", verbosity=0)
