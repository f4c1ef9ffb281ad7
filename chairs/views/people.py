from django.contrib.auth.decorators import login_not_required
from django.db.models import Exists, OuterRef, Q, SlugField
from django.http import Http404
from django.utils.decorators import method_decorator
from django.views.generic import DetailView

from chairs.cards.directory import directory
from chairs.cards.people import Keyed, keys_in_order
from chairs.entries import people_of_page
from chairs.enums import ConsentAct
from chairs.linked_data import person_script
from chairs.models import Appointment, Chair, ConsentEvent, StartUp
from chairs.models.chair_queryset import in_order_of_title
from clusters.enums import Origin
from clusters.models import Director, Person
from core.exceptions import Gone
from core.pagination import PublicListView
from core.past_addresses import Moved, record_at
from core.prepared import Argument, Prepared


def public_appointments():
    """Return the public appointments, with the columns that pages show."""
    return (
        Appointment.objects.public()
        .select_related("chair__cluster", "chair__phase", "affiliation", "other_affiliation")
        .order_by(*in_order_of_title("chair__"))
    )


def is_publicly_named():
    """Return the condition that the public may find a person: named in a published chair or as a cluster's director.

    A subquery per person: a page of a few people does not read the appointments of all others.
    """
    held, led = Appointment.objects.public().order_by(), Director.objects.order_by()
    is_told_of = Q(Exists(held.filter(person=OuterRef("pk")))) | Q(Exists(led.filter(person=OuterRef("pk"))))
    return is_told_of & Q(is_hidden=False)


def named_people():
    return Person.objects.filter(is_publicly_named())


def taken_back():
    """Return the consents to be named in published chairs that were withdrawn: the people's pages were public before."""
    return ConsentEvent.objects.filter(
        what__in=[ConsentAct.WITHDRAWN, ConsentAct.REMOVED], chair__in=Chair.objects.published()
    )


def were_named():
    """Return the people who are hidden now and were public before: named by a source, or by their own consent."""
    held = Appointment.objects.filter(Q(chair__origin=Origin.SOURCED) | Q(consent_given_on__isnull=False))
    held, led = held.filter(chair__in=Chair.objects.published()), Director.objects.order_by()
    was_told_of = Q(pk__in=held.order_by().values("person")) | Q(pk__in=led.values("person"))
    return Person.objects.filter(was_told_of, is_hidden=True)


@method_decorator(login_not_required, name="dispatch")
class PersonListView(PublicListView):
    """The people of the chairs and clusters, in order of family name."""

    template_name = "chairs/person_list.html"

    def get_queryset(self):
        keys = keys_in_order(directory(), named_people)
        if self.words:
            people = Person.objects.all()
            for word in self.words:
                people = people.filter(name_key__contains=word)
            keys = list(filter(set(keys).__contains__, people.values_list("pk", flat=True)))
        return Keyed(keys, people_of_page)


@method_decorator(login_not_required, name="dispatch")
class PersonDetailView(DetailView):
    """One person, with dated and sourced chairs and offices. Only publicly named people have a page."""

    template_name = "chairs/person_detail.html"

    def get_object(self, queryset=None):
        for person in _person_at(slug=self.kwargs["slug"]):
            person.public_appointments = _posts_of(person=person.pk)
            person.public_directorships = _offices_of(person=person.pk)
            person.public_start_ups = _start_ups_of(person=person.pk)
            return person
        try:
            return record_at(named_people(), self.kwargs["slug"])
        except Moved:
            raise
        except Http404:
            slug = self.kwargs["slug"]
            if taken_back().filter(person__slug=slug).exists() or were_named().filter(slug=slug).exists():
                raise Gone from None
            raise

    def get_context_data(self, **kwargs):
        return super().get_context_data(linked_data=person_script(self.object), **kwargs)


_person_at = Prepared(lambda: named_people().filter(slug=Argument("slug", SlugField())).select_related("photograph"))
_posts_of = Prepared(lambda: public_appointments().filter(person=Argument("person")))
_offices_of = Prepared(lambda: Director.objects.filter(person=Argument("person")).select_related("cluster"))


@Prepared
def _start_ups_of():
    start_ups = StartUp.objects.published().filter(people=Argument("person")).select_related("cluster")
    return start_ups.only("name", "slug", "tie", "origin", "founded_year", "cluster__name", "cluster__acronym")
