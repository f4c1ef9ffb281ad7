"""A damaged or foreign backup is refused with the name of what is damaged, and a place with records is not touched."""

import hashlib
import json
import zipfile
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection

from accounts.models import User
from config.backup.checks import NotRestored, read_manifest, refuse_what_is_not_empty
from config.backup.restoring import restore
from core.rehearsal import undone
from core.storage import kept_names
from sponsorships.models import LedgerEntry
from tests import factories

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.database,
    # A backup reads every table.
    pytest.mark.usefixtures("field_history", "search_index", "own_files"),
]
USERS, MANIFEST = "records/accounts.User.jsonl", "manifest.json"


@pytest.fixture
def own_files(settings, tmp_path):
    """Keep the files of a test apart from those that others have left."""
    settings.MEDIA_ROOT = tmp_path / "files"


def files_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def write(path: Path, files: list[tuple[str, bytes]]) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files:
            archive.writestr(name, content)


def edit(path: Path, files: dict[str, bytes], **said) -> None:
    """Write a backup whose manifest says what is in it, as somebody would who knows how."""
    hashes = {name: hashlib.sha256(content).hexdigest() for name, content in files.items() if name != MANIFEST}
    manifest = {**json.loads(files[MANIFEST]), "files": hashes, **said}
    write(path, [*files.items()][:-1] + [(MANIFEST, json.dumps(manifest).encode())])


@pytest.mark.exhaustive(counted=True)
@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda files: {**files, USERS: files[USERS].replace(b"@", b"#", 1)}, USERS),
        (lambda files: {name: content for name, content in files.items() if name != USERS}, USERS),
        (lambda files: {name: content for name, content in files.items() if name != MANIFEST}, MANIFEST),
        (lambda files: {**files, "records/more.jsonl": b"[]\n"}, "records/more.jsonl"),
        (lambda files: {**files, MANIFEST: b""}, MANIFEST),
        (lambda files: {**files, MANIFEST: b"[]"}, MANIFEST),
        (lambda files: {**files, MANIFEST: b"[" * 100_000}, MANIFEST),
        (lambda files: {**files, MANIFEST: b'{"files": []}'}, MANIFEST),
        (lambda files: {"word/document.xml": b"<x/>"}, MANIFEST),
        (lambda files: {}, MANIFEST),
    ],
)
def test_a_changed_archive_is_refused_by_the_name_of_what_is_changed(backup, change, named):
    write(backup, list(change(files_of(backup)).items()))
    with pytest.raises(NotRestored, match=f"^This backup is damaged: {named}"):
        read_manifest(backup)


@pytest.mark.exhaustive(counted=True)
@pytest.mark.parametrize("twice", [USERS, MANIFEST])
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_file_that_is_there_twice_is_named(backup, twice):
    files = files_of(backup)
    write(backup, [(twice, b"[]\n"), *files.items()])
    with pytest.raises(NotRestored, match=f"damaged: {twice}"):
        read_manifest(backup)


