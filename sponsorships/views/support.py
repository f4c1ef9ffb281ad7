"""The public search for something to support. It needs no account and stores nothing."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sponsorships.matching.criteria import MAX_WORDS
from sponsorships.matching.entries import entries_html
from sponsorships.matching.forms import WishForm
from sponsorships.matching.ranking import MAX_OFFERS, Ranking, ranking
from sponsorships.matching.scoring import judged

PER_PAGE = 20


@login_not_required
@require_safe
def support(request):
    """Show the form and its results on one page. The wish is in the address, so that it can be kept and shared."""
    form = WishForm(request.GET or None)
    asked = form.is_bound
    form.is_valid()
    wish = form.wish() if asked else None
    found = ranking(wish) if wish else Ranking()
    page = Paginator(found.offers[:MAX_OFFERS], PER_PAGE).get_page(request.GET.get("page"))
    page.object_list = judged(wish, page.object_list, found.words) if wish else []
    context = {
        "form": form,
        "page_obj": page,
        "entries_html": entries_html(page.object_list),
        "total": page.paginator.count,
        "is_cut": len(found.offers) > MAX_OFFERS,
        "asked": asked and not wish.is_empty,
        "most_words": MAX_WORDS,
        "left_out": wish.words_to_tell if wish else [],
    }
    return render(request, "sponsorships/support.html", context)
