from django.db.models import Q

from sponsorships import references


class FoundByReference:
    """Lets a list find by reference, as people type it, beside what its search finds by words."""

    # What marks a part of a sponsorship in a reference; nothing for the sponsorship itself.
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
