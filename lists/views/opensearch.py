"""The description by which a browser offers the search of chairs as one of its own (OpenSearch 1.1)."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

MEDIA_TYPE = "application/opensearchdescription+xml"


@login_not_required
@require_safe
def description(request) -> HttpResponse:
    context = {"site": settings.SITE_URL}
    return render(request, "lists/opensearch.xml", context, content_type=f"{MEDIA_TYPE}; charset=utf-8")
