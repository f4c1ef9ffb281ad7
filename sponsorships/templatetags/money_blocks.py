"""Template tags that show instalments, on staff's pages and on the partner's."""

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.money import euros, percent
from core.one_moment import one_moment
from core.primary_keys import any_of
from sponsorships.accounting.breakdown import sums_by_kind
from sponsorships.accounting.figures import figure, later_steps, said
from sponsorships.accounting.receipts import receipt_data
from sponsorships.accounting.sums import ZERO, total
from sponsorships.enums import Contribution, EntryKind, InstalmentStatus, Regime
from sponsorships.models import LedgerEntry
from sponsorships.perms import can_read_receipt

register = template.Library()


def state_of(instalment) -> tuple[str, str]:
    """Return the CSS classes and the label of an instalment's state today, such as overdue or rescheduled."""
    if instalment.superseded_on is not None:
        return "status", _("Rescheduled")
    if instalment.is_overdue(timezone.localdate()):
        return "status status-overdue", _("Overdue")
    return f"status status-{instalment.status}", instalment.get_status_display()


@register.simple_tag
def instalment_state(instalment):
    """Show the state of an instalment in the staff's words."""
    return format_html('<span class="{}">{}</span>', *state_of(instalment))


@register.simple_tag
def vat_beside(entry):
    """Return the VAT of an entry and its amount with VAT; the amount beside it is net."""
    said = {"vat": euros(entry.vat), "rate": percent(entry.vat_rate), "gross": euros(entry.gross)}
    return _("+ %(vat)s VAT (%(rate)s) = %(gross)s") % said


# In the partner's words: CSS class and label.
STATES_FOR_PARTNER = {
    InstalmentStatus.PLANNED: ("bg-secondary", gettext_lazy("Planned")),
    InstalmentStatus.DUE: ("bg-secondary", gettext_lazy("Upcoming invoice")),
    InstalmentStatus.INVOICED: ("bg-primary", gettext_lazy("To be paid")),
    InstalmentStatus.RECEIVED: ("bg-success", gettext_lazy("Paid")),
    InstalmentStatus.WRITTEN_OFF: ("bg-secondary", gettext_lazy("No longer expected")),
}


@register.inclusion_tag("sponsorships/my/_instalment_state.html")
def my_instalment_state(instalment):
    """Show the state of an instalment in the partner's words."""
    if instalment.is_overdue(timezone.localdate()):
        return {"look": "bg-danger", "state": _("Overdue")}
    look, state = STATES_FOR_PARTNER[instalment.status]
    if instalment.status == InstalmentStatus.DUE and instalment.sponsorship.regime == Regime.PATRONAGE:
        state = _("Upcoming call")
    return {"look": look, "state": state}


@register.inclusion_tag("sponsorships/my/_instalments.html")
def sponsorship_instalments(sponsorship):
    """Show the standing instalments of a sponsorship: when each is asked, and what was paid. What was received is what was paid."""
    with one_moment():
        return _instalments(sponsorship)


def _instalments(sponsorship) -> dict:
    instalments = list(sponsorship.instalments.standing().order_by("number"))
    paid, invoices = _paid(instalments), _invoices(sponsorship)
    for instalment in instalments:
        instalment.sponsorship, instalment.paid = sponsorship, paid.get(instalment.pk, ZERO)
        instalment.invoice_entry = invoices.get(instalment.pk)
    entries = sponsorship.entries.all()
    return {
        "instalments": instalments,
        "is_gift": sponsorship.regime == Regime.PATRONAGE,
        "agreed": figure(entries, EntryKind.AGREED),
        "later": said(later_steps(entries).get((EntryKind.AGREED, Contribution.CASH), [])),
        "asked": figure(entries, EntryKind.INVOICED),
        "received": figure(entries, EntryKind.RECEIVED),
        "beyond": figure(entries, EntryKind.OVERPAID),
        "given": [row for row in sums_by_kind(entries.filter(kind=EntryKind.RECEIVED)) if row.contribution != "cash"],
    }


@register.inclusion_tag("sponsorships/my/_receipt.html")
def sponsorship_receipt(sponsorship, user):
    """Show what was received of a gift, and the link to its tax receipt data, if the user may read them."""
    return {"data": receipt_data(sponsorship) if can_read_receipt(sponsorship, user) else None}


def _invoices(sponsorship) -> dict:
    """Return the invoice entries with a VAT rate that are not cancelled, by instalment."""
    entries = sponsorship.entries.filter(kind=EntryKind.INVOICED, reverses=None, reversed_by=None)
    return {entry.instalment_id: entry for entry in entries.exclude(vat_rate=None)}


def _paid(instalments) -> dict:
    """Return the net amount received, by instalment; one query."""
    entries = LedgerEntry.objects.filter(
        instalment__in=any_of(one.pk for one in instalments), kind=EntryKind.RECEIVED
    ).order_by()
    return {row["instalment"]: row["paid"] for row in entries.values("instalment").annotate(paid=total())}
