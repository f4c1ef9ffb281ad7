"""The exports of the lists of people and of institutions: names, with the chairs in which they are public."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext_lazy as _

from chairs.cards.directory import directory
from chairs.cards.people import chairs_of_institutions
from chairs.models import Appointment
from chairs.views.institutions import InstitutionListView
from chairs.views.people import PersonListView, named_people, public_appointments
from clusters.models import Director, Institution, Membership, Person
from clusters.origins import is_made_up
from core.primary_keys import any_of
from lists.catalogue.chairs import in_order, text
from lists.public_list import Item, PublicList


def once(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(filter(None, names)))


class PersonList(PublicList):
    name, view, view_class, title = "people", "chairs:person_list", PersonListView, _("People")
    columns = {
        "name": _("Name"),
        "orcid": _("ORCID iD"),
        "chairs": _("Chairs"),
        "offices": _("At the head of a cluster"),
        "clusters": _("Clusters"),
        "institutions": _("Institutions"),
        "website": _("Web page"),
    }

    def items(self, keys: Sequence[int]) -> list[Item]:
        posts: defaultdict[int, list[Appointment]] = defaultdict(list)
        for post in public_appointments().filter(person__in=any_of(keys)):
            posts[post.person_id].append(post)
        offices: defaultdict[int, list[Director]] = defaultdict(list)
        for office in Director.objects.named().filter(person__in=any_of(keys)).select_related("cluster"):
            offices[office.person_id].append(office)
        people = in_order(keys, named_people().filter(pk__in=any_of(keys)).order_by())
        return [self._item(person, posts[person.pk], offices[person.pk]) for person in people]

    def _item(self, person: Person, posts: list[Appointment], offices: list[Director]) -> Item:
        places = [place for post in posts for place in (post.affiliation, post.other_affiliation) if place]
        cells = {
            "name": person.name,
            "orcid": person.stated_orcid,
            "chairs": once(text(post.chair, "title") for post in posts),
            "offices": [f"{office.get_role_display()}, {office.cluster}" for office in offices],
            "clusters": once(str(one.cluster) for one in (*offices, *(post.chair for post in posts))),
            "institutions": once(map(str, places)),
            "website": person.website,
        }
        return Item(
            person.pk,
            person.name,
            person.get_absolute_url(),
            cells,
            facts=[*cells["offices"], *cells["chairs"]],
            text=", ".join(cells["institutions"]),
            is_demonstration=is_made_up(person),
        )


class InstitutionList(PublicList):
    name, view, view_class, title = "institutions", "chairs:institution_list", InstitutionListView, _("Institutions")
    narrowed_by = ("q", "kind")
    columns = {
        "name": _("Name"),
        "acronym": _("Acronym"),
        "kind": _("Kind"),
        "city": _("City"),
        "ror": _("ROR"),
        "clusters": _("Clusters"),
        "chair_count": _("Number of chairs"),
    }

    def items(self, keys: Sequence[int]) -> list[Item]:
        clusters: defaultdict[int, list[str]] = defaultdict(list)
        memberships = Membership.objects.filter(institution__in=any_of(keys)).select_related("cluster")
        for membership in memberships.order_by("cluster__name"):
            clusters[membership.institution_id].append(str(membership.cluster))
        counts = chairs_of_institutions(directory())
        found = in_order(keys, Institution.objects.filter(pk__in=any_of(keys)).order_by())
        return [self._item(one, once(clusters[one.pk]), counts.get(one.pk, 0)) for one in found]

    def _item(self, institution: Institution, clusters: list[str], number: int) -> Item:
        cells = {
            "name": institution.name,
            "acronym": institution.acronym,
            "kind": institution.get_kind_display(),
            "city": institution.city,
            "ror": institution.ror or "",
            "clusters": clusters,
            "chair_count": number,
        }
        return Item(
            institution.pk,
            institution.name,
            institution.get_absolute_url(),
            cells,
            facts=[fact for fact in (cells["kind"], institution.city, *clusters) if fact],
            is_demonstration=is_made_up(institution),
        )
