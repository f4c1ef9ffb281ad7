"""What a command says where it cannot work: one sentence that helps, and never a traceback."""

import subprocess
import sys

import pytest
from django.conf import settings

from tests.config.starting import GOOD
from tests.serving import inherited


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env={**inherited("PATH"), **GOOD, **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.exhaustive(counted=True)
@pytest.mark.parametrize("command", ["check_log", "deliver_mail", "backup"])
def test_a_database_that_lacks_migrations_is_called_that(tmp_path, command):
    path = [str(tmp_path / "site.zip")] if command == "backup" else []
    done = run(command, *path, VAR_DIR=str(tmp_path / "var"))
    said = "Cathedra cannot use its database: it lacks migrations. Run manage.py migrate.\n"
    assert (done.returncode, done.stderr) == (1, said)


@pytest.mark.exhaustive(counted=True)
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["serve", "banana"], "“banana” is no option of gunicorn"),
        (["search_quality", "--gold", "/no/such/folder"], "/no/such/folder/queries_en.json cannot be read"),
        (["restore", "/no/such/file"], "/no/such/file cannot be read"),
        (["write_audit_archive", "/no/such/folder/a.zip"], "/no/such/folder/a.zip cannot be written"),
        (["backup", "/"], "/ cannot be written"),
    ],
)
def test_an_argument_that_leads_nowhere_is_told_in_a_sentence(tmp_path, arguments, said):
    done = run(*arguments, VAR_DIR=str(tmp_path / "var"))
    assert done.returncode == 1 and done.stderr.startswith(f"CommandError: {said}")
    assert done.stderr.count("\n") == 1
