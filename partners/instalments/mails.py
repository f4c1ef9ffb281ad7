"""What a partner's accounts are told of an instalment. docs/mail.md has the table."""

from django.dispatch import receiver

from accounts.mail import queue_mails
from accounts.models import User
from clusters.lifecycle import verb_performed
from partners.enums import Regime
from partners.instalments.conditions import outstanding
from partners.mails import primary_contacts_of
from partners.models import Instalment
from partners.vat import percent

# By verb: the template; a gift is called, not invoiced.
NOTICES = {
    "invoice": "invoiced_partner",
    "receive_part": "received_partner",
    "receive": "received_partner",
    "cancel_invoice": "cancelled_partner",
}


def accounts_of(partner):
    """Answer who keeps the partner's accounts; its primary contacts where it named nobody."""
    keepers = User.objects.filter(is_active=True, contacts__in=partner.contacts.approved().filter(is_accounting=True))
    return keepers if keepers.exists() else primary_contacts_of(partner)


def _last_with_tax(instalment):
    """Return what the last act wrote, where it states VAT: net, tax and both."""
    last = instalment.entries.order_by("-position").first()
    if last is None or last.vat_rate is None:
        return None
    lines = list(instalment.entries.filter(act=last.act))
    return {
        "net": sum(line.amount for line in lines),
        "gross": sum(line.gross for line in lines),
        "rate": percent(last.vat_rate),
    }


@receiver(verb_performed, sender=Instalment, dispatch_uid="tell_of_instalment")
def tell_of_instalment(sender, record, verb, details, **kwargs):
    if verb not in NOTICES:
        return
    sponsorship = record.sponsorship
    context = {
        "instalment": record,
        "chair": sponsorship.chair,
        "partner": sponsorship.partner,
        "institution": record.agreement.managing_institution,
        "is_gift": sponsorship.regime == Regime.PATRONAGE,
        "amount": details.get("amount") or record.amount,
        "taxed": _last_with_tax(record),
        "left": outstanding(record),
    }
    link = ("my_sponsorship", sponsorship.reference)
    queue_mails(accounts_of(sponsorship.partner), f"instalments/{NOTICES[verb]}", context, link=link)
