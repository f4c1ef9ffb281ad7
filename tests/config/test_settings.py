"""A wrong setting stops the start: one sentence, no traceback, a non-zero exit."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

pytestmark = pytest.mark.any_database

GOOD = {
    "SECRET_KEY": "a-long-and-random-value-that-only-this-test-ever-sees-0123456789",
    "SITE_URL": "https://chairs.example.org",
    "ALLOWED_HOSTS": "chairs.example.org",
    "EMAIL_URL": "submission://user:password@mail.example.org:587",
}
ABSENT = None
WRONG = [
    ("SECRET_KEY", ABSENT),
    ("SECRET_KEY", "short"),
    ("ALLOWED_HOSTS", ABSENT),
    ("ALLOWED_HOSTS", " , "),
    ("SITE_URL", ABSENT),
    ("SITE_URL", "http://chairs.example.org"),
    ("SITE_URL", "chairs.example.org"),
    ("SITE_URL", "https://chairs.example.org/cathedra"),
    ("DATABASE_URL", "banana"),
    ("DATABASE_URL", "mysql://somewhere/cathedra"),
    ("DATABASE_URL", "postgres://somewhere"),
    ("DATABASE_URL", "sqlite://:memory:"),
    ("CACHE_URL", "banana"),
    ("CACHE_URL", "pigeon://somewhere"),
    ("EMAIL_URL", ABSENT),
    ("EMAIL_URL", "banana"),
    ("EMAIL_URL", "pigeon://mail.example.org"),
    ("SECURITY_CONTACT", "security@example.org"),
    ("SECURITY_CONTACT", "mailto:me@example.org Expires: never"),
    ("DEMONSTRATION", "perhaps"),
    ("BEHIND_PROXY", "perhaps"),
    ("STAFF_SECOND_FACTOR", "perhaps"),
]
wrong_settings = pytest.mark.parametrize(("name", "value"), WRONG, ids=[f"{name}={value}" for name, value in WRONG])


def run(*command, **environment) -> subprocess.CompletedProcess:
    known = {"PATH": os.environ["PATH"], "VAR_DIR": os.environ["VAR_DIR"], **GOOD, **environment}
    given = {name: value for name, value in known.items() if value is not ABSENT}
    return subprocess.run(
        [sys.executable, *command], cwd=settings.BASE_DIR, env=given, capture_output=True, text=True, timeout=60
    )


@wrong_settings
def test_the_commands_refuse_it(name, value):
    result = run("manage.py", "check", **{name: value})
    assert result.returncode != 0
    assert result.stderr.startswith("Cathedra cannot start: ")
    assert result.stderr.count("\n") == 1
    assert name in result.stderr


@pytest.mark.parametrize(("name", "value"), [WRONG[0], WRONG[8]])
def test_the_web_server_refuses_it(name, value):
    result = run("-m", "gunicorn", PORT="0", **{name: value})
    assert result.returncode != 0
    assert "Traceback" not in result.stderr
    sentence = next(line for line in result.stderr.splitlines() if line.startswith("Cathedra cannot start: "))
    assert name in sentence


def test_production_settings_pass_every_deployment_check():
    result = run("manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert result.returncode == 0, result.stderr
    assert "no issues" in result.stdout


def test_a_command_that_cannot_reach_its_database_says_so():
    result = run("manage.py", "migrate", DATABASE_URL="postgres://nobody@127.0.0.1:9/none")
    assert result.returncode != 0
    assert "Traceback" not in result.stderr
    assert "Cathedra cannot use its database: " in result.stderr


def test_a_password_never_stands_in_a_refusal():
    result = run("manage.py", "check", DATABASE_URL="mysql://user:hunter2@somewhere/cathedra")
    assert "hunter2" not in result.stdout + result.stderr
