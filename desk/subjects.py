"""The kinds of records on the desk: how to find their cluster, and their title in lists."""

from operator import attrgetter

from django.contrib import admin
from django.http import Http404
from django.urls import reverse

from clusters.models import Cluster

CLUSTER_OF = {
    "chairs.chair": attrgetter("cluster"),
    "sponsorships.sponsorship": attrgetter("chair.cluster"),
    "sponsorships.agreement": attrgetter("sponsorship.chair.cluster"),
    "sponsorships.instalment": attrgetter("sponsorship.chair.cluster"),
    "progress.progressreport": attrgetter("sponsorship.chair.cluster"),
    "yearly.chairyearreport": attrgetter("chair.cluster"),
}
# The names of these say nothing about their sponsorship, which the title adds.
OF_A_SPONSORSHIP = {"sponsorships.agreement", "sponsorships.instalment", "progress.progressreport"}


def kind_of(record) -> str:
    return record._meta.label_lower


def is_kept(record) -> bool:
    """Return whether the desk keeps tasks and notes for this kind of record."""
    return kind_of(record) in CLUSTER_OF


def cluster_of(record) -> Cluster:
    return CLUSTER_OF[kind_of(record)](record)


def title_of(record) -> str:
    return f"{record}, {record.sponsorship}" if kind_of(record) in OF_A_SPONSORSHIP else str(record)


def task_url(record) -> str:
    """Return the address of the page on which staff take over, assign, note and remind."""
    return reverse("panel_desk:task", args=[record._meta.app_label, record._meta.model_name, record.pk])


def page_of(app: str, model: str):
    """Return the panel's page (ModelAdmin) of a kind; raise Http404 for one that the desk does not keep."""
    if f"{app}.{model}" not in CLUSTER_OF:
        raise Http404
    return next(page for kind, page in admin.site._registry.items() if kind._meta.label_lower == f"{app}.{model}")
