"""Lists of rows that name a record (core/current_names.py): they are searched as they are shown, by the record as it is now."""

from collections.abc import Iterable

from django.db.models import Q

from core.admin.search import holding_any, search


class FoundByRecord:
    """Adds to a list's search what the list of the named records finds them by: both titles, a reference, people."""

    def pages_of_records(self) -> Iterable:
        """Return the admins of the records that the rows can name."""
        return []

    def get_search_results(self, request, queryset, search_term):
        pages = list(self.pages_of_records())

        def with_word(word: str) -> Q:
            return self._about(request, pages, lambda page, records: _with_word(page, request, records, word))

        found = search(queryset, self.get_search_fields(request), search_term, with_word)
        if not search_term.strip():
            return found, False
        # A page may read more in the whole text, such as a reference in any spelling.
        whole = self._about(
            request, pages, lambda page, records: page.get_search_results(request, records, search_term)[0]
        )
        return queryset.filter(Q(pk__in=found.order_by().values("pk")) | whole), False

    def _about(self, request, pages, find) -> Q:
        """Return the condition that a row names a record that `find` finds among those named, which are few."""
        label, found = self.model.label_in, Q(pk__in=[])
        for page in pages:
            of_page = {label: page.opts.label_lower}
            rows = self.model._base_manager.filter(**of_page).values("record")
            records = find(page, page.get_visible(request.user).order_by().filter(pk__in=rows))
            found |= Q(**of_page, record__in=records.values("pk"))
        return found


def _with_word(page, request, records, word: str):
    return records.filter(holding_any(page.model, page.get_search_fields(request), word))
