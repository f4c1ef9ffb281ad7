"""The one box: a search over the pages of the panel, each as its own list searches, and of what its reader may see."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import capfirst

from core.admin.search import MAX_LENGTH

# Of each sort of record; the list behind has the rest.
SHOWN = 6


class FoundInTheBox:
    """For a record's page: how the one box shows its records."""

    def found_as(self, record) -> str:
        """Return what the box calls a record."""
        return str(record)

    def bearer_of(self, record):
        """Return what says whether a record is made up: itself, or what it belongs to."""
        return record


@dataclass(frozen=True)
class Hit:
    url: str
    label: str
    # What says whether it is made up.
    bearer: Any


@dataclass(frozen=True)
class Group:
    """What was found of one sort of record: one question each, and never more rows than are shown."""

    title: str
    hits: list[Hit]
    # The list that has the rest, where there is more.
    more_url: str


def find(site, request, labels: Iterable[str], text: str) -> list[Group]:
    """Return what the words find in the pages of these models (`app.Model`), in their order."""
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
