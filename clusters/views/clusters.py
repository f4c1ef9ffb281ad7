from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models import Prefetch, SlugField
from django.db.models.functions import Lower
from django.http import Http404
from django.template.loader import render_to_string
from django.utils.decorators import method_decorator
from django.views.generic import DetailView, ListView

from clusters.enums import MembershipRole
from clusters.linked_data import cluster_script
from clusters.models import Cluster, Director, Figure, Membership, Theme
from clusters.past import heads_by, stated_by, was_selected
from core.as_of import TODAY, AsOf, as_of_asked
from core.fetched import give
from core.kept_parts import kept_part
from core.past_addresses import record_at
from core.prepared import Argument, Prepared
from core.text import fold


@method_decorator(login_not_required, name="dispatch")
class ClusterListView(ListView):
    """The list of clusters, with the sum of their grants."""

    # Names are sorted regardless of case.
    queryset = Cluster.objects.order_by(Lower("name")).prefetch_related(
        Prefetch(
            "memberships",
            Membership.objects.filter(role=MembershipRole.LEAD).select_related("institution"),
            to_attr="leads",
        )
    )
    template_name = "clusters/cluster_list.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            grant_sum=Cluster.objects.grants(),
            grant_sources=Cluster.objects.order_by().values_list("public_grant_source", flat=True).distinct(),
            **kwargs,
        )


@method_decorator(login_not_required, name="dispatch")
class ClusterDetailView(DetailView):
    """The public page of a cluster: grant, consortium, themes, people and figures, each with its source."""

    template_name = "clusters/cluster_detail.html"

    def get_object(self, queryset=None):
        for cluster in _clusters_at(slug=self.kwargs["slug"]):
            return cluster
        return record_at(Cluster.objects.all(), self.kwargs["slug"])

    def get_context_data(self, **kwargs):
        pk, as_of = self.object.pk, as_of_asked(self.request.GET)
        kept = not as_of.is_asked
        content = kept_part(("cluster", pk), lambda: content_of(pk)) if kept else content_of(pk, as_of)
        return super().get_context_data(as_of=as_of, content=content, **kwargs)


def content_of(pk: int, as_of: AsOf = TODAY) -> str:
    """Return the HTML of a cluster's page, below its breadcrumb, today's or of a past day. Raise Http404."""
    for cluster in _clusters(pk=pk):
        if as_of.day and not was_selected(cluster, as_of.day):
            return render_to_string("clusters/_cluster_not_then.html", {"cluster": cluster, "as_of": as_of})
        for name, query in PARTS.items():
            give(cluster, name, query(cluster=cluster.pk))
        if as_of.day:
            give(cluster, "directors", heads_by(cluster.directors.all(), as_of.day))
            give(cluster, "figures", stated_by(cluster.figures.all(), as_of.day))
        members = cluster.memberships.all()
        context = {"cluster": cluster, "consortium": by_role(members), "figures": by_label(cluster.figures.all())}
        # Rendered without the request, so the context processor does not add the programme's name.
        context |= {"as_of": as_of, "PROGRAMME": settings.PROGRAMME}
        context["leads"] = [member.institution for member in members if member.role == MembershipRole.LEAD]
        # Incubators work with a cluster; sources do not say that they are members.
        members = [member for member in members if member.role != MembershipRole.INCUBATOR]
        context["others"] = len(members) - len(context["leads"])
        if as_of.day:
            return render_to_string("clusters/_cluster_then.html", context)
        context["linked_data"] = cluster_script(cluster)
        return render_to_string("clusters/_cluster_content.html", context)
    raise Http404


@Prepared
def _clusters_at():
    return Cluster.objects.filter(slug=Argument("slug", SlugField())).only("slug", "name", "acronym", "city")


_clusters = Prepared(lambda: Cluster.objects.filter(pk=Argument("pk")))


@Prepared
def _members():
    members = Membership.objects.filter(cluster=Argument("cluster")).select_related("institution")
    shown = (
        "institution",
        "role",
        "is_founding",
        "source",
        "institution__name",
        "institution__slug",
        "institution__origin",
    )
    return members.only(*shown)


@Prepared
def _themes():
    themes = Theme.objects.filter(cluster=Argument("cluster")).select_related("phase")
    return themes.order_by("-phase__start_year", "name_key")


@Prepared
def _directors():
    return Director.objects.named().filter(cluster=Argument("cluster")).select_related("person__photograph")


@Prepared
def _figures():
    return Figure.objects.filter(cluster=Argument("cluster")).select_related("phase")


PARTS = {"memberships": _members, "themes": _themes, "directors": _directors, "figures": _figures}


def by_role(memberships) -> list[dict]:
    """Group the members by role, in the order of the roles; `source` is set if all members of the group share one.

    `with_lead` is the number of founding members including the leads, if these are founding members too.
    """
    groups = []
    founding = sum(member.is_founding for member in memberships)
    for role in MembershipRole:
        members = [member for member in memberships if member.role == role]
        sources = {member.source for member in members}
        if members:
            source = sources.pop() if len(sources) == 1 else ""
            with_lead = founding if role == MembershipRole.FOUNDING and founding > len(members) else 0
            heading = role.heading(len(members))
            groups.append(
                {"role": role, "heading": heading, "members": members, "source": source, "with_lead": with_lead}
            )
    return groups


def by_label(figures) -> list[dict]:
    """Group the versions of a figure: the same label in the same phase, from one or several sources."""
    groups: dict[tuple, list[Figure]] = {}
    for figure in figures:
        groups.setdefault(version_of(figure), []).append(figure)
    return [
        {
            "versions": versions,
            "is_disputed": len({said_of(version) for version in versions}) > 1,
            # Shown once if all versions have the same note.
            "note": versions[0].note if len({version.note for version in versions}) == 1 else "",
        }
        for versions in groups.values()
    ]


def version_of(figure: Figure) -> tuple[str, int | None]:
    return fold(figure.label_en or figure.label_fr or ""), figure.phase_id


def said_of(figure: Figure) -> tuple:
    return figure.value, figure.qualifier, figure.unit
