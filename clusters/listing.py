from django.core.paginator import EmptyPage, Page, PageNotAnInteger, Paginator
from django.views.generic import ListView

from clusters.text import fold

ROWS_A_PAGE = 50
# Nobody searches with more: beyond it, a query is a mistake or an attack, and the rest is ignored.
MAX_QUERY_LENGTH = 200


class NearestPaginator(Paginator):
    """Give the nearest page to a number that does not exist, as readers who keep old addresses need."""

    def get_page(self, number) -> Page:
        try:
            return self.page(number)
        except PageNotAnInteger:
            return self.page(1)
        except EmptyPage:
            return self.page(1 if int(number) < 1 else self.num_pages)


class PublicListView(ListView):
    """A public list in pages, searched by `q`. No parameter, known or not, makes it fail."""

    paginate_by = ROWS_A_PAGE
    paginator_class = NearestPaginator

    @property
    def query(self) -> str:
        return " ".join(self.request.GET.get("q", "")[:MAX_QUERY_LENGTH].replace("\x00", " ").split())

    @property
    def words(self) -> list[str]:
        """The query's words, folded: without accents, case or punctuation."""
        return fold(self.query).split()

    def paginate_queryset(self, queryset, page_size):
        paginator = self.get_paginator(queryset, page_size)
        page = paginator.get_page(self.request.GET.get("page", 1))
        return paginator, page, page.object_list, page.has_other_pages()

    def get_context_data(self, **kwargs):
        return super().get_context_data(q=self.query, has_no_word=bool(self.query) and not self.words, **kwargs)
