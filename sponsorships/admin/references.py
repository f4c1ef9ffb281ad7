from django.db.models import Q

from sponsorships import references


class FoundByReference:
    """Adds to a list's search the lookup of references as people type them."""

    # The letter of an agreement or instalment in references; empty for the sponsorship.
    reference_mark = ""

    def get_search_results(self, request, queryset, search_term):
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        reference = references.read(search_term)
        if reference is None:
            return found, may_repeat
        mark = self.reference_mark
        named = reference.of_part(mark) if mark else reference.of_sponsorship()
        return queryset.filter(Q(pk__in=found.order_by().values("pk")) | named), may_repeat

    def found_as(self, record):
        name = self.name(record) if self.reference_mark else super().found_as(record)
        return f"{name} · {record.short_reference}"

    def bearer_of(self, record):
        return record.sponsorship if self.reference_mark else record
