"""Overdue invoices and calls for payment, as recorded in the ledger on a date."""

from django.utils.translation import gettext as _

from clusters.enums import Origin
from figures import tables
from figures.breakdowns import Book
from figures.enums import Made
from figures.tables import Row, Table


def overdue(book: Book, url) -> Table:
    """Return the overdue instalments, undivided even in shared chairs: an invoice is not paid in parts by cluster."""
    rows = []
    for instalment in book.listed.overdue():
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
