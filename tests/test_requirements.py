"""The lock files: one release of each part, its bytes, and nothing of the machine that wrote them."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

BASE_DIR = Path(settings.BASE_DIR)
LOCKS = {
    "requirements.lock": ["requirements.txt"],
    "requirements-dev.lock": ["requirements.txt", "requirements-dev.txt"],
    "requirements-audit.lock": ["requirements-audit.txt"],
}
ENTRY = re.compile(r"\S+==\S+( ; [^\\]+)?( \\\n    --hash=sha256:[0-9a-f]{64})+\n")


def locked(name: str) -> dict[str, Requirement]:
    """Return the requirements of a lock file by their names, without the hashes."""
    lines = [line.removesuffix("\\") for line in (BASE_DIR / name).read_text("utf-8").splitlines() if line[0] != " "]
    return {canonicalize_name(found.name): found for found in map(Requirement, lines)}


def asked(name: str) -> list[Requirement]:
    lines = (BASE_DIR / name).read_text("utf-8").splitlines()
    return [Requirement(line) for line in lines if line and line[0] not in "#-"]


@pytest.mark.parametrize("lock", LOCKS)
def test_every_line_is_one_release_with_its_hashes_and_nothing_else(lock):
    assert not ENTRY.sub("", (BASE_DIR / lock).read_text("utf-8"))
    assert len(locked(lock)) > 40


@pytest.mark.parametrize("lock", LOCKS)
def test_it_holds_what_the_ranges_ask_for(lock):
    releases = locked(lock)
    for requirement in (one for name in LOCKS[lock] for one in asked(name)):
        found = releases.get(canonicalize_name(requirement.name))
        assert found, f"`make lock` has not seen {requirement}"
        (release,) = found.specifier
        assert requirement.specifier.contains(release.version), f"`make lock` has not seen {requirement}"


def test_the_tests_run_on_what_the_site_runs_on():
    """The same releases; what the site needs on some machines only, the tests may need on all."""
    site, tests = (
        {name: str(found.specifier) for name, found in locked(lock).items()}
        for lock in ("requirements.lock", "requirements-dev.lock")
    )
    assert "django" in site and site.items() <= tests.items()


@pytest.mark.parametrize("minor", [11, 12, 13, 14])
def test_no_part_is_left_out_on_a_python_that_we_run_on(minor):
    on = {"python_version": f"3.{minor}", "python_full_version": f"3.{minor}.0", "sys_platform": "linux"}
    releases = locked("requirements-dev.lock")
    for requirement in asked("requirements.txt") + asked("requirements-dev.txt"):
        marker = releases[canonicalize_name(requirement.name)].marker
        assert marker is None or marker.evaluate(on), requirement


def test_installing_asks_for_the_hashes():
    script = (BASE_DIR / "bin" / "venv").read_text("utf-8")
    assert "--require-hashes" in script and "--only-binary :all:" in script
    assert "requirements.txt" not in re.sub(r"(?m)^\s*#.*", "", (BASE_DIR / "Makefile").read_text("utf-8"))
