"""VAT of invoices and payments. The ledger counts net amounts; the tax, which the bank's amounts include, is stored apart.

Rounding: tax is rounded to the cent, halves up, on the sum of an instalment's payments at a rate, never on each
payment. So three payments of a third settle an invoice to the cent, and a payment of an invoice's total is its net
amount exactly.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from operator import attrgetter

from core.money import CENT
from sponsorships.accounting.sums import ZERO
from sponsorships.enums import EntryKind, Regime
from sponsorships.models import Instalment

# The rates of mainland France (CGI 278 to 281): none, reduced, intermediate, standard.
RATES = (Decimal("0.0"), Decimal("5.5"), Decimal("10.0"), Decimal("20.0"))
CAME = (EntryKind.RECEIVED, EntryKind.OVERPAID)


def rates_for(regime: str) -> tuple[Decimal, ...]:
    """Return the rates that can be chosen: a gift has no VAT."""
    return RATES[:1] if regime == Regime.PATRONAGE else RATES


def default_rate(regime: str) -> Decimal:
    return rates_for(regime)[-1]


def vat_on(net: Decimal, rate: Decimal) -> Decimal:
    return (net * rate / 100).quantize(CENT, ROUND_HALF_UP)


def net_of(gross: Decimal, rate: Decimal) -> Decimal:
    return (gross / (1 + rate / 100)).quantize(CENT, ROUND_HALF_UP)


@dataclass(frozen=True)
class Taxed:
    """An amount net of VAT with its tax, in euros; `rate` and `vat` are None if no rate is stated."""

    net: Decimal
    rate: Decimal | None = None
    vat: Decimal | None = None

    @property
    def tax(self) -> Decimal:
        """The tax; zero if no rate is stated."""
        return self.vat or ZERO

    @property
    def gross(self) -> Decimal:
        return self.net + self.tax

    def part(self, net: Decimal, vat: Decimal) -> "Taxed":
        """Return a part with this net amount, and at most the tax of the whole."""
        if self.rate is None:
            return Taxed(net)
        return Taxed(net, self.rate, self.vat if net == self.net else min(max(vat, ZERO), self.tax))

    def rest(self, part: "Taxed") -> "Taxed":
        if self.rate is None:
            return Taxed(self.net - part.net)
        return Taxed(self.net - part.net, self.rate, self.tax - part.tax)


def came(instalment: Instalment, rate: Decimal | None, *kinds: EntryKind) -> Taxed:
    """Return the sum of an instalment's payments at a rate, minus refunds and reversals."""
    entries = [one for one in instalment.entries.all() if one.kind in (kinds or CAME) and one.vat_rate == rate]
    return Taxed(sum((one.amount for one in entries), ZERO), rate, sum((one.vat or ZERO for one in entries), ZERO))


def from_bank(instalment: Instalment, gross: Decimal, rate: Decimal | None) -> Taxed:
    """Return the net amount and tax of a payment on the bank statement; a refund is negative."""
    if rate is None:
        return Taxed(gross)
    before = came(instalment, rate)
    net = net_of(before.gross + gross, rate) - before.net
    return Taxed(net, rate, gross - net)


def to_bank(instalment: Instalment, net: Decimal, rate: Decimal | None) -> Decimal:
    """Return the amount on the bank statement for a further payment of this net amount."""
    if rate is None:
        return net
    before = came(instalment, rate)
    return net + vat_on(before.net + net, rate) - before.tax


def due_part(instalment: Instalment, paid: Taxed, left: Decimal) -> Taxed:
    """Return the part of a payment that settles the outstanding amount; its tax completes that of the instalment."""
    if paid.rate is None:
        return Taxed(left)
    before = came(instalment, paid.rate, EntryKind.RECEIVED)
    return paid.part(left, vat_on(before.net + left, paid.rate) - before.tax)


def invoiced_rate(instalment: Instalment) -> Decimal | None:
    """Return the rate of the last invoice, or None."""
    invoices = [one for one in instalment.entries.all() if one.kind == EntryKind.INVOICED and one.reverses_id is None]
    return max(invoices, key=attrgetter("position")).vat_rate if invoices else None


def looks_like_tax(beyond: Decimal, net: Decimal) -> Decimal | None:
    """Return the rate at which an excess is the tax on a net amount, to the cent; None if there is none."""
    return next((rate for rate in RATES[1:] if abs(beyond - vat_on(net, rate)) <= CENT), None)
