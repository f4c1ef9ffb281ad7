from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from chairs.search.suggestions import suggestions_for


@login_not_required
@require_safe
def chair_suggestions(request):
    """Return suggestions for what has been typed so far: public records only, the same for every reader."""
    suggestions = suggestions_for(request.GET.get("q", ""))
    response = HttpResponse(render_to_string("chairs/_suggestions.html", {"suggestions": suggestions}))
    response.headers["X-Robots-Tag"] = "noindex"
    return response
