"""The Nu HTML checker finds no error on any page: every public sort in both languages, and those of people who sign in."""

import json
import os
import subprocess
import tarfile
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from demo.cast import PASSWORD
from tests.accessibility.faces import show_a_face
from tests.accessibility.page_types import PageType
from tests.accessibility.panel_types import page_types

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.audit,
    pytest.mark.usefixtures("search_index", "field_history", "demonstration_for_the_module"),
]
CHECKER = "vnu-jar@26.9.27"
JAR = "package/build/dist/vnu.jar"
WAIT = 600
LANGUAGES = ("en", "fr")


@pytest.fixture(scope="module")
def checker(tmp_path_factory) -> Path:
    """The checker as npm packs it; VNU_JAR names one that is there already."""
    if there := os.environ.get("VNU_JAR"):
        return Path(there)
    folder = tmp_path_factory.mktemp("vnu")
    packed = subprocess.run(
        ["npm", "pack", "--silent", CHECKER], cwd=folder, check=True, capture_output=True, text=True, timeout=WAIT
    )
    with tarfile.open(folder / packed.stdout.split()[-1]) as archive:
        archive.extract(JAR, folder, filter="data")
    return folder / JAR


@cache
def client_of(who: str) -> Client:
    """Return a browser in which somebody is signed in, as a person does."""
    client = Client(headers={"user-agent": "A browser"})
    if who:
        client.post("/en/accounts/login/", {"login": who, "password": PASSWORD})
        client.post("/en/accounts/reauthenticate/", {"password": PASSWORD})
    return client


def kept(one: PageType, language: str, folder: Path) -> Path:
    """Keep the page as a file, named for what it is."""
    client = client_of(one.who)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    response = client.get(one.address(language))
    assert response.status_code == one.status, f"{one.name} answers {response.status_code}"
    file = folder / f"{one.name}.{language}.html"
    file.write_bytes(response.content)
    return file


def errors_in(checker: Path, folder: Path) -> dict[str, list[str]]:
    """Return, by error, the pages that have it."""
    run = subprocess.run(
        ["java", "-Xss8m", "-jar", str(checker), "--format", "json", "--errors-only", "--skip-non-html", str(folder)],
        check=False,
        capture_output=True,
        text=True,
        timeout=WAIT,
    )
    found: dict[str, list[str]] = {}
    for message in json.loads(run.stderr)["messages"]:
        found.setdefault(f"{message['message']} {message.get('extract', '')}", []).append(Path(message["url"]).name)
    return found


def test_the_checker_finds_what_is_wrong(checker, tmp_path):
    """Else the next would find nothing on any page whatever."""
    (tmp_path / "wrong.html").write_text("<!doctype html><html lang=en><title>A page</title><p>One.</p></p>")
    assert any("No “p” element in scope" in error for error in errors_in(checker, tmp_path))


def test_no_page_has_an_error(checker, tmp_path):
    show_a_face()
    files = [kept(one, language, tmp_path) for one in page_types() for language in LANGUAGES]
    assert len(files) > 200
    faces = [file.name for file in files if b'src="/photographs/' in file.read_bytes()]
    assert {"chair.en.html", "person.fr.html", "people-searched.en.html"} <= {*faces}, faces
    found = errors_in(checker, tmp_path)
    assert not found, "\n".join(f"{error}: {', '.join(sorted(pages)[:5])}" for error, pages in found.items())
