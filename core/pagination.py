from typing import Self

from django.core.paginator import Paginator
from django.http import HttpRequest, QueryDict
from django.views.generic import ListView

from core.text import fold

ROWS_A_PAGE = 50
# More characters than anybody types. The rest of a longer query is ignored.
MAX_QUERY_LENGTH = 200


def paged(request, records, size=ROWS_A_PAGE):
    """Return the page of some records that an address asks for, or one that there is."""
    return Paginator(records, size).get_page(request.GET.get("page"))


class PagedListView(ListView):
    """A list in pages. A number of a page that does not exist gives one that does, as readers of old addresses need."""

    paginate_by = ROWS_A_PAGE

    @classmethod
    def asked(cls, params: QueryDict) -> Self:
        """Return the view as an address with these parameters asks it: what is made of a whole list is made of the same."""
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
    """A public list in pages, searched by `q`. No parameter, known or not, makes it fail."""

    @property
    def query(self) -> str:
        return " ".join(self.request.GET.get("q", "")[:MAX_QUERY_LENGTH].replace("\x00", " ").split())

    @property
    def words(self) -> list[str]:
        """The query's words, folded: without accents, case or punctuation."""
        return fold(self.query).split()

    def get_context_data(self, **kwargs):
        return super().get_context_data(q=self.query, has_no_word=bool(self.query) and not self.words, **kwargs)
