"""The chain of a sponsorship's entries: each contains the hash of the one before it.

Changing, dropping or inserting a row breaks every hash after it. The hashed content names no person. It contains no key
that another database would number differently, except the activity's, which a restored copy keeps.
"""

import datetime
import hashlib
import json
from typing import Any

from sponsorships.models import LedgerEntry

START = ""
# Created once: a check of the whole ledger calls it a million times.
ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def hash_of(content: dict[str, Any], previous: str) -> str:
    """Return the SHA-256, in hexadecimal, of an entry's content and the previous hash."""
    text = ENCODER.encode([previous, content])
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def content_of(entry: LedgerEntry) -> dict[str, Any]:
    """Return an entry's content as text that is the same on every database; `whole_ledger.Entry` reads the same in SQL."""
    return {
        "sponsorship": str(entry.sponsorship.reference),
        "position": entry.position,
        "kind": str(entry.kind),
        "contribution": str(entry.contribution),
        "amount": f"{entry.amount:.2f}",
        "effective_on": entry.effective_on.isoformat(),
        # To the second: databases store fractions differently.
        "recorded_at": entry.recorded_at.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "act": str(entry.act),
        "line": entry.line,
        "activity": entry.activity_id,
        "agreement": entry.agreement.number if entry.agreement else None,
        "instalment": entry.instalment.number if entry.instalment else None,
        "reverses": entry.reverses.position if entry.reverses else None,
        "reference": entry.reference,
        "method": str(entry.method),
        **({} if entry.vat_rate is None else {"vat_rate": f"{entry.vat_rate:.1f}", "vat": f"{entry.vat:.2f}"}),
    }
