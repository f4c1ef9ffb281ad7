from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q, SlugField
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.generic import DetailView

from chairs.cards.directory import directory
from chairs.cards.people import Keyed, chairs_of_institutions, keys_in_order, kinds_of_institutions
from chairs.entries import institutions_of_page
from chairs.models import ChairOrganisation, StartUp
from chairs.models.chair_queryset import in_order_of_title
from chairs.views.people import public_appointments
from clusters.enums import InstitutionKind
from clusters.linked_data import institution_script
from clusters.models import Institution, InstitutionAlias, Membership
from core.fetched import give
from core.pagination import PublicListView
from core.past_addresses import record_at
from core.prepared import Argument, Keys, Prepared
from core.primary_keys import any_of

# On an institution's page; the largest institutions employ the people of thousands of chairs.
CHAIRS_A_PAGE = 50
# On an incubator's page; the list of start-ups has the rest.
START_UPS_SHOWN = 50


def all_institutions():
    return Institution.objects.all()


@method_decorator(login_not_required, name="dispatch")
class InstitutionListView(PublicListView):
    """The institutions of the clusters, found by name, acronym or alias, and filtered by kind."""

    template_name = "chairs/institution_list.html"

    @property
    def kind(self) -> str:
        kind = self.request.GET.get("kind", "")
        return kind if kind in InstitutionKind.values else ""

    def get_queryset(self):
        self.directory = directory()
        if not self.kind and not self.words:
            return Keyed(keys_in_order(self.directory, all_institutions), self.of_page)
        institutions = Institution.objects.all()
        if self.kind:
            institutions = institutions.filter(kind=self.kind)
        for word in self.words:
            named = Q(name_key__contains=word) | Q(acronym_key__contains=word)
            by_alias = Q(pk__in=Institution.objects.filter(aliases__key__contains=word).values("pk"))
            institutions = institutions.filter(named | by_alias)
        return Keyed(list(institutions.values_list("pk", flat=True)), self.of_page)

    def of_page(self, pks):
        return institutions_of_page(pks, chairs_of_institutions(self.directory))

    def get_context_data(self, **kwargs):
        used = kinds_of_institutions(self.directory)
        kinds = [(kind.value, kind.label) for kind in InstitutionKind if kind in used]
        return super().get_context_data(kind=self.kind, kinds=kinds, **kwargs)


@method_decorator(login_not_required, name="dispatch")
class InstitutionDetailView(DetailView):
    """One institution: its names, its clusters, the chairs of its people."""

    template_name = "chairs/institution_detail.html"

    def get_object(self, queryset=None):
        for institution in _institution_at(slug=self.kwargs["slug"]):
            for name, query in PARTS.items():
                is_asked = getattr(institution, f"has_{name}", True)
                give(institution, name, query(institution=institution.pk) if is_asked else [])
            return institution
        return record_at(Institution.objects.all(), self.kwargs["slug"])

    def get_context_data(self, **kwargs):
        chairs = list(dict.fromkeys(_chairs_of(institution=self.object.pk)))
        pages = Paginator(chairs, CHAIRS_A_PAGE)
        page = pages.get_page(self.request.GET.get("page"))
        posts = _posts_of(institution=self.object.pk, chairs=list(page)) if chairs else []
        start_ups = self.object.incubated.all()
        more = f"{reverse('chairs:start_up_list')}?incubator={self.object.slug}"
        return super().get_context_data(
            appointments=posts,
            page_obj=page,
            start_ups=start_ups[:START_UPS_SHOWN],
            linked_data=institution_script(self.object),
            more_start_ups=more if len(start_ups) > START_UPS_SHOWN else "",
            **kwargs,
        )


@Prepared
def _institution_at():
    """Return the institution at an address, with four flags that spare the queries for what it does not have."""
    behind = Institution.institutions.through.objects
    return (
        Institution.objects.filter(slug=Argument("slug", SlugField()))
        .select_related("successor")
        .annotate(
            has_incubated=Exists(StartUp.objects.filter(incubator=OuterRef("pk"))),
            has_chair_parts=Exists(ChairOrganisation.objects.filter(institution=OuterRef("pk"))),
            has_institutions=Exists(behind.filter(from_institution=OuterRef("pk"))),
            has_incubators=Exists(behind.filter(to_institution=OuterRef("pk"))),
        )
    )


@Prepared
def _memberships():
    memberships = Membership.objects.filter(institution=Argument("institution")).select_related("cluster")
    return memberships.order_by("cluster__name")


@Prepared
def _chairs_of():
    return public_appointments().filter(affiliation=Argument("institution")).values_list("chair", flat=True)


@Prepared
def _posts_of():
    posts = public_appointments().filter(affiliation=Argument("institution"))
    return posts.filter(chair__in=any_of(Argument("chairs", Keys()))).select_related("person")


@Prepared
def _start_ups():
    start_ups = StartUp.objects.published().filter(incubator=Argument("institution")).select_related("cluster")
    shown = ("name", "slug", "tie", "origin", "founded_year", "cluster__name", "cluster__acronym")
    return start_ups.only(*shown).order_by("name_key", "pk")[: START_UPS_SHOWN + 1]


@Prepared
def _chair_parts():
    """Return the chairs in which the institution takes part without holding them, where it agreed to be named."""
    parts = ChairOrganisation.objects.public().filter(institution=Argument("institution"))
    return parts.select_related("chair__cluster").order_by(*in_order_of_title("chair__"))


PARTS = {
    "memberships": _memberships,
    "incubated": _start_ups,
    "chair_parts": _chair_parts,
    # The institutions that run an incubator, and the incubators that an institution runs.
    "institutions": Prepared(lambda: Institution.objects.filter(incubators=Argument("institution"))),
    "incubators": Prepared(lambda: Institution.objects.filter(institutions=Argument("institution"))),
    "aliases": Prepared(lambda: InstitutionAlias.objects.filter(institution=Argument("institution"))),
    "predecessors": Prepared(lambda: Institution.objects.filter(successor=Argument("institution"))),
}
