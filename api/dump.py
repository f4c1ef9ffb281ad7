"""All public data in one file, made every night: each resource as JSON lines and as CSV. docs/open-data.md.

The same records give the same bytes. A note beside the file has its metadata and its name; the note is replaced
atomically, so that readers always find a consistent pair.
"""

import datetime
import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import IO, Any, get_args, get_origin
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.conf import settings
from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.utils import timezone
from ninja.responses import NinjaJSONEncoder

from api import publication
from api.models import PublicRecord
from api.resource import Resource
from api.resources.funding import PARTNERS
from api.resources.people import PEOPLE
from api.resources.results import OUTPUTS, START_UPS
from api.schemas import Links, Named, Text, Titled
from api.service import RESOURCES
from core.exports import Value, as_csv
from core.primary_keys import in_batches

# ZIP members have a fixed date: the same records give the same bytes.
NO_DAY = (1980, 1, 1, 0, 0, 0)
READ_ME = """Cathedra, {site}

FR : les données publiques des clusters IA, un fichier JSON Lines (.jsonl) et un fichier CSV par sorte de fiche.
Licence : {licence}. Description : {site}/fr/data/
EN: the public data of the AI clusters, one file of JSON lines (.jsonl) and one CSV for each kind of record.
Licence: {licence}. Description: {site}/en/data/
"""
NOTE = "dump.json"
# Resources that identify people, or say what partners pay. A change may withdraw something (a hidden name, a consent
# that ended, an amount that became a band), so that an older file must not be served any more.
OF_SOMEBODY = (PEOPLE, PARTNERS, OUTPUTS, START_UPS)


@dataclass(frozen=True)
class Dump:
    """The metadata of the file. `modified` is when its content last changed; `made` when it was last generated."""

    name: str
    sha256: str
    size: int
    modified: str
    made: str
    # By resource, the latest change that it includes (see `publication.latest`).
    as_of: dict[str, int]

    @property
    def modified_at(self) -> datetime.datetime:
        return datetime.datetime.fromisoformat(self.modified)


def published() -> Storage:
    """Return the storage of the file, shared by all machines of the site."""
    return storages["published"]


def current() -> Dump | None:
    """Return the metadata of the latest file; None if there is none yet."""
    try:
        with published().open(NOTE) as note:
            found = Dump(**json.load(note))
    except (FileNotFoundError, ValueError, TypeError):
        return None
    return found if published().exists(found.name) else None


def tells_of_whom_it_must_not(dump: Dump) -> bool:
    """Return whether records that identify people or say what partners pay have changed since the file was made."""
    for resource in OF_SOMEBODY:
        publication.shown(resource)
        since = PublicRecord.objects.filter(resource=resource.name, changed__gt=dump.as_of.get(resource.name, 0))
        if since.exists():
            return True
    return False


def make() -> Dump:
    """Generate the file, and return its metadata."""
    before = current()
    publication.bring_up_to_date(RESOURCES)
    as_of = {resource.name: publication.latest(resource) for resource in RESOURCES}
    with tempfile.TemporaryFile(dir=settings.VAR_DIR) as file:
        _write(file)
        size = file.tell()
        file.seek(0)
        digest, now = hashlib.file_digest(file, "sha256").hexdigest(), timezone.now().isoformat(timespec="seconds")
        name = f"cathedra-{digest[:16]}.zip"
        file.seek(0)
        published().save(name, File(file))
    modified = before.modified if before and before.sha256 == digest else now
    made = Dump(name, digest, size, modified, now, as_of)
    published().save(NOTE, ContentFile(json.dumps(asdict(made)).encode()))
    for other in published().listdir("")[1]:
        if other.endswith(".zip") and other != name:
            published().delete(other)
    return made


def _write(file: IO[bytes]) -> None:
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        text = READ_ME.format(site=settings.SITE_URL, licence=settings.DATA_LICENCE)
        archive.writestr(_entry("README.txt"), text)
        for resource in RESOURCES:
            _write_resource(archive, resource)


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, NO_DAY)
    entry.compress_type = ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry


def _write_resource(archive: ZipFile, resource: Resource) -> None:
    """Write a resource as JSON lines and as CSV. The records are read once, so that both contain the same."""
    with tempfile.TemporaryFile(dir=settings.VAR_DIR) as lines:
        for said in _records(resource):
            lines.write(json.dumps(said, cls=NinjaJSONEncoder, ensure_ascii=False).encode() + b"\n")
        lines.seek(0)
        with archive.open(_entry(f"{resource.name}.jsonl"), "w") as written:
            shutil.copyfileobj(lines, written)
        lines.seek(0)
        cells = (_cells(resource, json.loads(line)) for line in lines)
        with archive.open(_entry(f"{resource.name}.csv"), "w") as written:
            for piece in as_csv(_header(resource), cells):
                written.write(piece)


def _records(resource: Resource) -> Iterator[dict[str, Any]]:
    """Yield each public record as the API returns it, in order of ids."""
    for pks in in_batches(publication.shown(resource)):
        found = resource.fetch(pks)
        for pk in pks:
            if pk in found:
                yield resource.item.model_validate(found[pk]).model_dump()


# Fields with several parts become one CSV column per part.
PARTS: dict[type, tuple[str, ...]] = {Links: ("self", "en", "fr"), Text: ("en", "fr"), Named: ("id", "name")}
PARTS[Titled] = ("id", "en", "fr")


def _columns(resource: Resource) -> Iterator[tuple[str, tuple[str, ...]]]:
    for name, field in resource.item.model_fields.items():
        # A list stays in one cell.
        may_be = () if get_origin(field.annotation) is list else (field.annotation, *get_args(field.annotation))
        yield name, next((PARTS[kind] for kind in may_be if kind in PARTS), ())


def _header(resource: Resource) -> list[str]:
    return [column for name, parts in _columns(resource) for column in ([f"{name}_{one}" for one in parts] or [name])]


def _cells(resource: Resource, said: dict[str, Any]) -> list[Value]:
    cells: list[Value] = []
    for name, parts in _columns(resource):
        value = said[name]
        if parts:
            whole = value or {}
            flat = {**whole, **whole["name"]} if isinstance(whole.get("name"), dict) else whole
            cells.extend(flat.get(part) for part in parts)
        else:
            cells.append(_cell(value))
    return cells


def _cell(value: Any) -> Value:
    """Return a value for a cell: a list of texts joined by semicolons, other structures as JSON."""
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return "; ".join(value)
    if isinstance(value, (list, dict, bool, float)):
        return json.dumps(value, ensure_ascii=False)
    cell: Value = value
    return cell
