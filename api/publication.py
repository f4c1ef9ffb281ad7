"""What the API has returned for each public record, so that copies can be synchronised: what changed, what was withdrawn.

Before a list is returned, the rows here are updated from the records: once per process for each data version that
changed one of their tables; `manage.py nightly` does it too. Only public content counts: a record has changed if its
response differs, so that changes of private data leave no trace here, not even a date.
"""

import datetime
import hashlib
import json
import logging
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import DatabaseError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from pyroaring import BitMap

from api.models import PublicList, PublicRecord
from api.resource import DIGEST_LENGTH, Resource
from chairs.cards.directory import directory
from chairs.cards.opportunities import tables_of
from clusters.origins import tells_made_up
from core.data_version import EVERYTHING, current, is_settled, telling
from core.models import DataChange
from core.primary_keys import any_of, in_batches
from core.replica.reading import ask_the_primary

logger = logging.getLogger(__name__)

SECOND = 1_000_000
# The source in the data journal for changes of a person.
PEOPLE = "api:people"
WITHDRAWN, REMOVED = "withdrawn", "removed"


def moment_of(number: int) -> str:
    """Return the moment of a data version as ISO text, to the microsecond."""
    return time_of(number).isoformat(timespec="microseconds").replace("+00:00", "Z")


def time_of(number: int) -> datetime.datetime:
    return datetime.datetime.fromtimestamp(0, datetime.UTC) + datetime.timedelta(microseconds=number)


def number_of(moment: datetime.datetime) -> int:
    return (moment - datetime.datetime.fromtimestamp(0, datetime.UTC)) // datetime.timedelta(microseconds=1)


def source_of(resource: Resource) -> str:
    """Return the source in the data journal for changes of a resource's records."""
    return f"api:{resource.name}"


def shown(resource: Resource) -> BitMap:
    """Return the keys of the records that the API shows, after recording what changed."""
    # The result depends on whether this is a demonstration, and on the day.
    at = timezone.localdate(), tells_made_up()
    make = partial(_noted, resource)
    return directory().keep(_tables(resource), f"api {resource.name}", make, at=at)


def latest(resource: Resource) -> int:
    """Return the data version of the resource's last change."""
    return PublicList.objects.filter(resource=resource.name).values_list("changed", flat=True).first() or 0


def moments(resource: Resource, pks: Iterable[int]) -> dict[int, datetime.datetime]:
    """Return when the public content of these records last changed."""
    shown(resource)
    rows = PublicRecord.objects.filter(resource=resource.name, record__in=any_of(pks), reason="")
    return {record: time_of(changed) for record, changed in rows.values_list("record", "changed")}


def changed_since(resource: Resource, number: int) -> tuple[BitMap, BitMap]:
    """Return the keys of the records changed since a version, and of those withdrawn since."""
    rows = PublicRecord.objects.filter(resource=resource.name, changed__gt=number)
    changed, gone = BitMap(), BitMap()
    for record, reason in rows.values_list("record", "reason"):
        (gone if reason else changed).add(record)
    return changed, gone


def withdrawn(resource: Resource, pks: Iterable[int]) -> list[dict[str, Any]]:
    """Return the entries for withdrawn records: id, moment and reason."""
    rows = PublicRecord.objects.filter(resource=resource.name, record__in=any_of(pks)).exclude(reason="")
    return [{"id": row.record, "withdrawn_at": moment_of(row.changed), "reason": row.reason} for row in rows]


_known_tables: dict[str, frozenset[str]] = {}


def _tables(resource: Resource) -> frozenset[str]:
    """Return the tables that determine which records are public, and their content."""
    if resource.name not in _known_tables:
        found = tables_of(resource.shown()) | set(resource.told_by)
        if resource.naming:
            found |= {table for table, sources in telling.items() if PEOPLE in sources}
        if not resource.told_by:
            # A resource without `told_by` is compared as a whole, and may depend on any of these tables.
            found |= READ_AS_A_WHOLE
        _known_tables[resource.name] = frozenset(found)
    return _known_tables[resource.name]


READ_AS_A_WHOLE = {
    "chairs_activity",
    "chairs_chair",
    "chairs_statedpartner",
    "clusters_cluster",
    "clusters_director",
    "clusters_figure",
    "clusters_institution",
    "clusters_membership",
    "clusters_person",
    "clusters_phase",
    "clusters_theme",
    "partners_partner",
    "sponsorships_ledgerentry",
    "sponsorships_sponsorship",
}


def _noted(resource: Resource) -> BitMap:
    number = current()
    now = resource.keys()
    try:
        _note(resource, number, now)
    except DatabaseError as error:
        # On a read-only replica nothing can be written: respond without recording.
        logger.warning("What changed of %s is not noted: %s", resource.name, str(error).strip())
    return now


