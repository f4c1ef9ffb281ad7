"""Remove a person's name from everything, and leave what was done and paid as it is.

The row stays with its key, and so do logs, agreements and the ledger, which name nobody: they point to a record that is
called by its number. Replaced: the record and its versions, the account and its versions, the addresses of consents,
the text of mails to the person, former page addresses, what merges and the lines of imports keep of them, and their names,
addresses and numbers wherever else they stand (rights/forgetting.py). Erased: the photograph. A signature under an
agreement is evidence and stays (docs/rights.md).
"""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from api.models import PublicRecord
from api.resources.people import PEOPLE
from chairs.hiding import hide
from chairs.models import ConsentEvent
from clusters.models import ChangeRequest, Person
from clusters.models.staff import StaffRole
from core.exceptions import Refused
from core.models import MailOptOut, Merge, OutgoingMail, PastAddress
from core.on_behalf import colleague_of
from imports.models import ImportLine
from lists.models import SearchAlert
from partners.models import Contact, OfficeContact
from rights.forgetting import forget, traces_of
from rights.models import CorrectionRequest, PersonalAct
from rights.photographs import end_photograph

NAME, SLUG = "Anonyme {number}", "anonyme-{number}"
ADDRESS = "anonymous-{number}@invalid.example"
# The kinds of lines of an import that begin with a person.
LINES_OF_PEOPLE = ("people", "chair_people", "contacts")


def why_not_anonymise(person: Person) -> list[str]:
    """Return why the person cannot be anonymised now; an empty list if they can."""
    reasons = []
    if person.is_anonymised:
        reasons.append(_("This person has been anonymised already."))
    if person.appointments.on(timezone.localdate()).filter(chair__status__in=["active", "approved"]).exists():
        reasons.append(_("The person holds a place in a running chair: end it first."))
    if person.user and StaffRole.objects.filter(user=person.user).exists():
        reasons.append(_("The account has a role: end it first."))
    if person.user and Contact.objects.approved().filter(user=person.user).exists():
        reasons.append(_("The account acts for a partner: end that first."))
    return reasons


@transaction.atomic
def anonymise(person: Person, *, by: User | None) -> None:
    """Replace a person's name everywhere. This cannot be undone. Raise Refused with the reasons."""
    person = Person.objects.select_for_update(of=("self",)).select_related("user").get(pk=person.pk)
    if reasons := why_not_anonymise(person):
        raise Refused(reasons)
    hide(person)
    end_photograph(person, by=by)
    account, addresses = person.user, [one for one in (person.contact_email, person.account_address) if one]
    names, codes = _called(person, account), _codes_of(person, account, addresses)
    _forget_mails(account, addresses)
    _forget_lines(person)
    if account is not None:
        _close(account)
    _rename(person)
    kind = person._meta.label_lower
    PastAddress.objects.filter(kind=kind, record=person.pk).delete()
    PublicRecord.objects.filter(resource=PEOPLE.name, record=person.pk).update(page="")
    ConsentEvent.objects.filter(person=person).update(address="", note="")
    CorrectionRequest.objects.filter(person=person).update(text="", answer="")
    merges = Merge.objects.filter(Q(kept=person.pk) | Q(gone=person.pk), kind=kind)
    ended = {"undone_at": timezone.now(), "undone_by": by, "undone_for": colleague_of(by)}
    merges.update(kept_name=person.name, gone_name=person.name, moved={}, **ended)
    PersonalAct.objects.create(kind=kind, record=person.pk, what=PersonalAct.What.ANONYMISED, by=by)
    _forget_elsewhere(names, codes, person.pk)


def _called(person: Person, account: User | None) -> set[str]:
    """Return the names that the person has and had."""
    names = {person.name, *Person.history.filter(id=person.pk).values_list("name", flat=True)}
    return names | ({account.name} if account else set())


def _codes_of(person: Person, account: User | None, addresses: list[str]) -> set[str]:
    """Return the addresses and numbers that are the person's alone."""
    claimed = {person.orcid or "", person.stated_orcid or "", person.orcid_claimed.removeprefix("https://orcid.org/")}
    return claimed | _reached_at([*addresses, *addresses_of(account)])


def _reached_at(addresses: list[str]) -> set[str]:
    """Return these addresses, and the telephone numbers that offices of clusters keep with them."""
    known = OfficeContact.objects.filter(email__in=addresses).exclude(phone="")
    others = OfficeContact.objects.exclude(email__in=addresses)
    return {*addresses, *known.exclude(phone__in=others.values("phone")).values_list("phone", flat=True)}


