"""What the web server has loaded before its first page."""

import subprocess
import sys

import pytest

from tests.serving import environment

LOADED = "import sys; before = set(sys.modules); import config.wsgi; print(*sorted(set(sys.modules) - before))"


@pytest.mark.exhaustive(counted=True)
@pytest.mark.django_db
def test_every_view_is_loaded_before_the_workers_are_made(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", LOADED], env=environment(8000, str(tmp_path)), capture_output=True, text=True, check=True
    )
    loaded = done.stdout.split()
    assert {"chairs.views.home", "chairs.admin", "figures.views.public", "portal.views"} <= set(loaded)
