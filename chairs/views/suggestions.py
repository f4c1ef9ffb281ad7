from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from chairs.search.suggestions import suggestions_for
from core.languages import reader_language

# A chair that is published or renamed may be suggested, or not, a little late.
SECONDS_KEPT = 300


@login_not_required
@require_safe
def chair_suggestions(request):
    """Show suggestions while somebody types: public records only, the same for everybody, a few at most."""
    suggestions = suggestions_for(request.GET.get("q", ""), reader_language())
    response = render(request, "chairs/_suggestions.html", {"suggestions": suggestions})
    patch_cache_control(response, public=True, max_age=SECONDS_KEPT)
    response.headers["X-Robots-Tag"] = "noindex"
    return response
