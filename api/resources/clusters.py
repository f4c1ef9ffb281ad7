"""Clusters and their themes."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from ninja import Field, Schema
from pyroaring import BitMap

from api.resource import Found, Resource, links, unknown
from api.schemas import AsOfRecord, Named, Record, Text, Titled, named, text, titled
from clusters.facets import CLUSTER
from clusters.models import Cluster, Director, Figure, Membership, Theme
from clusters.past import heads_by, stated_by, was_selected
from core.primary_keys import any_of


class ClusterMember(Schema):
    institution: Named
    role: str
    is_founding: bool
    source: str


class Head(Schema):
    person: Named
    role: str
    since: str
    source: str


class StatedFigure(Schema):
    """A figure as a source states it. Where two sources disagree, both stand."""

    label: Text
    value: float
    qualifier: str = Field(description="Empty (exactly), about, more_than or planned.")
    unit: str
    as_of: str
    source: str


class ClusterItem(AsOfRecord):
    slug: str
    name: str
    acronym: str
    description: Text
    city: str
    region: str
    public_grant: float | None = Field(description="What the State grants, in euros.")
    public_grant_source: str
    start_year: int | None
    end_year: int | None
    selected_on: datetime.date | None
    anr_reference: str | None
    website: str
    institutions: list[ClusterMember]
    directors: list[Head]
    figures: list[StatedFigure]
    sources: list[str]


class ThemeItem(Record):
    slug: str
    name: Text
    cluster: Named
    phase: Titled
    source: str


def fetch_clusters(pks: Iterable[int]) -> dict[int, dict[str, Any]]:
    return {cluster.pk: _cluster(cluster) for cluster in _read_clusters(pks)}


def fetch_cluster_then(pk: int, day: datetime.date) -> tuple[dict[str, Any] | None, str]:
    for cluster in _read_clusters([pk]):
        if not was_selected(cluster, day):
            break
        directors = [_head(one) for one in heads_by(cluster.shown_directors, day)]
        figures = [_figure(one) for one in stated_by(cluster.figures.all(), day)]
        return {**_cluster(cluster), "on": day, "directors": directors, "figures": figures}, ""
    return None, _("The State had not selected this cluster on %(day)s.") % {"day": date_format(day)}


def _read_clusters(pks: Iterable[int]) -> QuerySet[Cluster]:
    clusters = Cluster.objects.filter(pk__in=any_of(pks)).order_by()
    return clusters.prefetch_related(
        Prefetch("memberships", Membership.objects.select_related("institution").order_by("pk")),
        Prefetch("directors", Director.objects.named().select_related("person").order_by("pk"), "shown_directors"),
        Prefetch("figures", Figure.objects.order_by("pk")),
    )


def _cluster(cluster: Cluster) -> dict[str, Any]:
    own = ("slug", "name", "acronym", "city", "region", "public_grant", "public_grant_source", "start_year", "end_year")
    others = ("selected_on", "anr_reference", "website", "sources")
    return {
        "id": cluster.pk,
        "on": None,
        "links": links("clusters", cluster.pk, "clusters:detail", cluster.slug),
        "demonstration": False,
        **{name: getattr(cluster, name) for name in (*own, *others)},
        "description": text(cluster, "description"),
        "institutions": [_member(one) for one in cluster.memberships.all()],
        "directors": [_head(one) for one in cluster.shown_directors],
        "figures": [_figure(one) for one in cluster.figures.all()],
    }


def _member(member: Membership) -> dict[str, Any]:
    own = {name: getattr(member, name) for name in ("role", "is_founding", "source")}
    return {"institution": named(member.institution), **own}


def _head(director: Director) -> dict[str, Any]:
    return {"person": named(director.person), **{name: getattr(director, name) for name in ("role", "since", "source")}}


def _figure(figure: Figure) -> dict[str, Any]:
    own = ("value", "qualifier", "unit", "as_of", "source")
    return {"label": text(figure, "label"), **{name: getattr(figure, name) for name in own}}


def fetch_themes(pks: Iterable[int]) -> dict[int, dict[str, Any]]:
    themes = Theme.objects.filter(pk__in=any_of(pks)).select_related("cluster", "phase").order_by()
    return {theme.pk: _theme(theme) for theme in themes}


def _theme(theme: Theme) -> dict[str, Any]:
    return {
        "id": theme.pk,
        "links": links("themes", theme.pk, "clusters:detail", theme.cluster.slug),
        "demonstration": False,
        "slug": theme.slug,
        "name": text(theme, "name"),
        "cluster": named(theme.cluster),
        "phase": titled(theme.phase),
        "source": theme.source,
    }


def every_theme() -> QuerySet[Theme]:
    return Theme.objects.all()


def _find_clusters(request: HttpRequest) -> Found:
    return Found(BitMap(Cluster.objects.values_list("pk", flat=True)))


def _find_themes(request: HttpRequest) -> Found:
    """Search themes by cluster, with the same values as the facet of clusters."""
    values = [value for value in request.GET.getlist("cluster") if value]
    known = CLUSTER.find(values, CLUSTER.choices()) if values else {}
    themes = every_theme().filter(cluster__in=[choice.key for choice in known.values()]) if values else every_theme()
    errors = [("cluster", unknown("cluster", value)) for value in values if value not in known]
    return Found(BitMap(themes.values_list("pk", flat=True)), errors)


CLUSTERS = Resource(
    name="clusters",
    noun="cluster",
    item=ClusterItem,
    public=Cluster.objects.all,
    find=_find_clusters,
    fetch=fetch_clusters,
    fetch_then=fetch_cluster_then,
    page="clusters:list",
    pages=("clusters:detail",),
    origins=(),
    example="?limit=2",
)
THEMES = Resource(
    name="themes",
    noun="theme",
    item=ThemeItem,
    public=every_theme,
    find=_find_themes,
    fetch=fetch_themes,
    filters={"cluster": "Clusters, by address."},
    page="clusters:list",
    origins=(),
    example="?cluster=dataia&limit=2",
)
