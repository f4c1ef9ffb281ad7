"""Overdue invoices and calls, as recorded in the ledger on a date."""

from django.db.models import F, Q
from django.utils.translation import gettext as _

from clusters.enums import Origin
from figures import tables
from figures.breakdowns import Book
from figures.enums import Made
from figures.tables import Row, Table
from sponsorships.accounting.sums import total
from sponsorships.enums import EntryKind
from sponsorships.models import Instalment

SETTLING = [EntryKind.RECEIVED, EntryKind.WRITTEN_OFF]


def overdue_on(sponsorships, day):
    """Return the instalments of these sponsorships that were invoiced, payable before a day, and not settled by it."""
    then = Q(entries__effective_on__lte=day)
    found = (
        Instalment.objects.filter(sponsorship__in=sponsorships, payable_on__lt=day)
        .annotate(
            invoiced=total("entries__amount", filter=then & Q(entries__kind=EntryKind.INVOICED)),
            settled=total("entries__amount", filter=then & Q(entries__kind__in=SETTLING)),
        )
        .filter(invoiced__gt=F("settled"))
        .select_related("sponsorship__partner", "sponsorship__chair__cluster")
        .order_by("payable_on", "pk")
    )
    # SQLite compares floating-point sums: what is settled to the cent is settled.
    return [one for one in found if one.invoiced > one.settled]


def overdue(book: Book, url) -> Table:
    """Whole instalments, whatever clusters share the chair: an invoice is not paid in parts by cluster."""
    theirs = book.sums.entries.values("sponsorship")
    rows = []
    for instalment in overdue_on(theirs, book.day):
        sponsorship = instalment.sponsorship
        values = {
            "chair": str(sponsorship.chair),
            "cluster": str(sponsorship.chair.cluster),
            "payable_until": instalment.payable_on,
            "outstanding": instalment.invoiced - instalment.settled,
        }
        name = _("%(partner)s, %(instalment)s") % {"partner": sponsorship.partner, "instalment": instalment}
        made = Made.YES if sponsorship.origin == Origin.DEMONSTRATION else Made.NO
        rows.append(Row(name, None, values, None, url(sponsorship), made))
    columns = [tables.named(_("Partner")), tables.CHAIR, tables.CLUSTER, tables.PAYABLE, tables.OUTSTANDING]
    return book.table("overdue", _("Overdue"), columns, rows, empty=_("No invoice or call is overdue."))
