"""The mails about instalments to a partner's accounting contacts. docs/mail.md has the table."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from clusters.scopes import FINANCE
from clusters.staff import staff
from core.money import percent
from core.notices import Notice, others, tell
from core.verbs import Verb
from partners.notifications import primary_contacts_of
from sponsorships.accounting.conditions import outstanding
from sponsorships.enums import Regime
from sponsorships.models import Instalment
from sponsorships.notifications import KEEPERS


def accounts_of(partner):
    """Return the partner's accounting contacts, or its primary contacts if it has none."""
    keepers = User.objects.filter(is_active=True, contacts__in=partner.contacts.approved().filter(is_accounting=True))
    return keepers if keepers.exists() else primary_contacts_of(partner)


def _last_with_tax(instalment):
    """Return net, gross and rate of the latest act, or None if it states no VAT."""
    last = instalment.entries.order_by("-position").first()
    if last is None or last.vat_rate is None:
        return None
    lines = list(instalment.entries.filter(act=last.act))
    return {
        "net": sum(line.amount for line in lines),
        "gross": sum(line.gross for line in lines),
        "rate": percent(last.vat_rate),
    }


def _accounts(instalment, by):
    return accounts_of(instalment.sponsorship.partner)


def _keepers(instalment, by):
    return others(staff(instalment.sponsorship.chair.cluster, FINANCE), by)


def _file(instalment) -> tuple:
    return ("sponsorships:detail", instalment.sponsorship.reference)


def _desk(instalment) -> tuple:
    return ("admin:sponsorships_instalment_change", instalment.pk)


def to_partner(template, carries_note=False):
    """Return a notice to the accounting contacts. The templates tell a call (gift) from an invoice."""
    label = _("the partner's accounting contacts")
    return Notice(_accounts, label, f"instalments/{template}", _file, carries_note, is_for_partner=True)


# For the colleagues of whoever corrected a payment: they learn of it afterwards.
TO_OFFICE = Notice(_keepers, KEEPERS, "instalments/corrected_staff", _desk, carries_note=True)

TOLD_OF = {
    "invoice": [to_partner("invoiced_partner")],
    "receive_part": [to_partner("received_partner")],
    "receive": [to_partner("received_partner")],
    "refund": [to_partner("refunded_partner", carries_note=True), TO_OFFICE],
    "reverse_payment": [to_partner("reversed_partner", carries_note=True), TO_OFFICE],
    "cancel_invoice": [to_partner("cancelled_partner", carries_note=True)],
    # No mail is sent for a write-off or its reversal, which concern only the institution's books; the page says so.
}


def tell_of(verb: Verb, instalment: Instalment, *, by: User | None, note: str, amount: Decimal | None = None) -> None:
    """Queue the mails of an instalment's verb; `amount` (€) is what was paid or refunded, by default the instalment's amount."""
    sponsorship = instalment.sponsorship
    context = {
        "instalment": instalment,
        "chair": sponsorship.chair,
        "partner": sponsorship.partner,
        "institution": instalment.agreement.managing_institution,
        "is_gift": sponsorship.regime == Regime.PATRONAGE,
        "amount": instalment.amount if amount is None else amount,
        "taxed": _last_with_tax(instalment),
        "left": outstanding(instalment),
        "by": by,
        "note": note,
        "done": verb.done,
    }
    tell(verb.tells, instalment, by, context)
