"""Reads from the environment where files are kept: in a folder, or in an S3-compatible store. docs/settings.md."""

from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qs, quote, unquote, urlsplit

from django.core import checks
from django.core.exceptions import ImproperlyConfigured

from config.environment import HOST, LOOPBACK_HOSTS, host_of, read, reason
from config.file_permissions import private_folder

NAME = "FILES_URL"
# The protocol of the store's URL, by scheme.
SCHEMES = {"s3": "https", "s3+http": "http"}
# The default region, which stores without regions accept.
REGION = "us-east-1"
# The folders of private files and of public ones, which are never mixed.
KEPT, PUBLISHED = "media", "public"


def file_storages(var_dir: Path) -> dict[str, Any]:
    """Return Django's storages: `default` for the files of records, `published` for the file of public data."""
    parts, port = _read(var_dir)
    if parts.scheme != "file":
        return _in_a_store(parts, port)
    published = {"location": private_folder(_folder(parts), NAME) / PUBLISHED}
    return {
        "default": {"BACKEND": "core.storage.KeptFileStorage"},
        "published": {"BACKEND": "core.storage.ReplacedFileStorage", "OPTIONS": published},
    }


def media_root(var_dir: Path) -> Path:
    """Return the folder of the files of records; it stays empty if they are in an S3 store."""
    parts, _port = _read(var_dir)
    return (_folder(parts) if parts.scheme == "file" else var_dir) / KEPT


def check_files(**options: Any) -> list[checks.CheckMessage]:
    """Warn in `check --deploy` about a missing bucket, a rejected key or a folder that cannot be written."""
    # Imported here, because the settings import this module before apps are ready.
    from core import storage_health

    trouble = str(storage_health.trouble())
    return [checks.Warning(trouble, id="config.W001")] if trouble else []


def _read(var_dir: Path) -> tuple[SplitResult, int | None]:
    url: str = read("str", NAME, default=f"file://{quote(str(var_dir))}")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise ImproperlyConfigured(f"{NAME} cannot be understood ({reason(error)}).") from error
    is_folder = parts.scheme == "file" and not parts.netloc and parts.path.startswith("/")
    if not is_folder and parts.scheme not in SCHEMES:
        raise ImproperlyConfigured(
            f"{NAME} must look like file:///srv/cathedra/files or s3://key:secret@s3.example.org/bucket."
        )
    return parts, port


def _folder(parts: SplitResult) -> Path:
    return Path(unquote(parts.path))


def _in_a_store(parts: SplitResult, port: int | None) -> dict[str, Any]:
    host, (bucket, _slash, below) = host_of(parts), parts.path.strip("/").partition("/")
    if not HOST.fullmatch(host) or port == 0:
        raise ImproperlyConfigured(f"{NAME} must name the host of the store, as s3://key:secret@s3.example.org/bucket.")
    if parts.scheme == "s3+http" and host not in LOOPBACK_HOSTS:
        raise ImproperlyConfigured(f"{NAME} must use s3:// anywhere but on the local machine: files are private.")
    if not (parts.username and parts.password):
        raise ImproperlyConfigured(f"{NAME} must hold the key and the secret of the store, percent-encoded.")
    if not bucket:
        raise ImproperlyConfigured(f"{NAME} must name a bucket, as s3://key:secret@s3.example.org/bucket.")
    given = parse_qs(parts.query, keep_blank_values=True)
    if parts.fragment or set(given) - {"region"}:
        raise ImproperlyConfigured(f"{NAME} may say the region (?region=…), and nothing else.")
    options = {
        "endpoint_url": f"{SCHEMES[parts.scheme]}://{host}" + (f":{port}" if port else ""),
        "access_key": unquote(parts.username),
        "secret_key": unquote(parts.password),
        "bucket_name": bucket,
        "region_name": given.get("region", [REGION])[0],
    }

    def at(name: str) -> dict[str, Any]:
        return {**options, "location": f"{below}/{name}".lstrip("/")}

    return {
        "default": {"BACKEND": "core.s3_storage.KeptS3Storage", "OPTIONS": at(KEPT)},
        "published": {"BACKEND": "core.s3_storage.ReplacedS3Storage", "OPTIONS": at(PUBLISHED)},
    }