def _note(resource: Resource, number: int, now: BitMap) -> None:
    rows = PublicRecord.objects.filter(resource=resource.name)
    before = {True: BitMap(), False: BitMap()}
    for record, is_gone in rows.values_list("record", "reason"):
        before[bool(is_gone)].add(record)
    known = PublicList.objects.filter(resource=resource.name).first()
    looked_at = (now - before[False]) | (now & _told_of(resource, known.number if known else 0, now))
    gone = before[False] - now
    told = _told(resource, looked_at)
    same = _same(resource, told)
    changed = {pk: one for pk, one in told.items() if pk not in same}
    if (not changed and not gone and known is not None) or ask_the_primary():
        return
    with transaction.atomic():
        at = _next_moment(resource, number)
        _write(resource, at, changed, _reasons(resource, gone))
        PublicList.objects.filter(resource=resource.name).update(number=number, changed=at)


def _told_of(resource: Resource, number: int, everything: BitMap) -> BitMap:
    """Return the records that may have changed after a version; all of them if the journal cannot tell."""
    if not resource.told_by or not number or not is_settled():
        return everything
    written = DataChange.objects.filter(number__gt=number)
    if written.filter(source=EVERYTHING).exists():
        return everything
    told = BitMap(_records(written, source_of(resource)))
    return told | BitMap(resource.naming(_records(written, PEOPLE))) if resource.naming else told


def _records(written: QuerySet[DataChange], source: str) -> list[int]:
    return list(written.filter(source=source, record__gt=0).values_list("record", flat=True))


def _told(resource: Resource, pks: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Return the digests of what these records say, and of their pages' addresses."""
    found = {}
    for batch in in_batches(pks):
        found |= {pk: (_digest(said), resource.page_of(said)) for pk, said in resource.fetch(batch).items()}
    return found


def _digest(said: dict[str, Any]) -> str:
    text = json.dumps(said, cls=DjangoJSONEncoder, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:DIGEST_LENGTH]


def _same(resource: Resource, told: dict[int, tuple[str, str]]) -> set[int]:
    rows = PublicRecord.objects.filter(resource=resource.name, reason="", record__in=any_of(told))
    return {record for record, digest in rows.values_list("record", "digest") if told[record][0] == digest}


def _next_moment(resource: Resource, number: int) -> int:
    """Return the number for this change: higher than all before, and than any version already returned as `as_of`."""
    before, _made = PublicList.objects.select_for_update().get_or_create(resource=resource.name)
    return max(number, before.changed + 1, number_of(timezone.now()))


def _reasons(resource: Resource, gone: BitMap) -> dict[int, str]:
    if not gone:
        return {}
    said = resource.why_gone(gone)
    model = resource.public().model
    left = set(model._default_manager.filter(pk__in=any_of(gone)).values_list("pk", flat=True))
    return {pk: (said.get(pk) or WITHDRAWN) if pk in left else REMOVED for pk in gone}


def _write(resource: Resource, at: int, changed: dict[int, tuple[str, str]], gone: dict[int, str]) -> None:
    make = partial(PublicRecord, resource=resource.name, changed=at)
    here = [make(record=pk, digest=digest, page=page) for pk, (digest, page) in changed.items()]
    # What is gone keeps the digest of its page.
    left = [make(record=pk, reason=reason) for pk, reason in gone.items()]
    for rows, written in ((here, ["digest", "page"]), (left, ["digest"])):
        PublicRecord.objects.bulk_create(
            rows,
            batch_size=500,
            update_conflicts=True,
            unique_fields=["resource", "record"],
            update_fields=[*written, "reason", "changed"],
        )


def note_before_deletion(resource: Resource, pk: int) -> None:
    """Note where a record is public, so that the next look finds it gone; or why it is not, which is lost with it."""
    if resource.shown().filter(pk=pk).exists():
        told = _told(resource, [pk])
        # Without a digest, so that a record that is kept after all counts as changed by the next look.
        _write(resource, current(), {key: ("", page) for key, (_text, page) in told.items()}, {})
        return
    reasons = {key: reason for key, reason in resource.why_gone([pk]).items() if reason}
    if reasons and PublicRecord.objects.filter(resource=resource.name, record=pk, reason="").exists():
        at = _next_moment(resource, current())
        _write(resource, at, {}, reasons)
        PublicList.objects.filter(resource=resource.name).update(changed=at)


def bring_up_to_date(resources: Sequence[Resource]) -> None:
    """Record what changed in each resource."""
    for resource in resources:
        shown(resource)
