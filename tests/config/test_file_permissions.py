"""Nothing that the site keeps on its disk can be read by another user of the machine."""

import os
import stat
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from config.file_permissions import private_database, private_folder


def open_to_others(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode) & 0o077


@pytest.fixture(autouse=True)
def generous_machine():
    """Most machines let everybody read what is made, unless its maker says otherwise."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def test_the_folder_of_all_is_made_ours(tmp_path):
    folder = private_folder(tmp_path / "var", "VAR_DIR")
    assert folder.is_dir() and not open_to_others(folder)


def test_a_folder_that_is_there_stays_as_somebody_made_it(tmp_path):
    tmp_path.chmod(0o755)
    private_folder(tmp_path, "VAR_DIR")
    assert open_to_others(tmp_path) == 0o055


def test_a_database_and_what_lies_beside_it_are_ours(tmp_path):
    new = tmp_path / "new.sqlite3"
    private_database(new)
    assert new.is_file() and not open_to_others(new)
    files = [tmp_path / f"old.sqlite3{end}" for end in ("", "-wal", "-shm")]
    for file in files:
        file.touch()
    assert all(map(open_to_others, files))
    private_database(files[0])
    assert not any(open_to_others(file) for file in files if file.exists())


def test_a_file_that_is_no_database_is_left_as_it_is(tmp_path):
    file = tmp_path / "file"
    file.write_text("no database" * 1000)
    with pytest.raises(ImproperlyConfigured, match="damaged database, or none"):
        private_database(file)
    assert open_to_others(file) == 0o044


@pytest.mark.django_db
def test_uploads_are_ours(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    path = tmp_path / default_storage.save("a/b/paper.pdf", ContentFile(b"private"))
    assert path.read_bytes() == b"private"
    assert not any(map(open_to_others, [path, path.parent, path.parent.parent]))


@pytest.mark.only_on("sqlite")
@pytest.mark.django_db
def test_the_database_of_this_run_is_ours(settings):
    database = Path(settings.VAR_DIR) / "cathedra.sqlite3"
    assert database.is_file() and not open_to_others(database)
