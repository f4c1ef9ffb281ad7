"""What a partner's accounts are told of an instalment. docs/mail.md has the table."""

from django.dispatch import receiver

from accounts.mail import queue_mails
from accounts.models import User
from clusters.lifecycle import verb_performed
from partners.enums import Regime
from partners.instalments.conditions import outstanding
from partners.mails import primary_contacts_of
from partners.models import Instalment

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
        "left": outstanding(record),
    }
    link = ("my_sponsorship", sponsorship.reference)
    queue_mails(accounts_of(sponsorship.partner), f"instalments/{NOTICES[verb]}", context, link=link)
