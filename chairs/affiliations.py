"""Who employs a person, according to their other chairs: the default for a new appointment."""

from collections.abc import Collection

from django.db.models import F, Q

from accounts.models import User
from chairs.models import Appointment
from clusters.models import Institution
from clusters.scopes import clusters_of


def usual_affiliations(people: Collection[int], user: User) -> dict[int, Institution]:
    """Return the employer in each person's latest chair that the user may see, by the person's key.

    An institution that was taken over is replaced by its successor.
    """
    posts = Appointment.objects.filter(person__in=people, affiliation__isnull=False)
    if not clusters_of(user).is_national:
        public = Appointment.objects.public().values("pk")
        posts = posts.filter(Q(pk__in=public) | Q(chair__cluster__in=clusters_of(user).pks))
    latest_last = posts.select_related("affiliation__successor").order_by(F("starts_on").asc(nulls_first=True), "pk")
    employers = {post.person_id: post.affiliation.legal_entity() for post in latest_last if post.affiliation}
    return {person: employer for person, employer in employers.items() if employer.is_employer}
