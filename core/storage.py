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
# A file being written has no record yet. No request takes a day.
OLD_ENOUGH = timedelta(days=1)
# Our files have random names. A file with another name was put there by somebody, and is only reported.
OUR_NAME = re.compile(r"\w+/[0-9a-f]{32}(\.pdf)?")

_state = threading.local()


class StorageFull(OSError):
    """There is no space for a file. The response is 503, and nothing of the request is saved."""


class StorageUnreachable(OSError):
    """The file storage does not answer. The response is 503, and a later request may succeed."""


class KeptFiles:
    """A mixin for storages with files of records.

    It removes a file that could not be written completely, or whose transaction was rolled back.
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
        # After a rollback Django drops this hook, so the file stays unconfirmed and is removed.
        transaction.on_commit(lambda: unconfirmed.discard(saved), robust=True)
        return saved


class KeptFileStorage(KeptFiles, FileSystemStorage):
    """Files of records in a folder."""


class ReplacedFileStorage(FileSystemStorage):
    """Files in a folder that are replaced under their names: a reader sees the old or the new one, and never a partial file."""

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
    """Django's handler of large files, which reports a full disk only when the file is used, after the fields are parsed."""

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
            # Its buffer still holds what could not be written, and cannot be written now either.
            with suppress(OSError):
                self.file.close()


class KeptFilesMiddleware:
    """Removes the files of rolled-back transactions at the end of a request, and responds with 503 if an upload had no space."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        _unconfirmed().clear()
        try:
            return self.get_response(request)
        finally:
            remove_unconfirmed()

    def process_view(self, request, view, args, kwargs):
        # Accessing FILES parses the upload. CSRF-exempt requests come from programs, and their views read the body themselves.
        is_form = request.method == "POST" and not getattr(view, "csrf_exempt", False)
        if is_form and request.FILES is not None and getattr(request, "found_no_room", False):
            raise StorageFull(errno.ENOSPC, "No room for an upload")


def is_full(error: BaseException | None) -> bool:
    """Return whether an error says that a disk is full."""
    return isinstance(error, OSError) and error.errno in FULL


def remove_unconfirmed() -> None:
    """Remove the files written in this thread that no record refers to."""
    names = _unconfirmed()
    try:
        # Where a transaction is still open around the request, as in tests, the records say which files to keep.
        for name in names - known_among(names) if names else ():
            default_storage.delete(name)
    except (DatabaseError, OSError):
        pass  # the nightly check will find them
    finally:
        names.clear()


def file_fields() -> Iterator[tuple[type[models.Model], models.FileField]]:
    """Yield (model, field) of every column that holds the name of a kept file."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.FileField):
                yield model, field


def known_among(names) -> set[str]:
    """Return the names that some record refers to."""
    found: set[str] = set()
    for model, field in file_fields():
        asked = model._base_manager.filter(**{f"{field.name}__in": any_of_words(names)})
        found |= set(asked.values_list(field.name, flat=True))
    return found


def files_without_a_record(now=None) -> Iterator[str]:
    """Yield the names of files, older than a day, that no record refers to."""
    before = (now or timezone.now()) - OLD_ENOUGH
    for batch in in_batches(kept_names()):
        # An S3 store may need a request per modification time, so only unreferenced files are asked about.
        yield from sorted(name for name in set(batch) - known_among(batch) if _is_old(name, before))


def records_without_a_file() -> Iterator[tuple[models.Model, str]]:
    """Yield each record whose file is missing, with the file's name."""
    there = set(kept_names())
    for model, field in file_fields():
        for record in model._base_manager.exclude(**{field.name: ""}).iterator():
            name = getattr(record, field.name).name
            # A file stored after the list was read is looked up.
            if name and name not in there and not default_storage.exists(name):
                yield record, name


def remove_strays() -> tuple[list[str], list[str]]:
    """Remove the files without a record. Return their names, and the names of files left because they are not ours."""
    removed, left = [], []
    for name in list(files_without_a_record()):
        if OUR_NAME.fullmatch(name):
            default_storage.delete(name)
            removed.append(name)
        else:
            left.append(name)
    return removed, left


def kept_names(folder: str = "") -> Iterator[str]:
    """Yield the name of every stored file, with or without a record."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:  # no file was ever stored
        return
    yield from (f"{folder}/{name}".lstrip("/") for name in files)
    for inner in folders:
        yield from kept_names(f"{folder}/{inner}".lstrip("/"))


def _is_old(name: str, before) -> bool:
    try:
        return default_storage.get_modified_time(name) < before
    except FileNotFoundError:  # removed in between
        return False


def _unconfirmed() -> set[str]:
    if not hasattr(_state, "names"):
        _state.names = set()
    return _state.names
