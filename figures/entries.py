"""The entries behind a figure, line by line, with their sum."""

from collections.abc import Iterator
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from clusters.enums import Origin
from figures.enums import Made
from figures.pages import file_of
from figures.query import Asked
from figures.scopes import Scope
from figures.tables import Cell, Column, Sort
from sponsorships.enums import Contribution, EntryKind
from sponsorships.models import LedgerEntry

DAY = Column("counts_from", _("Counts from"), Sort.DATE)
WHAT = Column("entry", _("Entry"), Sort.TEXT)
PARTNER = Column("partner", _("Partner"), Sort.TEXT)
CHAIR = Column("chair", _("Chair"), Sort.TEXT)
CLUSTER = Column("cluster", _("Cluster"), Sort.TEXT)
ACTIVITY = Column("activity", _("Activity"), Sort.TEXT)
REFERENCE = Column("reference", _("Reference"), Sort.TEXT)
VAT_RATE = Column("vat_rate", _("VAT rate (%)"), Sort.NUMBER)
VAT = Column("vat", _("VAT"))
WITH_VAT = Column("with_vat", _("With VAT"))
WHOLE = Column("whole", _("Whole entry"))
AMOUNT = Column("amount", _("Amount"))
# How many rows to read at a time for a file.
CHUNK = 500


def entry_columns(asked: Asked) -> list[Column]:
    """Return the columns of a list of entries. References (invoices, bank transfers) are not public."""
    scope = asked.scope
    columns = [DAY, WHAT, PARTNER, CHAIR, CLUSTER, ACTIVITY]
    if not scope.is_public:
        columns += [REFERENCE, VAT_RATE, VAT, WITH_VAT]
    if asked.sums.divides:
        columns.append(WHOLE)
    return [*columns, AMOUNT]


def values_of(asked: Asked, entry: LedgerEntry) -> dict[Column, object]:
    chair = entry.sponsorship.chair
    return {
        DAY: entry.effective_on,
        WHAT: what(entry, asked.scope),
        PARTNER: str(entry.sponsorship.partner),
        CHAIR: str(chair),
        CLUSTER: str(chair.cluster),
        ACTIVITY: str(entry.activity) if entry.activity_id else "",
        REFERENCE: entry.reference,
        VAT_RATE: entry.vat_rate,
        VAT: entry.vat,
        WITH_VAT: None if entry.vat is None else entry.gross,
        WHOLE: entry.amount,
        AMOUNT: asked.sums.part(entry),
    }


def what(entry: LedgerEntry, scope: Scope) -> str:
    """Return the kind of an entry in words, with its contribution if it is not cash."""
    kind = scope.said(EntryKind(entry.kind))
    is_cash = entry.contribution == Contribution.CASH
    return kind if is_cash else f"{kind} ({entry.get_contribution_display()})"


def entry_rows(asked: Asked, entries, user) -> list[tuple[LedgerEntry, list[Cell]]]:
    """Return the entries with their cells; some cells link to the sponsorship, partner or chair."""
    columns = entry_columns(asked)
    return [(entry, cells_of(asked, entry, user, columns, values_of(asked, entry))) for entry in entries]


def cells_of(asked: Asked, entry: LedgerEntry, user, columns: list[Column], values: dict[Column, object]) -> list[Cell]:
    links = _links(asked, entry, user)
    return [Cell(column, values[column], links.get(column, "")) for column in columns]


def _links(asked: Asked, entry: LedgerEntry, user) -> dict[Column, str]:
    sponsorship = entry.sponsorship
    chair = sponsorship.chair
    if asked.scope.is_public:
        partner = reverse("sponsorships:partner_detail", args=[sponsorship.partner.slug])
        return {PARTNER: partner, CHAIR: chair.get_absolute_url()}
    if asked.scope.partner is not None:
        return {WHAT: sponsorship.get_absolute_url(), CHAIR: chair.get_absolute_url() if chair.is_published else ""}
    return {
        WHAT: file_of(sponsorship, user),
        CHAIR: reverse("admin:chairs_chair_change", args=[chair.pk]),
    }


def entry_lines(asked: Asked) -> Iterator[list]:
    """Yield every entry for a file, in the page's order."""
    columns = entry_columns(asked)
    ordered = asked.sums.entries.order_by("effective_on", "sponsorship_id", "position")
    ordered = ordered.select_related("sponsorship__partner", "sponsorship__chair__cluster", "activity")
    for entry in ordered.iterator(chunk_size=CHUNK):
        values = values_of(asked, entry)
        is_made_up = entry.sponsorship.origin == Origin.DEMONSTRATION
        made = Made.YES if is_made_up else Made.NO
        yield [str(made.label), *(values[column] for column in columns)]


def totals(asked: Asked) -> list[tuple[str, Decimal]]:
    """Return the sums below the list: of the chosen measure, or of each that is not zero; measures are never added up."""
    figures = asked.sums.total()
    measures = [asked.measure] if asked.measure else [one for one in asked.scope.measures if figures[one]]
    return [(asked.scope.said(measure), figures[measure]) for measure in measures]
