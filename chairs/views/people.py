from django.contrib.auth.decorators import login_not_required
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.http import Http404
from django.utils.decorators import method_decorator
from django.views.generic import DetailView

from chairs.enums import ConsentAct
from chairs.models import Appointment, Chair, ConsentEvent
from chairs.models.chair_queryset import in_order_of_title
from clusters.models import Director, Person
from core.exceptions import Gone
from core.pagination import PublicListView
from core.past_addresses import Moved, record_at


def public_appointments():
    """Appointments that the public reads, with what a page shows of them."""
    return (
        Appointment.objects.public()
        .select_related("chair__cluster", "chair__phase", "affiliation", "other_affiliation")
        .order_by(*in_order_of_title("chair__"))
    )


def is_publicly_named():
    """Whether the public may find a person: named in a published chair, or by a source at the head of a cluster.

    Asked person by person: a page of a few of them does not read what makes all others public.
    """
    held, led = Appointment.objects.public().order_by(), Director.objects.order_by()
    return Q(Exists(held.filter(person=OuterRef("pk")))) | Q(Exists(led.filter(person=OuterRef("pk"))))


def publicly_named():
    """People whom the public may find, with what their pages show of them."""
    return Person.objects.filter(is_publicly_named()).prefetch_related(
        Prefetch("appointments", public_appointments(), to_attr="public_appointments"),
        Prefetch("directorships", Director.objects.select_related("cluster"), to_attr="public_directorships"),
    )


def taken_back():
    """Agreements to be named in a published chair that were taken back: their pages were public, and are to be forgotten."""
    return ConsentEvent.objects.filter(
        what__in=[ConsentAct.WITHDRAWN, ConsentAct.REMOVED], chair__in=Chair.objects.published()
    )


@method_decorator(login_not_required, name="dispatch")
class PersonListView(PublicListView):
    """The people of the chairs and clusters, by family name."""

    template_name = "chairs/person_list.html"

    def get_queryset(self):
        people = publicly_named()
        for word in self.words:
            people = people.filter(name_key__contains=word)
        return people


@method_decorator(login_not_required, name="dispatch")
class PersonDetailView(DetailView):
    """One person: their chairs and offices, with dates and sources. Only publicly named people have a page."""

    template_name = "chairs/person_detail.html"

    def get_queryset(self):
        return publicly_named()

    def get_object(self, queryset=None):
        try:
            return record_at(self.get_queryset(), self.kwargs["slug"])
        except Moved:
            raise
        except Http404:
            if taken_back().filter(person__slug=self.kwargs["slug"]).exists():
                raise Gone from None
            raise
