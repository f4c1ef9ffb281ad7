"""Keep the numbers of invoices and calls unique in each institution's books."""

from django.db.models import Value
from django.db.models.functions import Replace, Upper
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from clusters.models import Institution
from core.exceptions import Refused
from sponsorships.enums import EntryKind
from sponsorships.models import Instalment, LedgerEntry


def doubt_about_number(instalment: Instalment, number: str) -> str:
    """Return a sentence if the institution's books already have this number, else an empty text.

    Institutions invoice for several clusters: the date and spelling of another cluster's invoice are not revealed.
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
    """Raise Refused if the books have this number.

    Lock the books until the transaction ends, against concurrent invoices.
    """
    # `no_key` does not block agreements that reference the institution meanwhile.
    books = Institution.objects.select_for_update(no_key=True).filter(pk=instalment.agreement.managing_institution_id)
    list(books.values_list("pk"))
    if doubt := doubt_about_number(instalment, number):
        raise Refused([doubt])


def books_and_number(instalment: Instalment, number: str) -> tuple[int, str] | None:
    """Return what must be unique: the books, and the number without spaces and case; None without books."""
    books = instalment.agreement.managing_institution_id
    return None if books is None else (books, "".join(number.split()).upper())


def _other_with_number(instalment: Instalment, number: str) -> LedgerEntry | None:
    """Return another invoice or call in the same books with this number, ignoring spaces and case; None if there is none.

    A cancelled invoice keeps its number, since its ledger entry stays. An agreement without an institution has no
    books.
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
