"""Keeps the numbers of invoices and calls unique in the books of each institution."""

from django.db.models import Value
from django.db.models.functions import Replace, Upper
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from clusters.models import Institution
from core.exceptions import Refused
from sponsorships.enums import EntryKind
from sponsorships.models import Instalment, LedgerEntry


def doubt_about_number(instalment: Instalment, number: str) -> str:
    """Return that other books of the institution have this number, or nothing.

    Institutions invoice for several clusters: of another cluster's invoice no day and no spelling is told.
    """
    other = _other_with_number(instalment, number)
    if other is None:
        return ""
    said = {"number": number, "institution": instalment.agreement.managing_institution}
    if other.sponsorship.chair.cluster_id != instalment.sponsorship.chair.cluster_id:
        return _("The number “%(number)s” is already in the books of %(institution)s.") % said
    said |= {"number": other.reference, "day": date_format(other.effective_on)}
    return _("“%(number)s” of %(day)s is already in the books of %(institution)s.") % said


def refuse_number_twice(instalment: Instalment, number: str) -> None:
    """Raise Refused where the books have this number. Holds them until the transaction ends: of two at once, one is first."""
    # Agreements may name the institution meanwhile: that it exists is all that they ask.
    books = Institution.objects.select_for_update(no_key=True).filter(pk=instalment.agreement.managing_institution_id)
    list(books.values_list("pk"))
    if doubt := doubt_about_number(instalment, number):
        raise Refused([doubt])


def _other_with_number(instalment: Instalment, number: str) -> LedgerEntry | None:
    """Return another invoice or call of these books with this number, however it is spaced and in whichever case.

    One that was cancelled since keeps its number: the ledger knows it. Where nobody is named whose books they are,
    there are none to look into.
    """
    institution = instalment.agreement.managing_institution_id
    if institution is None:
        return None
    books = LedgerEntry.objects.filter(
        kind=EntryKind.INVOICED, reverses=None, agreement__managing_institution=institution
    )
    others = books.exclude(instalment=instalment).annotate(spelt=_bare("reference"))
    same = others.filter(spelt=_bare(Value("".join(number.split()))))
    return same.select_related("sponsorship__chair").order_by("pk").first()


def _bare(text) -> Replace:
    return Replace(Upper(text), Value(" "), Value(""))