def _forget_elsewhere(names: set[str], codes: set[str], number: int) -> None:
    """Replace what names somebody who is called by a number now, wherever else it stands."""
    addresses = {code for code in codes if "@" in code}
    OfficeContact.objects.filter(email__in=addresses).delete()
    MailOptOut.objects.filter(address__in=addresses).delete()
    marks = {"name_mark": NAME.format(number=number), "code_mark": ADDRESS.format(number=number)}
    forget(traces_of(names, codes, **marks))


def _forget_lines(person: Person) -> None:
    """Empty the lines of imports that name the person, keeping that they were entered."""
    names = {person.name, person.stated_orcid, *Person.history.filter(id=person.pk).values_list("name", flat=True)}
    for name in names - {"", None}:
        lines = ImportLine.objects.filter(Q(name=name) | Q(name__startswith=f"{name} · "), kind__in=LINES_OF_PEOPLE)
        lines.update(name=NAME.format(number=person.pk), problems=[], changes=[])


def _rename(person: Person) -> None:
    person.name, person.family_name, person.slug = NAME.format(number=person.pk), "", SLUG.format(number=person.pk)
    person.orcid, person.orcid_claimed, person.website = None, "", ""
    person.contact_email, person.account_address, person.user, person.is_anonymised = "", "", None, True
    person._loaded_address = None  # so that `save` keeps no redirect from the former address
    person.save()
    told = {name: getattr(person, name) for name in ("name", "family_name", "name_key", "sort_key", "slug", "website")}
    Person.history.filter(id=person.pk).update(**told, orcid=None, orcid_claimed="", user=None)


@transaction.atomic
def close_account(account: User, *, by: User | None) -> None:
    """Anonymise and close an account that belongs to no person record."""
    names, codes = {account.name}, _reached_at(addresses_of(account))
    _forget_mails(account, [])
    _close(account)
    kind = account._meta.label_lower
    PersonalAct.objects.create(kind=kind, record=account.pk, what=PersonalAct.What.ANONYMISED, by=by)
    _forget_elsewhere(names, codes, account.pk)


@transaction.atomic
def forget_contact(contact: OfficeContact, *, by: User | None) -> None:
    """Delete a contact that an office kept for a partner, and replace what names them elsewhere.

    Nothing else is replaced where somebody with an account has the address: the account is closed instead.
    """
    number, kind, is_here = contact.pk, contact._meta.label_lower, _has_account(contact.email)
    contact.delete()
    has_own_phone = not OfficeContact.objects.filter(phone=contact.phone).exclude(name=contact.name).exists()
    codes = {contact.email, contact.phone if has_own_phone else ""} - {""}
    if not is_here:
        mails = OutgoingMail.objects.filter(address__in=codes)
        mails.update(subject=_("(anonymised)"), text="", html="")
        _forget_elsewhere({contact.name}, codes, number)
    PersonalAct.objects.create(kind=kind, record=number, what=PersonalAct.What.ANONYMISED, by=by)


def _has_account(address: str) -> bool:
    held = EmailAddress.objects.filter(email__iexact=address), User.objects.filter(email__iexact=address)
    return bool(address) and any(one.exists() for one in held)


def _close(account: User) -> None:
    """Close the account: nobody can sign in with it, and logs call it by its number."""
    account.name, account.email = NAME.format(number=account.pk), ADDRESS.format(number=account.pk)
    account.is_active = account.is_staff = False
    account.set_unusable_password()
    account.save()
    for session in UserSession.objects.filter(user=account):
        session.end()
    EmailAddress.objects.filter(user=account).delete()
    Authenticator.objects.filter(user=account).delete()
    SocialAccount.objects.filter(user=account).delete()
    contacts = Contact.objects.filter(user=account)
    asked = ChangeRequest.objects.filter(kind=Contact._meta.label_lower, record__in=contacts.values("pk"))
    asked.update(name=account.name)
    contacts.update(job_title="")
    Contact.history.filter(user=account).update(job_title="")


def addresses_of(account: User | None) -> list[str]:
    """Return the e-mail addresses of an account; none for None."""
    if account is None:
        return []
    return [account.email, *EmailAddress.objects.filter(user=account).values_list("email", flat=True)]


def _forget_mails(account: Any, addresses: list[str]) -> None:
    """Empty the text of mails to the person, keeping that they were sent and of which kind.

    Delete their search alerts.
    """
    SearchAlert.objects.at_addresses([*addresses, *addresses_of(account)]).delete()
    mails = OutgoingMail.objects.filter(Q(address__in=addresses) | Q(recipient=account, recipient__isnull=False))
    mails.update(subject=_("(anonymised)"), text="", html="")
    mails.exclude(address="").update(address=ADDRESS.format(number=0))
