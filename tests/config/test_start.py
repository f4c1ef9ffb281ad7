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


# Each language's addresses before and after, and how many objects Python's collector leaves alone and still looks at.
READY = """
import gc, runpy
import config.wsgi
from django.urls import get_resolver
kept = get_resolver()._reverse_dict
print(len(kept))
runpy.run_path("gunicorn.conf.py")["when_ready"](None)
print(*sorted(kept), gc.get_freeze_count(), len(gc.get_objects()))
"""


@pytest.mark.exhaustive(counted=True)
@pytest.mark.django_db
def test_what_the_workers_share_is_made_before_them_and_left_alone(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", READY],
        env=environment(8000, str(tmp_path)) | {"SEARCH_BY_MEANING": "no"},
        capture_output=True,
        text=True,
        check=True,
    )
    before, *languages, frozen, looked_at = done.stdout.split()
    assert (before, languages) == ("0", ["en", "fr"])
    assert int(frozen) > 100_000 and int(looked_at) < 1_000


@pytest.mark.exhaustive(counted=True)
@pytest.mark.django_db
def test_the_floor_of_the_measurements_is_served_by_the_same_file(tmp_path):
    """With settings of its own, in which the site's modules cannot be loaded."""
    ready = "import runpy, bench.floor.wsgi; runpy.run_path('gunicorn.conf.py')['when_ready'](None); print('ready')"
    floor = environment(8000, str(tmp_path)) | {"DJANGO_SETTINGS_MODULE": "bench.floor.settings"}
    done = subprocess.run([sys.executable, "-c", ready], env=floor, capture_output=True, text=True, check=True)
    assert done.stdout == "ready\n"
