"""The terms of an agreement: what it states, and what an amendment changes of them."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from clusters.money import euros
from partners.models import Agreement, Sponsorship

# In the order of the document. Each may be changed by an amendment.
TERMS = (
    "cash_amount",
    "in_kind_amount",
    "skills_amount",
    "starts_on",
    "ends_on",
    "activity",
    "managing_institution",
    "other_parties",
    "signatory",
)
NOTHING = "—"


@dataclass(frozen=True)
class TermChange:
    """One term that an amendment changes, as a reader says it."""

    name: str
    label: str
    before: str
    after: str


def amended(agreement: Agreement) -> Agreement | None:
    """Return the agreement in force that this one amends, or None for the first."""
    earlier = agreement.sponsorship.agreements.in_force().filter(number__lt=agreement.number)
    return earlier.order_by("-number").first()


def in_force(sponsorship: Sponsorship) -> Agreement | None:
    """Return the agreement whose terms hold, or None before any is signed."""
    return sponsorship.agreements.in_force().order_by("-number").first()


def changes(agreement: Agreement) -> list[TermChange]:
    """Return what an amendment changes, in the reader's language; nothing for a first agreement."""
    before = amended(agreement)
    if before is None:
        return []
    pairs = [(name, getattr(before, name), getattr(agreement, name)) for name in TERMS]
    return [TermChange(name, _label(name), shown(old), shown(new)) for name, old, new in pairs if old != new]


def shown(value) -> str:
    """Return a term as a reader says it."""
    if value in (None, ""):
        return NOTHING
    if isinstance(value, Decimal):
        return euros(value)
    if hasattr(value, "isoformat"):
        return date_format(value, "DATE_FORMAT")
    if hasattr(value, "job_title"):
        return str(value.user)
    return str(value)


def _label(name: str) -> str:
    if name == "starts_on":
        return _("start of the period")
    if name == "ends_on":
        return _("end of the period")
    return str(Agreement._meta.get_field(name).verbose_name)
