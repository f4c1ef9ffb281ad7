"""The other pages of the API: the index, the OpenAPI document, the documentation, and the 404."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from api import listing, openapi
from api.doors import public
from api.problems import documentation_url, not_found
from api.resource import ROOT
from api.service import RESOURCES


@public()
def index(request: HttpRequest) -> HttpResponse:
    """Return the addresses of all resources and documents."""
    listing.refuse_unknown(request, ())
    here = settings.SITE_URL + ROOT
    lists = {resource.name: f"{here}/{resource.name}" for resource in RESOURCES}
    lists["figures"] = f"{here}/figures"
    others = {"openapi": f"{here}/openapi.json", "documentation": documentation_url()}
    return JsonResponse({"resources": lists, **others})


@public()
def openapi_json(request: HttpRequest) -> HttpResponse:
    listing.refuse_unknown(request, ())
    return JsonResponse(openapi.document(), json_dumps_params={"ensure_ascii": False, "indent": 1})


@public("text/html")
def docs(request: HttpRequest) -> HttpResponse:
    """Redirect to the documentation in the active language."""
    return HttpResponseRedirect(reverse("data"))


@public("*/*")
def nowhere(request: HttpRequest, rest: str = "") -> HttpResponse:
    raise not_found()


@login_not_required
@require_safe
def documentation(request: HttpRequest) -> HttpResponse:
    """Show the documentation of the API and of the open data."""
    shown = [
        {"name": one.name, "filters": list(one.filters), "sorts": one.sorts, "page": reverse(one.page)}
        for one in RESOURCES
    ]
    shown.append({"name": "figures", "filters": ["on", "known"], "sorts": [], "page": reverse("figures:public")})
    file = reverse("chairs:list").rstrip("/") + ".csv"
    numbers = {"limit": settings.API_REQUESTS_A_MINUTE, "page_limit": listing.MAX_LIMIT}
    terms = {"publisher": settings.DATA_PUBLISHER, "licence": settings.DATA_LICENCE}
    said = {"lists": shown, "root": ROOT, "chairs_file": file, **numbers, **terms}
    return render(request, "api/documentation.html", said)
