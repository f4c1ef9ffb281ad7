"""Files in an S3-compatible store, if FILES_URL names one. Only then is it imported: the client takes memory."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from storages.backends.s3 import S3Storage

from core.storage import KeptFiles, StorageFull, StorageUnreachable

# Seconds to connect to the store, and to wait for its answer. A visitor is waiting.
CONNECT_TIMEOUT, READ_TIMEOUT, ATTEMPTS = 3, 20, 2
# The error codes for a full quota or disk; other stores respond with 507.
FULL = {"QuotaExceeded", "InsufficientStorage", "XMinioStorageFull"}
NOT_FOUND, TOO_MANY, NO_ROOM = 404, 429, 507
# Bytes of a file kept in memory while it is read; the rest goes to a temporary file.
MEMORY = 1024 * 1024


def config() -> Config:
    """Return the client's configuration, with options that every compatible store supports."""
    return Config(
        s3={"addressing_style": "path"},
        signature_version="s3v4",
        connect_timeout=CONNECT_TIMEOUT,
        read_timeout=READ_TIMEOUT,
        retries={"total_max_attempts": ATTEMPTS, "mode": "standard"},
        # Some other stores reject Amazon's own checksums.
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
    )


@contextmanager
def in_our_words(name: str = "") -> Iterator[None]:
    """Translate the client's errors into those of a folder (FileNotFoundError, StorageFull), or into StorageUnreachable."""
    try:
        yield
    except ClientError as error:
        status, code = error.response["ResponseMetadata"]["HTTPStatusCode"], error.response["Error"]["Code"]
        if status == NO_ROOM or code in FULL:
            raise StorageFull(errno.ENOSPC, "No room for a file") from error
        if status == NOT_FOUND and code != "NoSuchBucket":
            raise FileNotFoundError(errno.ENOENT, "No such file", name) from error
        if status >= 500 or status == TOO_MANY:
            raise StorageUnreachable(errno.EIO, f"The store of files answers {status}") from error
        raise
    except BotoCoreError as error:
        raise StorageUnreachable(errno.EIO, "The store of files does not answer") from error


def is_missing(error: ClientError) -> bool:
    return error.response["ResponseMetadata"]["HTTPStatusCode"] == NOT_FOUND


class S3Files(S3Storage):
    """django-storages' S3 storage, with the errors that a folder would raise."""

    def __init__(self, **options: Any) -> None:
        # A file is sent in one piece, in the request's thread: 10 MB at most (core/uploads.py).
        whole = TransferConfig(use_threads=False, multipart_threshold=64 * 1024 * 1024)
        super().__init__(**options, client_config=config(), transfer_config=whole, max_memory_size=MEMORY)

    def reach(self):
        """Check that the bucket exists and accepts the key. Raise FileNotFoundError, PermissionError or StorageUnreachable."""
        with in_our_words(self.bucket_name):
            try:
                self.connection.meta.client.head_bucket(Bucket=self.bucket_name)
            except ClientError as error:
                if error.response["ResponseMetadata"]["HTTPStatusCode"] < 500 and not is_missing(error):
                    raise PermissionError(errno.EACCES, "The store refuses the key") from error
                raise

    def _open(self, name, mode="rb"):
        with in_our_words(name):
            opened = super()._open(name, mode)
            if "r" in mode:
                # Fetched now, because an error during a response that has begun could not be reported.
                opened.file  # noqa: B018
            return opened

    def _save(self, name, content):
        with in_our_words(name):
            return super()._save(name, content)

    def delete(self, name):
        with in_our_words(name):
            super().delete(name)

    def exists(self, name):
        with in_our_words(name):
            return super().exists(name)

    def listdir(self, name):
        with in_our_words(name):
            return super().listdir(name)

    def size(self, name):
        with in_our_words(name):
            return super().size(name)

    def get_modified_time(self, name):
        with in_our_words(name):
            return super().get_modified_time(name)


class KeptS3Storage(KeptFiles, S3Files):
    """Files of records in a store. Existing files are never overwritten."""

    def get_default_settings(self):
        return {**super().get_default_settings(), "file_overwrite": False}


class ReplacedS3Storage(S3Files):
    """Files in a store that are replaced under their names, which the store does in one step."""
