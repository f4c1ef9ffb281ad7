"""Overdue invoices and calls, as recorded in the ledger on a date."""

from decimal import Decimal

from django.db.models import Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, Round
from django.utils import timezone
from django.utils.translation import gettext as _

from clusters.enums import Origin
from core.primary_keys import any_of
from figures import tables
from figures.breakdowns import Book
from figures.enums import Made
from figures.tables import Row, Table
from sponsorships.accounting.sums import ZERO, CentsField, total
from sponsorships.enums import EntryKind, InstalmentStatus
from sponsorships.models import Instalment, LedgerEntry

SETTLING = [EntryKind.RECEIVED, EntryKind.WRITTEN_OFF]
HALF_A_CENT = Decimal("0.005")


def overdue_on(instalments, day):
    """Return those of these instalments that were invoiced, payable before a day, and not settled by it."""
    entries = LedgerEntry.objects.on(day).filter(instalment=OuterRef("pk")).order_by().values("instalment")
    unsettled = Q(status=InstalmentStatus.INVOICED)
    if day < timezone.localdate():
        later = LedgerEntry.objects.filter(instalment=OuterRef("pk"), kind__in=SETTLING, effective_on__gt=day)
        unsettled |= Exists(later)
    return (
        instalments.filter(unsettled, payable_on__lt=day)
        .annotate(invoiced=_sum(entries.filter(kind=EntryKind.INVOICED)))
        .annotate(settled=_sum(entries.filter(kind__in=SETTLING)))
        # SQLite compares floating-point sums: what is settled to the cent is settled.
        .filter(invoiced__gt=Round(F("settled"), 2) + HALF_A_CENT)
        .select_related("sponsorship__partner", "sponsorship__chair__cluster")
        .order_by("payable_on", "pk")
    )


def _of(book: Book):
    """Return the instalments of whom the book is about."""
    if book.scope.partner is not None:
        return Instalment.objects.filter(sponsorship__partner=book.scope.partner)
    cluster = book.scope.cluster
    if cluster is None:
        return Instalment.objects.all()
    shared = [chair for chair, shares in book.listed.shares.items() if cluster.pk in shares]
    return Instalment.objects.filter(Q(sponsorship__chair__cluster=cluster) | Q(sponsorship__chair__in=any_of(shared)))


def _sum(entries) -> Coalesce:
    euros = CentsField(max_digits=16, decimal_places=2)
    found = Subquery(entries.annotate(sum=total()).values("sum"), output_field=euros)
    return Coalesce(found, Value(ZERO), output_field=euros)


def overdue(book: Book, url) -> Table:
    """Whole instalments, whatever clusters share the chair: an invoice is not paid in parts by cluster."""
    rows = []
    for instalment in book.pages.of("overdue", overdue_on(_of(book), book.day)):
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
