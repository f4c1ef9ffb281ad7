"""Invented sponsorships, in every status."""

import datetime
import uuid
from decimal import Decimal

from chairs.models import Chair
from clusters.enums import Origin
from partners.demo.cast import Cast
from partners.demo.lives import rows_of
from partners.demo.sponsorship_lives import lead_life
from partners.demo.tally import Tally
from partners.demo.texts import days_ago, first_of_month, last_before, moment, read
from partners.enums import Confidentiality
from partners.models import Contact, Sponsorship

# References are made from a name, so that a second load finds the files of the first.
NAMES = uuid.UUID("5a4c1e0e-9a0b-4c62-8a53-6f8c8a1d2f10")
# A draft without other dates is for next year.
STARTS, MONTHS = 3, 12
DRAFTED_BEFORE = 5


def make_sponsorships(contacts: dict[str, Contact], cast: Cast, tally: Tally) -> None:
    chairs = {
        chair.slug: chair for chair in Chair.objects.filter(origin=Origin.DEMONSTRATION).select_related("cluster")
    }
    for text in read("sponsorships")["sponsorship"]:
        _make(text, chairs[text["chair"]], contacts[text["partner"]], cast, tally)


def _make(text: dict, chair: Chair, contact: Contact, cast: Cast, tally: Tally) -> None:
    values = _values(text, chair, contact)
    sponsorship, is_new = tally.add_missing(Sponsorship, values, reference=uuid.uuid5(NAMES, text["key"]))
    if is_new:
        drafted = moment(_drafted_on(text), text["key"])
        rows_of(sponsorship).update(created_at=drafted, updated_at=drafted)
        sponsorship.history.update(history_date=drafted, history_user=contact.user)
        lead_life(sponsorship, text, cast)


def _drafted_on(text: dict) -> datetime.date:
    return days_ago(text["sent"] + DRAFTED_BEFORE if "sent" in text else text["created"])


def _values(text: dict, chair: Chair, contact: Contact) -> dict:
    months = text.get("starts", STARTS)
    return {
        "chair": chair,
        "partner": contact.partner,
        "activity": chair.activities.order_by("pk")[text["activity"] - 1] if "activity" in text else None,
        "proposal": text.get("proposal", ""),
        "regime": text["regime"],
        "cash_amount": _euros(text, "cash"),
        "in_kind_amount": _euros(text, "in_kind"),
        "skills_amount": _euros(text, "skills"),
        "in_kind_description": text.get("in_kind_description", ""),
        "is_cifre": text.get("cifre", False),
        "starts_on": first_of_month(months),
        "ends_on": last_before(months + text.get("months", MONTHS)),
        "purpose": text["purpose"],
        "confidentiality": text.get("confidentiality", Confidentiality.PUBLIC),
        # A draft may be incomplete: this one still lacks who signs.
        "signatory": contact if "sent" in text else None,
        "origin": Origin.DEMONSTRATION,
        "created_by": contact.user,
    }


def _euros(text: dict, name: str) -> Decimal | None:
    return Decimal(text[name]) if name in text else None
