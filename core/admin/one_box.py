"""The panel's global search: it searches several lists, each by its own search fields, and only records that the user sees."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import capfirst

from core.admin.search import MAX_LENGTH

# Per model; the linked list has the others.
SHOWN = 6


class FoundInTheBox:
    """For an admin: how the global search shows its records."""

    def found_as(self, record) -> str:
        """Return the label of a record in the results."""
        return str(record)

    def bearer_of(self, record):
        """Return the object that says whether a record is demonstration data: itself, or its parent."""
        return record


@dataclass(frozen=True)
class Hit:
    url: str
    label: str
    # Says whether it is demonstration data.
    bearer: Any


@dataclass(frozen=True)
class Group:
    """The results for one model: one query, limited to the rows that are shown."""

    title: str
    hits: list[Hit]
    # The URL of the list with all results, if there are more.
    more_url: str


def find(site, request, labels: Iterable[str], text: str) -> list[Group]:
    """Return the results for each of these models (`app.Model`), in their order, without empty groups."""
    words = text.strip()[:MAX_LENGTH].replace("\x00", "")
    if not words:
        return []
    pages = (site.get_model_admin(apps.get_model(label)) for label in labels)
    groups = [_group(page, request, words) for page in pages if page.has_view_permission(request)]
    return [group for group in groups if group.hits]


def _group(page, request, words: str) -> Group:
    records, _may_repeat = page.get_search_results(request, page.get_queryset(request), words)
    related = page.get_list_select_related(request)
    records = records.prefetch_related(None).select_related(*related) if related else records.prefetch_related(None)
    found = list(records.defer(*page.list_deferred)[: SHOWN + 1])
    name = f"admin:{page.opts.app_label}_{page.opts.model_name}"
    hits = [
        Hit(reverse(f"{name}_change", args=[record.pk]), str(page.found_as(record)), page.bearer_of(record))
        for record in found[:SHOWN]
    ]
    listed = f"{reverse(f'{name}_changelist')}?{urlencode({'q': words})}"
    return Group(capfirst(page.opts.verbose_name_plural), hits, listed if len(found) > SHOWN else "")
