"""The ETags of exports: digests of what is sent, so that a tag changes only when something changes that anybody may read.

A tag precedes what it is the tag of, so the export is written twice, the first time only to be digested. Each process
keeps the tags for the version of the public data, which private changes move too, and for the day.
"""

import datetime
import hashlib
import threading
from collections import OrderedDict

from django.utils import timezone

from core import data_version
from lists.formats import written
from lists.public_list import AskedList

MAX_KEPT = 1_000
DIGEST_LENGTH = 32
# A workbook says when it was written: its tag is that of the same records as CSV.
DIGESTED = {"xlsx": "csv"}

Version = tuple[int, datetime.date]

_kept: OrderedDict[str, tuple[Version, str]] = OrderedDict()
_lock = threading.Lock()


def version_now() -> Version | None:
    """Return what a tag is kept for; None inside a transaction, which may see what nobody else does."""
    return (data_version.current(), timezone.localdate()) if data_version.is_settled() else None


def kept(address: str, version: Version | None) -> str:
    """Return the tag of an address, if it was made for this version; else an empty text."""
    with _lock:
        made_for, tag = _kept.get(address, (None, ""))
    return tag if version and made_for == version else ""


def made(asked: AskedList, form: str, address: str, version: Version) -> str:
    """Return the tag of an address after digesting its export. `version` was read before."""
    digest = hashlib.sha256(form.encode())
    for piece in written(asked, DIGESTED.get(form, form), address):
        digest.update(piece)
    tag = f'W/"{digest.hexdigest()[:DIGEST_LENGTH]}"'
    with _lock:
        _kept[address] = version, tag
        _kept.move_to_end(address)
        while len(_kept) > MAX_KEPT:
            _kept.popitem(last=False)
    return tag
