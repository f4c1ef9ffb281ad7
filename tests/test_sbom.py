"""The list of parts that goes with a release has what the lock file names, and nothing else."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

LOCK = Path(settings.BASE_DIR) / "requirements.lock"


@pytest.mark.exhaustive
def test_it_lists_each_part_of_the_lock_with_its_hashes(tmp_path):
    made = tmp_path / "sbom.json"
    program = Path(sys.executable).with_name("cyclonedx-py")
    subprocess.run([program, "requirements", "--output-reproducible", "--output-file", made, LOCK], check=True)
    parts = json.loads(made.read_text("utf-8"))["components"]
    named = re.findall(r"^([a-z0-9._-]+)(?:\[[^]]*\])?==([^ ;\\]+)", LOCK.read_text("utf-8"), re.MULTILINE)
    assert {(part["name"], part["version"]) for part in parts} == set(named) and len(named) > 40
    assert all(part["externalReferences"][0]["hashes"] for part in parts)
