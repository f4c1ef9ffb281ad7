"""Keeps files consistent with the database.

Files without a record are removed, and a full disk is reported in a sentence.
"""

import errno
import os
import re
import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta

from django.apps import apps
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.db import DatabaseError, models, transaction
from django.utils import timezone

from core.primary_keys import any_of_words, in_batches

FULL = {errno.ENOSPC, errno.EDQUOT}
# A file being written has no record yet. A day is longer than any request takes.
OLD_ENOUGH = timedelta(days=1)
# All our files have a random name. A file with another name was put there by somebody and is only reported.
OUR_NAME = re.compile(r"\w+/[0-9a-f]{32}(\.pdf)?")

_state = threading.local()


class StorageFull(OSError):
    """There is no room for a file. The whole request is answered with 503, and nothing of it is kept."""


class StorageUnreachable(OSError):
    """Where the files are does not answer. The request is answered with 503; whoever asks again in a moment may be served."""


class KeptFiles:
    """Files of records, before a storage of Django's.

    One that could not be written whole is removed, and so is one whose transaction did not hold.
    """

    def _save(self, name, content):
        try:
            saved = super()._save(name, content)
        except OSError as error:
            self.delete(name)
            if error.errno in FULL:
                raise StorageFull(error.errno, "No room for a file") from error
            raise
        unconfirmed = _unconfirmed()
        unconfirmed.add(saved)
        # Forgotten by Django where the transaction, or the savepoint, is rolled back: the file is then removed.
        transaction.on_commit(lambda: unconfirmed.discard(saved), robust=True)
        return saved


class KeptFileStorage(KeptFiles, FileSystemStorage):
    """Files of records in a folder."""


class ReplacedFileStorage(FileSystemStorage):
    """Files in a folder that are replaced under their names: a reader finds the one or the other, and never half of one."""

    def get_available_name(self, name, max_length=None):
        return name

    def _save(self, name, content):
        os.makedirs(self.location, mode=self.directory_permissions_mode or 0o777, exist_ok=True)
        handle, unfinished = tempfile.mkstemp(dir=self.location, suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                shutil.copyfileobj(content, file)
            os.replace(unfinished, self.path(name))
        except BaseException:
            os.unlink(unfinished)
            raise
        return name


class FullDiskUploadHandler(TemporaryFileUploadHandler):
    """Django's handler of large files, which answers a full disk when the file is used: the fields are read first."""

    def new_file(self, *args, **kwargs):
        self.failure = None
        try:
            super().new_file(*args, **kwargs)
        except OSError as error:
            self._note(error)

    def receive_data_chunk(self, raw_data, start):
        if self.failure is None:
            try:
                super().receive_data_chunk(raw_data, start)
            except OSError as error:
                self._note(error)

    def file_complete(self, file_size):
        if self.failure is None:
            try:
                return super().file_complete(file_size)
            except OSError as error:
                self._note(error)
        self.request.found_no_room = True
        return None

    def _note(self, error: OSError) -> None:
        if error.errno not in FULL:
            raise error
        self.failure = error
        if hasattr(self, "file"):
            # What could not be written is in its buffer still, and cannot be written now either.
            with suppress(OSError):
                self.file.close()


class KeptFilesMiddleware:
    """Removes, at the end of a request, the files whose transaction did not hold; 503 where an upload found no room."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        _unconfirmed().clear()
        try:
            return self.get_response(request)
        finally:
            remove_unconfirmed()

    def process_view(self, request, view, args, kwargs):
        # Reading the files is what finds it out. What programs post is no form, and its view reads the body itself.
        is_form = request.method == "POST" and not getattr(view, "csrf_exempt", False)
        if is_form and request.FILES is not None and getattr(request, "found_no_room", False):
            raise StorageFull(errno.ENOSPC, "No room for an upload")


def is_full(error: BaseException | None) -> bool:
    """Return whether an error says that there is no room, on whatever disk."""
    return isinstance(error, OSError) and error.errno in FULL


def remove_unconfirmed() -> None:
    """Remove the files that were written in this thread and that no record knows."""
    names = _unconfirmed()
    try:
        # Where a transaction is still open around the request, as in tests, the record says whether it holds.
        for name in names - known_among(names) if names else ():
            default_storage.delete(name)
    except (DatabaseError, OSError):
        pass  # the nightly look finds them
    finally:
        names.clear()


def file_fields() -> Iterator[tuple[type[models.Model], models.FileField]]:
    """Yield every column that names a kept file."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.FileField):
                yield model, field


def known_among(names) -> set[str]:
    """Return those of the names that some record has."""
    found: set[str] = set()
    for model, field in file_fields():
        asked = model._base_manager.filter(**{f"{field.name}__in": any_of_words(names)})
        found |= set(asked.values_list(field.name, flat=True))
    return found


def files_without_a_record(now=None) -> Iterator[str]:
    """Yield the names of files, older than a day, that no record has."""
    before = (now or timezone.now()) - OLD_ENOUGH
    for batch in in_batches(kept_names()):
        # A store may have to be asked about each day: only about those that nobody has.
        yield from sorted(name for name in set(batch) - known_among(batch) if _is_old(name, before))


def records_without_a_file() -> Iterator[tuple[models.Model, str]]:
    """Yield each record whose file is gone, with the file's name."""
    there = set(kept_names())
    for model, field in file_fields():
        for record in model._base_manager.exclude(**{field.name: ""}).iterator():
            name = getattr(record, field.name).name
            # One that came after the list was read is asked about.
            if name and name not in there and not default_storage.exists(name):
                yield record, name


def remove_strays() -> tuple[list[str], list[str]]:
    """Remove the files that no record has. Return their names, and those that were left because they are not ours."""
    removed, left = [], []
    for name in list(files_without_a_record()):
        if OUR_NAME.fullmatch(name):
            default_storage.delete(name)
            removed.append(name)
        else:
            left.append(name)
    return removed, left


def kept_names(folder: str = "") -> Iterator[str]:
    """Yield the name of every file that is kept, whether a record has it or not."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:  # nothing was ever kept
        return
    yield from (f"{folder}/{name}".lstrip("/") for name in files)
    for inner in folders:
        yield from kept_names(f"{folder}/{inner}".lstrip("/"))


def _is_old(name: str, before) -> bool:
    try:
        return default_storage.get_modified_time(name) < before
    except FileNotFoundError:  # taken out meanwhile
        return False


def _unconfirmed() -> set[str]:
    if not hasattr(_state, "names"):
        _state.names = set()
    return _state.names
