"""The terms of an agreement, and what an amendment changes in them."""

from operator import attrgetter

from django.utils.translation import gettext as _

from core.changes import Change, differences, display_value
from sponsorships.models import Agreement, Sponsorship

# In the order of the document. An amendment may change each.
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


def amended(agreement: Agreement) -> Agreement | None:
    """Return the agreement in force that this one amends, or None for the first."""
    return agreement.amended


def in_force(sponsorship: Sponsorship) -> Agreement | None:
    """Return the latest agreement in force, whose terms hold; None before any is signed."""
    bound = [one for one in sponsorship.agreements.all() if one.is_in_force]
    return max(bound, key=attrgetter("number"), default=None)


def changes(agreement: Agreement) -> list[Change]:
    """Return what an amendment changes, in the active language; empty for a first agreement."""
    before = amended(agreement)
    if before is None:
        return []
    pairs = [(name, getattr(before, name), getattr(agreement, name)) for name in TERMS]
    return differences(pairs, _label, _shown)


def _shown(name: str, value) -> str:
    return display_value(value.user if name == "signatory" and value else value)


def _label(name: str) -> str:
    if name == "starts_on":
        return _("start of the period")
    if name == "ends_on":
        return _("end of the period")
    return str(Agreement._meta.get_field(name).verbose_name)
