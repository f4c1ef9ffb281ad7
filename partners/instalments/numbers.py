"""Numbers of invoices and calls: each stands once in the books of the institution that sends them."""

from django.db.models import Value
from django.db.models.functions import Replace, Upper

from partners.enums import EntryKind
from partners.models import Instalment, LedgerEntry


def other_with_number(instalment: Instalment, number: str) -> LedgerEntry | None:
    """Return another invoice or call of these books with this number, however it is spaced and in whichever case.

    One that was cancelled since keeps its number: the ledger knows it.
    """
    books = LedgerEntry.objects.filter(
        kind=EntryKind.INVOICED,
        reverses=None,
        agreement__managing_institution=instalment.agreement.managing_institution_id,
    )
    others = books.exclude(instalment=instalment).annotate(spelt=_bare("reference"))
    return others.filter(spelt=_bare(Value("".join(number.split())))).order_by("pk").first()


def _bare(text) -> Replace:
    return Replace(Upper(text), Value(" "), Value(""))
