"""Sums under a list, of all filtered records and not only of the page."""

from decimal import Decimal

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from core.money import euros, number

# A longer list is summed only on demand, since the time grows with its length.
MAX_SUMMED = 1000


class SumsAdmin:
    """Adds sums to a ScopedAdmin: `sums` returns them with their labels, `sums_help` says what is summed."""

    change_list_template = "admin/list_with_sums.html"
    sums_help = ""

    def sums(self, records: QuerySet) -> list[tuple]:
        """Return (label, value) pairs: numbers, and euros as Decimal."""
        raise NotImplementedError

    def changelist_view(self, request, extra_context=None):
        response = super().changelist_view(request, extra_context)
        changes = getattr(response, "context_data", {}).get("cl")
        if changes is not None:
            response.context_data |= self._totals(request, changes)
        return response

    def _totals(self, request, changes) -> dict:
        if changes.result_count <= MAX_SUMMED or changes.is_summed:
            found = self.find_in_list(request, "sums", lambda: self.sums(changes.queryset))
            totals = [(label, euros(value) if isinstance(value, Decimal) else number(value)) for label, value in found]
            return {"totals": totals, "totals_help": self.sums_help}
        return {"totals": None, "totals_url": changes.summed_url, "totals_label": _("Add up the whole list")}
