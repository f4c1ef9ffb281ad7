"""Finds records by their current slug and by former ones, from which requests are redirected."""

from collections.abc import Callable
from typing import Any

from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse

from core.models import PastAddress


class Moved(Http404):
    """Raised for a record's former slug. `MovedMiddleware` redirects; without it the response is a 404."""

    def __init__(self, **address: str):
        super().__init__()
        self.address = address


def record_at(records: QuerySet[Any], slug: str, *, also_private: bool = False) -> Any:
    """Return the record of the queryset with this slug. Raise Moved if it is a former slug, else Http404.

    Only records in the queryset are redirected to, so hidden records are not revealed. `also_private` is for users who
    see records before they are public: then slugs that were never public count too.
    """
    if found := records.filter(slug=slug).first():
        return found
    key = PastAddress.objects.record_at(records.model, slug, also_private=also_private)
    if key is not None and (moved := records.filter(pk=key).first()):
        raise Moved(slug=moved.slug)
    raise Http404


def record_within(records: QuerySet[Any], cluster_slug: str, slug: str, *, also_private: bool = False) -> Any:
    """Return the record with this slug in a cluster, as `record_at` does. The cluster's slug may be a former one too."""
    if found := records.filter(cluster__slug=cluster_slug, slug=slug).first():
        return found
    clusters: Any = records.model._meta.get_field("cluster").related_model
    past = PastAddress.objects
    now = clusters.objects.filter(slug=cluster_slug).values_list("pk", flat=True).first()
    for cluster in filter(None, (now, past.record_at(clusters, cluster_slug))):
        at_it = records.filter(cluster=cluster, slug=slug).first()
        key = past.record_at(records.model, slug, cluster, also_private=also_private)
        moved = at_it or (records.filter(pk=key).first() if key is not None else None)
        if moved is not None:
            raise Moved(cluster_slug=moved.cluster.slug, slug=moved.slug)
    raise Http404


def address_today(model: type[Model], slug: str) -> str:
    """Return the current slug of the record that had this slug, for a filter in an old link; else the same slug."""
    key = None if model._default_manager.filter(slug=slug).exists() else PastAddress.objects.record_at(model, slug)
    return model._default_manager.filter(pk=key).values_list("slug", flat=True).first() or slug


class MovedMiddleware:
    """Redirects from a former slug to the current URL, in the reader's language and with the same query string."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        match: Any = request.resolver_match
        if match is None or not isinstance(exception, Moved):
            return None
        url = reverse(match.view_name, kwargs={**match.captured_kwargs, **exception.address})
        query = request.META.get("QUERY_STRING", "")
        # A form posted from a page that was open during the move is posted again at the new address.
        leads_to = f"{url}?{query}" if query else url
        response = HttpResponsePermanentRedirect(leads_to, preserve_request=request.method not in ("GET", "HEAD"))
        # Not cached: another record may take the slug later.
        response["Cache-Control"] = "no-cache"
        return response
