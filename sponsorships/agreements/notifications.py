"""The mails about agreements, and who receives them. docs/mail.md has the table."""

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from clusters.scopes import MANAGERS
from clusters.staff import staff
from core.notices import Notice, others, tell
from core.verbs import Verb
from partners.notifications import contacts_of
from sponsorships.agreements.document import title_of
from sponsorships.models import Agreement
from sponsorships.notifications import CONTACTS, OTHER_MANAGERS

# Lazy, so that each reader gets it in their language.
lazy_title = lazy(title_of, str)


def _signatories(agreement, by):
    able = agreement.sponsorship.partner.contacts.approved().filter(is_signatory=True)
    return User.objects.filter(is_active=True, contacts__in=able)


def _signer(agreement, by):
    return [by]


def _contacts(agreement, by):
    return contacts_of(agreement.sponsorship.partner)


def _contacts_who_know(agreement, by):
    """Return the partner's contacts if the agreement was issued, else no account."""
    return _contacts(agreement, by) if agreement.issued_at is not None else User.objects.none()


def _managers(agreement, by):
    return staff(agreement.sponsorship.chair.cluster, MANAGERS)


def _other_managers(agreement, by):
    return others(_managers(agreement, by), by)


def _page(agreement) -> tuple:
    return ("sponsorships:agreement", agreement.reference)


def _desk(agreement) -> tuple:
    return ("admin:sponsorships_agreement_change", agreement.pk)


def to_partner(whom, label, template, carries_note=False):
    return Notice(whom, label, f"agreements/{template}", _page, carries_note, is_for_partner=True)


SIGNATORIES = _("the partner's signatories")

TOLD_OF = {
    "issue": [to_partner(_signatories, SIGNATORIES, "issued_partner", carries_note=True)],
    "sign": [
        Notice(_managers, _("the cluster's managers"), "agreements/signed_staff", _desk),
        to_partner(_signer, _("who signed"), "signed_partner"),
    ],
    "countersign": [to_partner(_contacts, CONTACTS, "countersigned_partner", carries_note=True)],
    "record": [
        to_partner(_contacts, CONTACTS, "recorded_partner", carries_note=True),
        Notice(_other_managers, OTHER_MANAGERS, "agreements/recorded_staff", _desk, carries_note=True),
    ],
    "void": [to_partner(_contacts_who_know, CONTACTS, "voided_partner", carries_note=True)],
}


def tell_of(verb: Verb, agreement: Agreement, *, by: User | None, note: str) -> None:
    """Queue the mails of an agreement's verb."""
    sponsorship = agreement.sponsorship
    context = {
        "agreement": agreement,
        "title": lazy_title(agreement),
        "chair": sponsorship.chair,
        "partner": sponsorship.partner,
        "by": by,
        "note": note,
    }
    tell(verb.tells, agreement, by, context)
