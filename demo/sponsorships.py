"""Invented sponsorships, in every status."""

import datetime
import uuid
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile

from chairs.models import Chair
from clusters.enums import Origin
from demo.cast import Cast
from demo.histories import rows_of
from demo.messages import talk
from demo.proposals import one_page_pdf, proposed
from demo.sponsorship_histories import lead_life
from demo.tally import Tally
from demo.texts import days_ago, moment, read
from partners.models import Contact
from sponsorships.enums import AGREED_STATUSES, Confidentiality, Regime, SponsorshipStatus
from sponsorships.models import Sponsorship
from sponsorships.proposals.documents import attach

FILES = ("sponsorships", "monday")
# UUIDs derive from names, so that a second load finds the records of the first.
NAMES = uuid.UUID("5a4c1e0e-9a0b-4c62-8a53-6f8c8a1d2f10")
DRAFTED_BEFORE = 5


def make_sponsorships(contacts: dict[str, Contact], cast: Cast, tally: Tally) -> None:
    chairs = {
        chair.slug: chair for chair in Chair.objects.filter(origin=Origin.DEMONSTRATION).select_related("cluster")
    }
    for name in FILES:
        for text in read(name)["sponsorship"]:
            _make(text, chairs[text["chair"]], contacts[text["partner"]], cast, tally)


def reference_of(key: str) -> uuid.UUID:
    return uuid.uuid5(NAMES, key)


def _make(text: dict, chair: Chair, contact: Contact, cast: Cast, tally: Tally) -> None:
    values = _values(text, chair, contact)
    sponsorship, is_new = tally.add_missing(Sponsorship, values, reference=reference_of(text["key"]))
    if is_new:
        drafted = moment(_drafted_on(text), text["key"])
        rows_of(sponsorship).update(created_at=drafted, updated_at=drafted)
        sponsorship.history.update(history_date=drafted, history_user=contact.user)
        _add_documents(sponsorship, text, drafted)
        lead_life(sponsorship, text, cast)
        talk(sponsorship, text, cast)


def _drafted_on(text: dict) -> datetime.date:
    return days_ago(text["sent"] + DRAFTED_BEFORE if "sent" in text else text["created"])


def _values(text: dict, chair: Chair, contact: Contact) -> dict:
    # The values first sent: the proposal may have been revised since.
    return proposed(text | text.get("first", {})) | {
        "chair": chair,
        "partner": contact.partner,
        "activity": chair.activities.order_by("pk")[text["activity"] - 1] if "activity" in text else None,
        "confidentiality": text.get("confidentiality", Confidentiality.PUBLIC),
        # A draft may be incomplete: it has no signatory yet.
        "signatory": contact if "sent" in text else None,
        "counterparts_value": _counterparts(text),
        "origin": Origin.DEMONSTRATION,
        "created_by": contact.user,
    }


def _counterparts(text: dict) -> Decimal | None:
    """Return the value of a gift's counterparts, which the office sets before it accepts; None if not valued."""
    is_valued = text["regime"] == Regime.PATRONAGE and text["status"] in (
        *AGREED_STATUSES,
        SponsorshipStatus.TERMINATED,
    )
    return Decimal(text.get("counterparts", 0)) if is_valued or "counterparts" in text else None


def _add_documents(sponsorship: Sponsorship, text: dict, at: datetime.datetime) -> None:
    """Add supporting documents: one-page PDFs that say they are made up."""
    for name in text.get("documents", []):
        refused = attach(sponsorship, [SimpleUploadedFile(name, one_page_pdf(name))], sponsorship.created_by)
        assert not refused, refused
    sponsorship.documents.update(added_at=at)
