from typing import Self

from django.core.paginator import Paginator
from django.http import HttpRequest, QueryDict
from django.views.generic import ListView

from core.text import fold

ROWS_A_PAGE = 50
# More characters than anybody types. The rest of a longer query is ignored.
MAX_QUERY_LENGTH = 200


def paged(request, records, size=ROWS_A_PAGE):
    """Return the page that the request asks for; the first or last one if its number is invalid or too high."""
    return Paginator(records, size).get_page(request.GET.get("page"))


class PagedListView(ListView):
    """A paginated list. A page number that does not exist shows an existing page, so that old links work."""

    paginate_by = ROWS_A_PAGE

    @classmethod
    def asked(cls, params: QueryDict) -> Self:
        """Return the view for these parameters, so that exports use the same queryset as the page."""
        request = HttpRequest()
        request.method, request.GET = "GET", params
        view = cls()
        view.setup(request)
        return view

    def paginate_queryset(self, queryset, page_size):
        paginator = self.get_paginator(queryset, page_size)
        page = paginator.get_page(self.request.GET.get(self.page_kwarg))
        return paginator, page, page.object_list, page.has_other_pages()


class PublicListView(PagedListView):
    """A public, paginated list, searched by `q`. No parameter causes an error."""

    @property
    def query(self) -> str:
        return " ".join(self.request.GET.get("q", "")[:MAX_QUERY_LENGTH].replace("\x00", " ").split())

    @property
    def words(self) -> list[str]:
        """The query's words, folded: without accents, case or punctuation."""
        return fold(self.query).split()

    def get_context_data(self, **kwargs):
        return super().get_context_data(q=self.query, has_no_word=bool(self.query) and not self.words, **kwargs)
