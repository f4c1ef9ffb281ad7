"""Sums under a list: of all that the reader filtered, beyond the page too."""

from django.db.models import QuerySet


class SumsAdmin:
    """Adds them to a ScopedAdmin: `sums` answers labels with their values, `sums_help` says what is added up."""

    change_list_template = "admin/list_with_sums.html"
    sums_help = ""

    def sums(self, records: QuerySet) -> list[tuple]:
        raise NotImplementedError

    def changelist_view(self, request, extra_context=None):
        response = super().changelist_view(request, extra_context)
        changes = getattr(response, "context_data", {}).get("cl")
        if changes is not None:
            response.context_data |= {"totals": self.sums(changes.queryset), "totals_help": self.sums_help}
        return response
