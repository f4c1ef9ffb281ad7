from django.contrib.auth.decorators import login_not_required
from django.db.models import Count, Prefetch, Q
from django.utils.decorators import method_decorator
from django.views.generic import DetailView

from chairs.views.people import public_appointments
from clusters.enums import InstitutionKind
from clusters.models import Institution, Membership
from core.pagination import PublicListView
from core.past_addresses import record_at


def with_memberships():
    """Institutions with their clusters and, as `chair_count`, the published chairs of their named people."""
    public = Q(appointments__in=public_appointments().order_by().values("pk"))
    return (
        Institution.objects.order_by("name_key", "pk")
        .annotate(chair_count=Count("appointments__chair", distinct=True, filter=public))
        .prefetch_related(
            Prefetch("memberships", Membership.objects.select_related("cluster").order_by("cluster__name"))
        )
    )


@method_decorator(login_not_required, name="dispatch")
class InstitutionListView(PublicListView):
    """The institutions of the clusters, found by name, acronym or alias, and by kind."""

    template_name = "chairs/institution_list.html"

    @property
    def kind(self) -> str:
        kind = self.request.GET.get("kind", "")
        return kind if kind in InstitutionKind.values else ""

    def get_queryset(self):
        institutions = with_memberships()
        if self.kind:
            institutions = institutions.filter(kind=self.kind)
        for word in self.words:
            named = Q(name_key__contains=word) | Q(acronym_key__contains=word)
            by_alias = Q(pk__in=Institution.objects.filter(aliases__key__contains=word).values("pk"))
            institutions = institutions.filter(named | by_alias)
        return institutions

    def get_context_data(self, **kwargs):
        used = set(Institution.objects.order_by().values_list("kind", flat=True).distinct())
        kinds = [(kind.value, kind.label) for kind in InstitutionKind if kind in used]
        return super().get_context_data(kind=self.kind, kinds=kinds, **kwargs)


@method_decorator(login_not_required, name="dispatch")
class InstitutionDetailView(DetailView):
    """One institution: its names, its clusters, the chairs of its people."""

    template_name = "chairs/institution_detail.html"

    def get_queryset(self):
        return with_memberships().select_related("successor").prefetch_related("aliases", "predecessors")

    def get_object(self, queryset=None):
        return record_at(self.get_queryset(), self.kwargs["slug"])

    def get_context_data(self, **kwargs):
        appointments = public_appointments().filter(affiliation=self.object).select_related("person")
        return super().get_context_data(appointments=appointments, **kwargs)
