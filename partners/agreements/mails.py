"""Who is told what of an agreement. docs/mail.md has the table."""

from django.dispatch import receiver
from django.utils.functional import lazy

from accounts.mail import queue_mails
from accounts.models import User
from clusters.lifecycle import verb_performed
from clusters.perms import MANAGERS
from partners.agreements.document import title_of
from partners.mails import contacts_of, staff
from partners.models import Agreement

# In the language of whoever reads it.
lazy_title = lazy(title_of, str)


def _signatories(agreement, by):
    able = agreement.sponsorship.partner.contacts.approved().filter(is_signatory=True)
    return User.objects.filter(is_active=True, contacts__in=able)


def _signer(agreement, by):
    return [by]


def _contacts(agreement, by):
    return contacts_of(agreement.sponsorship.partner)


def _contacts_who_know(agreement, by):
    """A draft that never left the office is no news to the partner."""
    return _contacts(agreement, by) if agreement.issued_at is not None else User.objects.none()


def _managers(agreement, by):
    return staff(agreement.sponsorship.chair.cluster, MANAGERS)


PAGE, DESK = "my_agreement", "admin:partners_agreement_change"

# By verb: who is told, by which template, and the page the mail leads to.
NOTICES = {
    "issue": [(_signatories, "issued_partner", PAGE)],
    "sign": [(_managers, "signed_staff", DESK), (_signer, "signed_partner", PAGE)],
    "countersign": [(_contacts, "countersigned_partner", PAGE)],
    "record": [(_contacts, "recorded_partner", PAGE)],
    "void": [(_contacts_who_know, "voided_partner", PAGE)],
}


@receiver(verb_performed, sender=Agreement, dispatch_uid="tell_of_agreement")
def tell_of_agreement(sender, record, verb, by, note, **kwargs):
    sponsorship = record.sponsorship
    context = {
        "agreement": record,
        "title": lazy_title(record),
        "chair": sponsorship.chair,
        "partner": sponsorship.partner,
        "by": by,
        "note": note,
    }
    for audience, template, page in NOTICES.get(verb, []):
        target = record.pk if page == DESK else record.reference
        queue_mails(audience(record, by), f"agreements/{template}", context, link=(page, target))
