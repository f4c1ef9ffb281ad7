from io import StringIO

import pytest
from django.core.management import call_command

from tests import factories


@pytest.fixture
def backup(tmp_path):
    """A backup of a site with a running sponsorship."""
    factories.make_running(parts=["20000.00", "30000.00"])
    path = tmp_path / "site.zip"
    call_command("backup", str(path), stdout=StringIO())
    return path