@pytest.mark.exhaustive(counted=True)
@pytest.mark.parametrize(
    ("cut", "said"),
    [
        (lambda content: b"", "no backup, or its end is missing"),
        (lambda content: content[: len(content) // 2], "no backup, or its end is missing"),
        (lambda content: content[:-1], "no backup, or its end is missing"),
        (lambda content: b"hello\n" * 99, "no backup, or its end is missing"),
    ],
)
def test_what_is_no_whole_archive_is_refused(backup, cut, said):
    backup.write_bytes(cut(backup.read_bytes()))
    with pytest.raises(NotRestored, match=said):
        read_manifest(backup)


@pytest.mark.exhaustive(counted=True)
@pytest.mark.parametrize("byte", [4, 6, 8, 10, 16, 28, 42, 46])
def test_a_byte_of_the_list_of_files_that_is_another_is_no_error_of_the_program(backup, byte):
    """As an archive that needs another ZIP, a password or a compression that nobody has."""
    with zipfile.ZipFile(backup) as archive:
        place = archive.start_dir + byte
    content = bytearray(backup.read_bytes())
    content[place] ^= 0x55
    backup.write_bytes(content)
    try:
        assert read_manifest(backup)["counts"]
    except NotRestored as error:
        assert "damaged: " in str(error) or "no backup" in str(error)


@pytest.mark.exhaustive(counted=True)
def test_a_path_that_is_no_file_is_called_what_it_is(tmp_path):
    with pytest.raises(NotRestored, match="No such file"):
        read_manifest(tmp_path / "nothing.zip")
    with pytest.raises(NotRestored, match="Is a directory"):
        read_manifest(tmp_path)


@pytest.mark.exhaustive(counted=True)
@pytest.mark.parametrize(
    ("said", "named"),
    [
        ({"counts": {}}, MANIFEST),
        ({"counts": None}, MANIFEST),
        ({"made_at": 3}, MANIFEST),
        ({"log": None}, MANIFEST),
        (
            {"migrations": ["core.9999_of_tomorrow"], "version": "9.9"},
            r"another version of the site \(9\.9; .*core\.0001",
        ),
    ],
)
def test_a_manifest_that_says_something_else_is_refused_before_anything_is_migrated(backup, said, named):
    edit(backup, files_of(backup), **said)
    with pytest.raises(NotRestored, match=named):
        read_manifest(backup)


@pytest.mark.exhaustive(counted=True)
@pytest.mark.parametrize("name", ["../evil", "a/../../evil", "/etc/evil", "", "a//b", "x" * 300])
def test_a_file_that_would_be_stored_elsewhere_is_named(backup, name):
    edit(backup, {f"files/{name}": b"x", **files_of(backup)})
    with pytest.raises(NotRestored, match=f"^This backup is damaged: files/{name}"):
        read_manifest(backup)


@pytest.fixture
def elsewhere(tmp_path):
    """Return the backup of a site that is not this one: here its rows were rolled back, and its files removed."""
    path = tmp_path / "site.zip"
    with undone():
        factories.make_running(parts=["20000.00", "30000.00"])
        call_command("backup", str(path), stdout=StringIO())
    for name in list(kept_names()):
        default_storage.delete(name)
    return path


@pytest.mark.exhaustive(counted=True)
@pytest.mark.parametrize(
    "damage",
    [
        lambda lines: [],
        lambda lines: [lines[0].replace(b'"email"', b'"elsewhere"'), *lines[1:]],
        lambda lines: [lines[0], b"[1]\n"],
        lambda lines: [lines[0], b"\xff\n"],
        lambda lines: [*lines, lines[-1]],
    ],
)
def test_rows_that_no_site_wrote_are_named_by_their_table_and_nothing_is_kept(elsewhere, damage):
    files = files_of(elsewhere)
    edit(elsewhere, {**files, USERS: b"".join(damage(files[USERS].splitlines(keepends=True)))})
    with pytest.raises(NotRestored, match=f"damaged: {USERS}"):
        restore(elsewhere)
    assert not User.objects.exists() and not list(kept_names())


@pytest.mark.exhaustive(counted=True)
def test_a_database_that_has_no_room_is_not_called_a_damaged_backup(elsewhere):
    def is_full(execute, sql, params, many, context):
        if sql.startswith('INSERT INTO "accounts_user"'):
            raise OperationalError("database or disk is full")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(is_full), pytest.raises(OperationalError, match="disk is full"):
        restore(elsewhere)
    assert not User.objects.exists() and not list(kept_names())


@pytest.mark.exhaustive(counted=True)
def test_a_head_of_the_log_that_the_records_do_not_have_is_noticed(elsewhere):
    edit(elsewhere, files_of(elsewhere), log="chairs.example.org/log\n9\n")
    with pytest.raises(NotRestored, match="another head of the log"):
        restore(elsewhere)
    assert not User.objects.exists() and not list(kept_names())


@pytest.mark.exhaustive(counted=True)
def test_a_place_with_records_is_not_overwritten(backup):
    before = LedgerEntry.objects.count()
    with pytest.raises(CommandError, match="not empty"):
        call_command("restore", str(backup))
    with pytest.raises(NotRestored, match="has rows of"):
        refuse_what_is_not_empty()
    assert LedgerEntry.objects.count() == before > 0


@pytest.mark.exhaustive(counted=True)
def test_a_place_with_a_directory_and_no_account_is_not_empty_either():
    refuse_what_is_not_empty()
    factories.make_cluster()
    with pytest.raises(NotRestored, match=r"has rows of clusters\."):
        refuse_what_is_not_empty()


@pytest.mark.exhaustive(counted=True)
def test_a_place_with_a_file_is_not_empty_either():
    default_storage.save("imports/kept", ContentFile(b"x"))
    with pytest.raises(NotRestored, match="imports/kept is there"):
        refuse_what_is_not_empty()


@pytest.mark.exhaustive(counted=True)
def test_a_site_with_a_replica_rehearses_a_restore_too(monkeypatch, tmp_path):
    """Into SQLite, which has no replica: the command starts, and says what is wrong with the archive."""
    monkeypatch.setenv("DATABASE_REPLICA_URL", "postgres://cathedra@replica.example.org/cathedra")
    with pytest.raises(CommandError) as raised:
        call_command("rehearse_restore", str(tmp_path / "nothing.zip"))
    said = f"This backup cannot be restored: {tmp_path}/nothing.zip cannot be read (No such file or directory)."
    assert str(raised.value) == said
