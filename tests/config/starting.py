"""A program of the site in a process of its own, with settings of production."""

import subprocess
import sys

from django.conf import settings

from tests.serving import inherited

GOOD = {
    "SECRET_KEY": "a-long-and-random-value-that-only-this-test-ever-sees-0123456789",
    "SITE_URL": "https://chairs.example.org",
    "ALLOWED_HOSTS": "chairs.example.org",
    "EMAIL_URL": "submission://user:password@mail.example.org:587",
}
ABSENT = None


def run(*command, **environment) -> subprocess.CompletedProcess:
    known = {**inherited("PATH", "VAR_DIR"), **GOOD, **environment}
    given = {name: value for name, value in known.items() if value is not ABSENT}
    return subprocess.run(
        [sys.executable, *command], cwd=settings.BASE_DIR, env=given, capture_output=True, text=True, timeout=60
    )


def assert_is_one_sentence_about(name, sentence):
    assert sentence.startswith("Cathedra cannot start: ")
    assert sentence.count("\n") == 1
    assert name in sentence
    assert "hunter2" not in sentence
