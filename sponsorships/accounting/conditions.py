"""The conditions of an instalment's verbs. Each obstacle is a sentence that says what to do."""

import datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.money import euros
from sponsorships.accounting.sums import ZERO
from sponsorships.enums import Contribution, EntryKind, InstalmentCondition, SponsorshipStatus
from sponsorships.models import Instalment
from sponsorships.models.ledger import LedgerEntryQuerySet

# Payments can still arrive after an early end, but nothing new is invoiced.
COLLECTING_STATUSES = (SponsorshipStatus.ACTIVE, SponsorshipStatus.TERMINATED)


def received(instalment: Instalment) -> Decimal:
    """Return what was paid of the amount due, without overpayments, in euros net of VAT."""
    return _cash(instalment, EntryKind.RECEIVED)


def overpaid(instalment: Instalment) -> Decimal:
    """Return the overpayment that has not been refunded, in euros net of VAT."""
    return _cash(instalment, EntryKind.OVERPAID)


def outstanding(instalment: Instalment) -> Decimal:
    """Return what is invoiced, not received and not written off, in euros net of VAT."""
    return _cash(instalment, EntryKind.INVOICED) - _cash(instalment, EntryKind.RECEIVED, EntryKind.WRITTEN_OFF)


def _cash(instalment: Instalment, *kinds: EntryKind) -> Decimal:
    """Return the cash of the instalment's entries of these kinds, summed in Python: pages have prefetched the entries."""
    entries = [entry for entry in instalment.entries.all() if entry.kind in kinds]
    return sum((entry.amount for entry in entries if entry.contribution == Contribution.CASH), ZERO)


def due_obstacles(instalment: Instalment) -> list[str]:
    """Return why an instalment cannot be marked as due."""
    return _not_standing(instalment) + _not_running(instalment) + _still_waiting(instalment)


def invoicing_obstacles(instalment: Instalment) -> list[str]:
    """Return why an instalment cannot be invoiced or called."""
    open_one = instalment.sponsorship.agreements.open().exclude(pk=instalment.agreement_id).first()
    waiting = []
    if open_one is not None and open_one.issued_at is not None:
        waiting = [
            _("%(agreement)s reschedules the instalments and is awaiting signature: have it signed, or make it void.")
            % {"agreement": open_one}
        ]
    return _not_standing(instalment) + _not_running(instalment) + _still_waiting(instalment) + waiting


def collecting_obstacles(instalment: Instalment) -> list[str]:
    """Return why no payment can be recorded."""
    if instalment.sponsorship.status in COLLECTING_STATUSES:
        return _not_standing(instalment)
    return _not_running(instalment)


def reversal_obstacles(instalment: Instalment) -> list[str]:
    """Return why no payment can be reversed."""
    nothing = [] if reversible(instalment) else [_("No payment is recorded that could be reversed.")]
    return collecting_obstacles(instalment) + nothing


def reversible(instalment: Instalment) -> LedgerEntryQuerySet:
    """Return the entries of payments that are not reversed."""
    payments = instalment.entries.filter(kind=EntryKind.RECEIVED, amount__gt=0, reverses=None, reversed_by=None)
    return payments.order_by("position")


def credit_obstacles(instalment: Instalment) -> list[str]:
    """Return why an invoice or call cannot be cancelled."""
    paid = received(instalment)
    if paid == ZERO and overpaid(instalment) == ZERO:
        return _not_standing(instalment) + _not_running(instalment)
    if paid == ZERO:
        return [_("An overpayment has not been refunded: record the payment, then the refund.")]
    return [_("%(paid)s of it has already been received: reverse the payment first.") % {"paid": euros(paid)}]


def refund_obstacles(instalment: Instalment) -> list[str]:
    """Return why no refund can be recorded."""
    nothing = [] if overpaid(instalment) > ZERO else [_("There is no overpayment.")]
    return collecting_obstacles(instalment) + nothing


def _still_waiting(instalment: Instalment) -> list[str]:
    """Return what the instalment still waits for: its date, and its report.

    The date of a milestone is only a forecast.
    """
    waits_for = instalment.condition
    early = []
    if waits_for != InstalmentCondition.MILESTONE and instalment.due_on and instalment.due_on > timezone.localdate():
        early = [_("It is planned for %(day)s.") % {"day": date_format(instalment.due_on)}]
    return early + (_unreported(instalment) if waits_for == InstalmentCondition.REPORT else [])


def _unreported(instalment: Instalment) -> list[str]:
    reports: Any = instalment.sponsorship.reports  # `reports` is a reverse relation of an app in a higher layer
    accepted = reports.accepted()
    if instalment.report_from is None:
        if accepted.filter(instalments=instalment).exists():
            return []
        return [_("It depends on a report, and no accepted report names it.")]
    missing = first_day_missing(instalment.report_from, instalment.report_until, accepted)
    if missing is None:
        return []
    return [
        _("It depends on an accepted report covering %(first)s to %(last)s: no accepted report covers %(missing)s.")
        % {
            "first": date_format(instalment.report_from),
            "last": date_format(instalment.report_until),
            "missing": date_format(missing),
        }
    ]


def first_day_missing(first: datetime.date, last: datetime.date, reports: QuerySet[Any]) -> datetime.date | None:
    """Return the first day of a period that these reports leave uncovered; None if they cover it together."""
    for starts_on, ends_on in reports.order_by("starts_on").values_list("starts_on", "ends_on"):
        if starts_on <= first <= ends_on:
            first = ends_on + datetime.timedelta(days=1)
    return first if first <= last else None


def _not_standing(instalment: Instalment) -> list[str]:
    if instalment.superseded_on is not None:
        return [_("A later agreement has rescheduled the instalments: this one is no longer in force.")]
    return [] if instalment.agreement.is_in_force else [_("Its agreement is not in force yet.")]


def _not_running(instalment: Instalment) -> list[str]:
    sponsorship = instalment.sponsorship
    if sponsorship.status == SponsorshipStatus.ACTIVE:
        return []
    return [
        _("The sponsorship is “%(status)s”: this needs an active one.") % {"status": sponsorship.get_status_display()}
    ]
